"""Numbers, dates and durations in French, for the sentences that the computation writes itself."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal
from fractions import Fraction

FINE = "\u202f"  # thin no-break space: thousands, before % ; ! ?
INSECABLE = "\u00a0"
MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
_DECIMALES = 6


def say_nombre(valeur: Fraction | float, decimales: int = 2) -> str:
    """A number with a decimal comma and thin thousands, at most `decimales` decimals, no useless zero."""
    arrondi = round(Fraction(valeur), decimales)
    texte = f"{Decimal(arrondi.numerator) / Decimal(arrondi.denominator):,.{decimales}f}"
    if decimales:
        texte = texte.rstrip("0").rstrip(".")
    return texte.replace(",", FINE).replace(".", ",")


def say_valeur(valeur: Fraction | None, unite: str) -> str:
    """A value with its unit; an unknown one is a dash, never a zero."""
    if valeur is None:
        return "—"
    if unite == "%":
        return f"{say_nombre(valeur, 1)}{FINE}%"
    return f"{say_nombre(valeur)}{INSECABLE}{unite}"


def say_part(part: Fraction | None) -> str:
    """A share between 0 and 1 as a whole percentage."""
    return "—" if part is None else f"{say_nombre(100 * part, 0)}{FINE}%"


def say_date(jour: date) -> str:
    """A full date: « 1er juin 2026 »."""
    quantieme = "1er" if jour.day == 1 else str(jour.day)
    return f"{quantieme}{INSECABLE}{MOIS[jour.month - 1]} {jour.year}"


def say_jours(nombre: int) -> str:
    """A number of days."""
    return f"{nombre}{INSECABLE}jour{'s' if nombre > 1 else ''}"


def say_metres(distance: float) -> str:
    """A distance, to the metre."""
    return f"{say_nombre(Fraction(round(distance)), 0)}{INSECABLE}m"


def get_decimal(valeur: Fraction) -> Decimal:
    """At most six decimals, as the formats ask."""
    return Decimal(round(valeur * 10**_DECIMALES)) / Decimal(10**_DECIMALES)


def fold(texte: str) -> str:
    """Without accents nor capitals: « Préfet » and « prefet » are one word, « Écluses » stands among the e's."""
    decompose = unicodedata.normalize("NFD", texte.casefold())
    return "".join(c for c in decompose if not unicodedata.combining(c))
