"""What XLSX and ODS share: the same sheet names, the same numbers, the same texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain

from quartiers.core.dire import get_decimal
from quartiers.core.tableau import Tableau

FEUILLE = "Tableau"
_ILLISIBLES = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def split_premier(tableaux: Iterable[Tableau]) -> tuple[Tableau, Iterator[Tableau]]:
    """The tableau that names the file, and all of them, itself included, without holding them in memory."""
    suite = iter(tableaux)
    premier = next(suite)
    return premier, chain((premier,), suite)


def get_flottant(valeur: Fraction) -> float:
    """A number as a spreadsheet keeps it: six decimals, like the CSV."""
    return float(get_decimal(valeur))


def clean_texte(texte: str) -> str:
    """A text that every reader gives back: one kind of line end, a space for a tab, no control character."""
    lignes = texte.replace("\r\n", "\n").replace("\r", "\n")
    return _ILLISIBLES.sub("\ufffd", lignes.replace("\t", " "))
