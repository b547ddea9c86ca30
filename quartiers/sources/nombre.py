"""Numbers as French people write them, exactly: never through a float."""

from __future__ import annotations

import re
from fractions import Fraction

from quartiers.sources.forme import drop_invisibles

DECIMALES = 6
BORNE = 10**9
_ESPACES = "\u0020\u00a0\u202f\u2009"  # space, no-break, narrow no-break and thin spaces
_NOMBRE = re.compile(
    rf"([+-]?)(\d{{1,3}}(?:[{_ESPACES}]\d{{3}})+|\d+)(?:[.,](\d+))?",
    re.ASCII,
)


def parse_nombre(texte: str, *, negatif: bool = True) -> Fraction:
    """`1 234,5` or `1234.5` as an exact fraction; ValueError, in French, for anything else.

    At most six significant decimals and an absolute value below 10⁹. `negatif=False` refuses what is below 0.
    """
    brut = drop_invisibles(texte).strip().replace("\u2212", "-")
    trouve = _NOMBRE.fullmatch(brut)
    if trouve is None:
        raise ValueError(f"« {texte.strip()} » n’est pas un nombre")
    signe, entier, decimales = trouve[1], trouve[2], (trouve[3] or "").rstrip("0")
    if len(decimales) > DECIMALES:
        raise ValueError(f"« {brut} » a plus de {DECIMALES} décimales : arrondir")
    chiffres = entier.translate({ord(espace): None for espace in _ESPACES})
    # Leading zeros go before `int`, whose own limit on digits speaks English.
    chiffres = chiffres.lstrip("0")
    if len(chiffres) > 9:
        raise ValueError(f"« {brut} » n’est pas au-dessous d’un milliard")
    nombre = Fraction(int(chiffres + decimales or "0"), 10 ** len(decimales))
    if signe == "-":
        nombre = -nombre
    if nombre < 0 and not negatif:
        raise ValueError(f"« {brut} » est négatif")
    return nombre


def parse_entier(texte: str, *, negatif: bool = False) -> int:
    """A whole number (a count, a step, a population); `12,0` is read as 12, `12,5` refused."""
    nombre = parse_nombre(texte, negatif=negatif)
    if nombre.denominator != 1:
        raise ValueError(f"« {texte.strip()} » n’est pas un nombre entier")
    return nombre.numerator


def parse_coordonnee(texte: str, *, borne: int) -> float:
    """A longitude (`borne` 180) or a latitude (90) in decimal degrees; more than six decimals are usual there."""
    brut = drop_invisibles(texte).strip().replace("\u2212", "-").replace(",", ".")
    if not re.fullmatch(r"[+-]?\d{1,3}(\.\d+)?", brut, re.ASCII):
        raise ValueError(f"« {texte.strip()} » n’est pas une coordonnée en degrés décimaux")
    degres = float(brut)
    if abs(degres) > borne:
        raise ValueError(f"« {brut} » dépasse {borne} degrés")
    return degres
