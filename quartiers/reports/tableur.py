"""What XLSX and ODS share: the same sheet names, the same numbers, the same texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain

from quartiers.core.dire import FINE, get_decimal
from quartiers.core.tableau import Tableau

FEUILLE = "Tableau"
DECIMALES = 6
_GRAND, _DECIMALES_DES_GRANDS = 1_000_000, 2
_ILLISIBLES = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def split_premier(tableaux: Iterable[Tableau]) -> tuple[Tableau, Iterator[Tableau]]:
    """The tableau that names the file, and all of them, itself included, without holding them in memory."""
    suite = iter(tableaux)
    premier = next(suite)
    return premier, chain((premier,), suite)


def get_flottant(valeur: Fraction) -> float:
    """A number as a spreadsheet keeps it: six decimals, like the CSV."""
    return float(get_decimal(valeur))


def count_decimales(valeur: Fraction) -> int:
    """Decimals that a cell shows: those of the CSV, two at most from a million on, for the column to hold them."""
    _, _, reste = f"{get_decimal(valeur):f}".partition(".")
    return min(
        len(reste.rstrip("0")), _DECIMALES_DES_GRANDS if abs(valeur) >= _GRAND else DECIMALES
    )


def group_milliers(valeur: Fraction) -> str:
    """A number as a cell shows it in French: « 1 234,5 »."""
    decimales = count_decimales(valeur)
    texte = f"{round(get_decimal(valeur), decimales):,.{decimales}f}"
    return texte.replace(",", FINE).replace(".", ",")


def clean_texte(texte: str) -> str:
    """A text that every reader gives back: one kind of line end, a space for a tab, no control character."""
    lignes = texte.replace("\r\n", "\n").replace("\r", "\n")
    return _ILLISIBLES.sub("\ufffd", lignes.replace("\t", " "))
