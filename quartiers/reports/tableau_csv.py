"""A tableau in CSV: one line per territoire and indicateur, to be opened in a spreadsheet (formats.md)."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from quartiers.core.tableau import Tableau
from quartiers.reports import table
from quartiers.reports.nombres import write_decimal
from quartiers.reports.presentation.nombre import NombreDeCase, refuse_nu
from quartiers.reports.table import Ligne, Valeur, is_dangereux, list_lignes

COLONNES = tuple(colonne.nom for colonne in table.COLONNES)
BOM = "\ufeff"


def write_csv(tableaux: Iterable[Tableau]) -> str:
    """The first tableau's lines, then those of the others."""
    return write_lignes(COLONNES, list_lignes(tableaux))


def write_lignes(
    colonnes: Sequence[str], lignes: Iterable[Ligne], brutes: Collection[str] = ()
) -> str:
    """UTF-8 with BOM, `;`, decimal comma, CRLF. `brutes`: columns of a closed list of words, written as they are."""
    tampon = io.StringIO()
    tampon.write(BOM)
    sortie = csv.writer(tampon, delimiter=";", lineterminator="\r\n")
    sortie.writerow(colonnes)
    for ligne in lignes:
        sortie.writerow(
            valeur if nom in brutes else _write_valeur(valeur)
            for nom, valeur in zip(colonnes, ligne, strict=True)
        )
    return tampon.getvalue()


def _write_valeur(valeur: Valeur) -> str:
    if isinstance(valeur, str):
        return write_texte(valeur)
    if isinstance(valeur, date):
        return valeur.isoformat()
    if isinstance(valeur, NombreDeCase):
        return write_decimal(valeur.valeur)
    refuse_nu(valeur, "CSV")
    return ""


def write_texte(texte: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe stands before a dangerous first sign.

    One more stands before a text that already looks so written: the readers of the imports take off one.
    """
    return f"'{texte}" if is_dangereux(texte.lstrip("'")) else texte
