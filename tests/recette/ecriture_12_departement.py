"""Écriture 12. The first page of a département in an invented nation, told by counts: parts added, territoires copied,
queries. A time says nothing on a busy machine; python -m bench.premiere_page measures it, beside the naive reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from unittest.mock import patch

from bench import somme_naive
from bench.dossier_national import CREATION, Grandeurs, make_dossier_national
from bench.monde_national import FIN
from bench.premiere_page import find_departement, make_page
from quartiers.core.cellule import Cellules
from quartiers.core.dossier import Dossier
from quartiers.core.etat import Etat
from quartiers.core.groupe import Cumul, Dite, Groupe
from quartiers.core.referentiel import GenreIndicateur
from quartiers.core.tableau import Tableau
from quartiers.core.territoire import Territoire, Territoires
from quartiers.core.vue import Vue
from tests.recette.lecture_07_vitesse import weigh
from tests.recette.outils import Atelier, expect, play

TAILLES = (80, 160)
REGARDS = 10
PAGE = "/departements/DEP-00/"


@dataclass(slots=True)
class Comptes:
    """What was done meanwhile."""

    parts: int = 0
    territoires: int = 0


def main(atelier: Atelier) -> str:
    """Both readings of two nations, one twice the other; then the queries of the page itself."""
    petit, grand = (read_nation(atelier, taille) for taille in TAILLES)
    for avant, apres, nom in zip(petit, grand, ("du produit", "naïve"), strict=True):
        fois = f"{apres / avant:.1f}".replace(".", ",")
        atelier.note(f"lecture {nom} : {avant} parts ajoutées, puis {apres} ({fois} fois plus)")
    copies = count_copies(atelier)
    peu, beaucoup = (
        next(p.requetes for p in weigh(atelier, taille) if p.adresse == PAGE) for taille in (2, 12)
    )
    expect(peu == beaucoup, f"{peu} requêtes pour 2 quartiers, {beaucoup} pour 12")
    return (
        f"{TAILLES[1]} quartiers : {grand[0]} parts ajoutées là où la lecture naïve en ajoute {grand[1]}, mêmes tableaux ;"
        f" {REGARDS} regards, {copies} copie des territoires ; {beaucoup} requêtes, pour 2 quartiers comme pour 12"
    )


def read_nation(atelier: Atelier, taille: int) -> tuple[int, int]:
    """Parts added for the first page, by the product and naively; the same tableaux, and no more parts than changes."""
    dossier = make_dossier_national(1, Grandeurs(taille))
    cellules = Cellules(dossier)
    departement = find_departement(dossier)
    with count_travaux() as comptes:
        tableaux = make_page(Vue(dossier, FIN, FIN, cellules), departement)
    with count_travaux() as naifs, somme_naive.read_naivement():
        naivement = make_page(Vue(dossier, FIN, FIN, cellules), departement)
    expect(tableaux == naivement, f"{taille} quartiers : les deux lectures diffèrent")
    lignes, parts = count_changements(dossier, tableaux)
    expect(comptes.parts > 0, "aucune somme nationale n’a cherché son retard")
    expect(
        comptes.parts <= lignes + parts,
        f"{comptes.parts} parts ajoutées pour {lignes} relevés et {parts} parts",
    )
    expect(naifs.parts > 10 * comptes.parts, f"la lecture naïve n’ajoute que {naifs.parts} parts")
    atelier.note(f"{taille} quartiers : {lignes} relevés de {parts} parts possibles")
    return comptes.parts, naifs.parts


def count_changements(dossier: Dossier, tableaux: tuple[Tableau, ...]) -> tuple[int, int]:
    """Relevés of national indicateurs, and what may be a part of one: each quartier and each département."""
    nationaux = {
        i.code
        for i in dossier.referentiel.list_indicateurs()
        if i.genre is GenreIndicateur.NATIONAL
    }
    lignes = sum(releve.indicateur in nationaux for releve in dossier.releves)
    porteurs = {q.code for q in dossier.quartiers} | {q.departement for q in dossier.quartiers}
    porteurs |= {t.territoire.code for t in tableaux}
    qrr = sum(code.startswith("QRR-") for code in dossier.territoires)
    return lignes, len(nationaux) * (len(porteurs) + qrr)


def count_copies(atelier: Atelier) -> int:
    """Looks at days of their own that know the same quartiers share the territoires; another version is another copy."""
    dossier = make_dossier_national(1, Grandeurs(TAILLES[0]))
    cellules = Cellules(dossier)
    with count_travaux() as comptes:
        vues = [Vue(dossier, FIN - timedelta(days=n), FIN, cellules) for n in range(REGARDS)]
    copies = comptes.territoires // len(dossier.territoires)
    expect(copies == 1, f"{REGARDS} regards : {copies} copies des territoires")
    with count_travaux() as comptes:
        avant = Vue(dossier, FIN, CREATION, cellules)
    expect(comptes.territoires == len(dossier.territoires), "une version de plus : une copie")
    noms = {len(vue.territoires) for vue in (*vues, avant)}
    expect(len(noms) == 1, f"des regards n’ont pas les mêmes territoires : {noms}")
    atelier.note(
        f"{len(dossier.territoires)} territoires, copiés {copies} fois pour {REGARDS} regards"
    )
    return copies


@contextmanager
def count_travaux() -> Iterator[Comptes]:
    """Counts the parts that enter a sum of the past, either way, and the territoires that are copied."""
    comptes = Comptes()
    set_part, extend, list_dits = Cumul.set_part, Territoires.extend, somme_naive.list_dits

    def add(cumul: Cumul, avant: Dite | None, apres: Dite | None) -> None:
        comptes.parts += 1
        set_part(cumul, avant, apres)

    def copy(territoires: Territoires, nouveaux: Iterable[Territoire]) -> Territoires:
        comptes.territoires += len(territoires)
        return extend(territoires, nouveaux)

    def count_dits(groupe: Groupe, jour: date) -> Iterator[Etat]:
        for etat in list_dits(groupe, jour):
            comptes.parts += 1
            yield etat

    with (
        patch.object(Cumul, "set_part", add),
        patch.object(Territoires, "extend", copy),
        patch.object(somme_naive, "list_dits", count_dits),
    ):
        yield comptes


if __name__ == "__main__":
    play(main)
