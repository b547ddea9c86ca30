"""A tableau in XLSX: the table of the CSV, typed, and a sheet that explains it."""

from __future__ import annotations

from collections.abc import Iterable

from quartiers.core.tableau import Tableau
from quartiers.reports.classeur_xlsx import write_classeur_xlsx
from quartiers.reports.table import list_lignes
from quartiers.reports.tableau_classeur import make_classeur
from quartiers.reports.tableur import split_premier


def write_xlsx(tableaux: Iterable[Tableau]) -> bytes:
    """The workbook of the first tableau, with the lines of the others."""
    entete, tous = split_premier(tableaux)
    return write_classeur_xlsx(make_classeur(entete, list_lignes(tous)))
