"""A file given back with the fate of each of its lines: its own words, in its own order, two columns more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from quartiers.core.essai_d_import import EssaiDImport, LigneEssayee, SortDeLigne
from quartiers.usecases.essayer import FichierEnvoye, read_bornee
from quartiers.usecases.lire_essais import open_lecteur

SORT, RAISON = "sort", "raison"
Rangee = tuple[int, tuple[str, ...]]
"""The line of the sheet, and its cells."""


def annotate(fichier: FichierEnvoye, essai: EssaiDImport) -> list[Rangee]:
    """The header then each line, where it stood. Raises DonneesRefusees when the file can be read no more."""
    lecteur = open_lecteur(fichier.ressort, fichier.genre, fichier.envoi)
    table = read_bornee(fichier, lecteur)
    sorts = {ligne.ligne: ligne for ligne in essai.lignes}
    noms = [nom for nom, _ in fichier.colonnes.items()]
    largeur = max((len(ligne.cellules) for ligne in table), default=len(noms))
    entete = (*noms, *[""] * (largeur - len(noms)))[:largeur]
    premiere = min((ligne.numero for ligne in table), default=2)
    rangees: list[Rangee] = [(premiere - 1, (*entete, SORT, RAISON))]
    rangees += (
        (ligne.numero, (*ligne.cellules, *say_sort(sorts.get(ligne.numero)))) for ligne in table
    )
    return list(compact(rangees))


def compact(rangees: list[Rangee]) -> Iterator[Rangee]:
    """A record of a CSV may run over several lines: no two rows on one line of the sheet."""
    dernier = 0
    for numero, cellules in rangees:
        dernier = max(numero, dernier + 1)
        yield dernier, cellules


def say_sort(ligne: LigneEssayee | None) -> tuple[str, str]:
    """Its two columns: the fate, and why, or what it changes."""
    if ligne is None:
        return "", ""
    if ligne.sort is SortDeLigne.CORRIGEE:
        ligne = replace(ligne, raison=ligne.raison or f"{ligne.avant} → {ligne.apres}")
    if ligne.sort is SortDeLigne.REFUSEE and ligne.colonne:
        return ligne.sort.value, f"{ligne.colonne}\u00a0: {ligne.raison}"
    return ligne.sort.value, ligne.raison
