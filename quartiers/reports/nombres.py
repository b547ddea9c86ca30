"""Numbers and dates as the formats write them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from quartiers.core.dire import get_decimal


def get_nombre(valeur: Fraction | float | None) -> int | float | None:
    """A JSON number: an integer when it is one, else at most six decimals; None stays null."""
    if valeur is None:
        return None
    exacte = Fraction(valeur)
    if exacte.denominator == 1:
        return exacte.numerator
    arrondie = get_decimal(exacte)
    return int(arrondie) if arrondie == arrondie.to_integral_value() else float(arrondie)


def get_jour(jour: date | None) -> str | None:
    """An ISO day; None stays null."""
    return None if jour is None else jour.isoformat()


def write_decimal(valeur: Fraction | None) -> str:
    """A number for a spreadsheet in French: decimal comma, empty when unknown."""
    if valeur is None:
        return ""
    texte = format(get_decimal(valeur), "f")
    if "." in texte:
        texte = texte.rstrip("0").rstrip(".")
    return texte.replace(".", ",")
