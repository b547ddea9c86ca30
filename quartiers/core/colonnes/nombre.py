"""Exact numbers in machine words: values are counted in millionths, and no threshold is left to a float.

Values have at most six decimals and are below 10⁹ (domaine.md 4.7), so a millionth fits in 64 bits with room to
spare. A share is kept as its numerator and its denominator; it is worth 10⁸ × num / den millionths of a percent.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Octets: TypeAlias = NDArray[np.int8]
Jours: TypeAlias = NDArray[np.int32]
Places: TypeAlias = NDArray[np.int64]
Rangs: TypeAlias = NDArray[np.int32]
Ordres: TypeAlias = NDArray[np.int64]  # (number of the write << 24) + rank in it
Micros: TypeAlias = NDArray[np.int64]
Masque: TypeAlias = NDArray[np.bool_]
Flottants: TypeAlias = NDArray[np.float64]

MICRO = 1_000_000
POUR_CENT = 100 * MICRO
MAX_MICRO = 10**9 * MICRO
SANS_VALEUR = int(np.iinfo(np.int64).min)
SANS_DENOMINATEUR = -1
# A difference of products this close (relatively) is settled in integers. A float errs by a few 1e-16, and a product
# of our numbers stays under 1e32: what is left undecided is under 1e18, which 64 bits hold.
_DOUTE = 1e-14


def to_micro(valeur: Fraction | None) -> int | None:
    """A value in millionths; None when it has more than six decimals or reaches 10⁹ (SANS_VALEUR for None)."""
    if valeur is None:
        return SANS_VALEUR
    micro = valeur * MICRO
    return micro.numerator if micro.denominator == 1 and abs(micro) < MAX_MICRO else None


def from_micro(micro: int) -> Fraction | None:
    """The way back."""
    return None if micro == SANS_VALEUR else Fraction(micro, MICRO)


def read_valeur(micro: int, denominateur: int) -> Fraction | None:
    """A value from its two words: a share in percent (None over 0), else a plain number."""
    if denominateur == SANS_DENOMINATEUR:
        return from_micro(micro)
    return Fraction(100 * micro, denominateur) if denominateur else None


def compare_products(
    a: Micros | int, b: Micros | int, c: Micros | int, d: Micros | int
) -> NDArray[np.int8]:
    """Sign of a·b - c·d, exactly, for products under 1e32.

    Floats decide where they can. Where the two products are too close for them, their difference is small, and
    64-bit arithmetic gives it exactly even though each product wraps around.
    """
    gauche = np.multiply(a, b, dtype=np.float64, casting="unsafe")
    droite = np.multiply(c, d, dtype=np.float64, casting="unsafe")
    ecart = gauche - droite
    signe = np.sign(ecart).astype(np.int8)
    doute = np.flatnonzero(np.abs(ecart) <= _DOUTE * np.maximum(np.abs(gauche), np.abs(droite)))
    if doute.size:
        a, b, c, d = (
            np.broadcast_to(np.int64(x) if isinstance(x, int) else x, signe.shape)[doute]
            for x in (a, b, c, d)
        )
        signe[doute] = np.sign(a * b - c * d).astype(np.int8)
    return signe


def compare_valeurs(valeur: Micros, denominateur: Micros, seuil: Micros) -> NDArray[np.int8]:
    """Sign of value - threshold (threshold in millionths of the unit); a share over 0 counts as under."""
    signe = np.sign(valeur - seuil).astype(np.int8)
    parts = np.flatnonzero(denominateur != SANS_DENOMINATEUR)
    if parts.size:
        den = denominateur[parts]
        exact = compare_products(valeur[parts], POUR_CENT, seuil[parts], den)
        signe[parts] = np.where(den == 0, -1, exact)
    return signe
