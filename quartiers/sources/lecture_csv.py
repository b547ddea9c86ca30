"""CSV, whatever its separator and its ends of line."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import islice

from quartiers.core.anomalie import Carnet, DonneesRefusees
from quartiers.sources.encodage import NOMS
from quartiers.sources.octets import refusal
from quartiers.sources.table import (
    Colonnes,
    Table,
    build_table,
    check_entete,
    count_known,
    refuse_empty,
)
from quartiers.sources.texte import LIGNE_MAX, Texte, split_lines

SEPARATEURS = (";", ",", "\t")
_ERREURS = (
    ("unexpected end of data", "guillemet ouvert et jamais fermé (fichier tronqué ?)"),
    ("expected after", "texte après un guillemet fermant"),
    ("field larger", "cellule de plus de 131 072 caractères"),
    ("new-line character", "fin de ligne inattendue"),
)


def read_csv(texte: Texte, fichier: str, colonnes: Colonnes) -> Table:
    """The table of a CSV text. The separator is the one under which most expected columns are recognised."""
    carnet = Carnet(fichier)
    if texte.encodage in NOMS:
        raison = f"texte lu en {NOMS[texte.encodage]} faute d’être de l’UTF-8, par exemple « {texte.exemple} »"
        carnet.notice(None, None, raison)
    enregistrements = open_enregistrements(texte, fichier, colonnes)
    numero, entete = read_premier(enregistrements, fichier)
    rangs = check_entete(entete, colonnes, carnet, numero)
    coupable = not texte.contenu.endswith(("\n", "\r"))
    return build_table(enregistrements, entete, rangs, carnet, colonnes, coupable=coupable)


def read_entete_csv(texte: Texte, fichier: str, colonnes: Colonnes) -> Sequence[str]:
    """The header alone, as it is written."""
    return read_premier(open_enregistrements(texte, fichier, colonnes), fichier)[1]


def read_premier(
    enregistrements: Iterator[tuple[int, list[str]]], fichier: str
) -> tuple[int, list[str]]:
    """The header and its physical line. Raises DonneesRefusees when there is none."""
    entete_lue = next(enregistrements, None)
    if entete_lue is None:
        raise refuse_empty(fichier)
    return entete_lue


def open_enregistrements(
    texte: Texte, fichier: str, colonnes: Colonnes
) -> Iterator[tuple[int, list[str]]]:
    """The records from the header on, each with its physical line."""
    lignes = enumerate(split_lines(texte.contenu, fichier))
    debut, premiere = next(((rang, ligne) for rang, ligne in lignes if ligne.strip()), (0, ""))
    if not premiere:
        raise refuse_empty(fichier)
    impose = _read_sep(premiere)
    if impose:
        debut += 1
    separateur = impose or choose_separateur(texte.contenu, fichier, debut, colonnes)
    return _iterate_records(texte.contenu, separateur, fichier, debut)


def _read_sep(ligne: str) -> str | None:
    """The separator imposed by Excel's own first line, `sep=;`."""
    brut = ligne.rstrip("\r\n").strip('"')
    if brut.lower().startswith("sep=") and brut[4:] in SEPARATEURS:
        return brut[4:]
    return None


def choose_separateur(contenu: str, fichier: str, debut: int, colonnes: Colonnes) -> str:
    """Read the header under each separator: most known columns, then most cells, then the French habit."""

    def judge(separateur: str) -> tuple[int, int]:
        try:
            _, entete = next(_iterate_records(contenu, separateur, fichier, debut))
        except (DonneesRefusees, StopIteration):  # not even a header under this separator
            return (-1, 0)
        return (count_known(entete, colonnes), len(entete))

    return max(SEPARATEURS, key=judge)


def _iterate_records(
    contenu: str, separateur: str, fichier: str, debut: int
) -> Iterator[tuple[int, list[str]]]:
    """Records with the physical line (first of the file = 1) where each begins; strict about quotes."""
    numero = debut + 1
    lu = 0

    def measure() -> Iterator[str]:
        """The lines as they are; those that one record runs over are no longer together than one may be."""
        nonlocal lu
        for ligne in islice(split_lines(contenu, fichier), debut, None):
            lu += len(ligne)
            if lu > LIGNE_MAX:
                raison = f"lignes d’un seul enregistrement : plus de {LIGNE_MAX} caractères"
                raise refusal(fichier, raison, numero)
            yield ligne

    lecteur = csv.reader(measure(), delimiter=separateur, strict=True)
    while True:
        numero, lu = debut + lecteur.line_num + 1, 0
        try:
            cellules = next(lecteur)
        except StopIteration:
            return
        except csv.Error as erreur:
            raison = next((r for cle, r in _ERREURS if cle in str(erreur)), "ligne illisible")
            raise refusal(fichier, raison, numero) from erreur
        yield numero, cellules
