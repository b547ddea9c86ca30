"""A workbook before any format: one typed table, and a sheet that explains it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from quartiers.reports.lire_moi import Rubrique
from quartiers.reports.table import Colonne, Ligne

FORMATS = ("csv", "xlsx", "ods")
"""Those of a table that people fill in or read back."""


@dataclass(frozen=True, slots=True)
class Classeur:
    """`jour`: the date of the file, so that the clock changes no byte. `listes`: for a column, the first and last
    of the `rubriques` whose words are all that it may hold.
    """

    titre: str
    sujet: str
    jour: date
    feuille: str
    colonnes: Sequence[Colonne]
    lignes: Iterable[Ligne]
    rubriques: Sequence[Rubrique]
    listes: Mapping[str, tuple[int, int]] = field(default_factory=dict)
