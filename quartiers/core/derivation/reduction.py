"""The thirteen counts: from the apports retained to a number."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date
from fractions import Fraction
from statistics import median

from quartiers.core.derivation.apport import Apport
from quartiers.core.derivation.comptes import CompteDeDerivation

SANS_ZERO = frozenset({CompteDeDerivation.DELAI_MEDIAN, CompteDeDerivation.DISTANCE_MIN})
"""With nothing that counts they have no value, not zero (L-90)."""
_DISTINCTS = frozenset({CompteDeDerivation.DISTINCT, CompteDeDerivation.VALEURS_DISTINCTES})


def reduce_apports(
    compte: CompteDeDerivation, apports: Sequence[Apport], jour: date
) -> Fraction | None:
    """The number that these apports make; `jour`: the last day attested, up to which delays run."""
    if compte in _DISTINCTS:
        return Fraction(len({apport.quoi for apport in apports}))
    if compte is CompteDeDerivation.DELAI_MEDIAN:
        delais = {a.quoi: a.delai.count_delai(jour) for a in apports if a.delai is not None}
        connus = [Fraction(delai) for delai in delais.values() if delai is not None]
        return median(connus) if connus else None
    poids: dict[Hashable, Fraction] = {}
    for apport in apports:
        poids[apport.quoi] = max(poids.get(apport.quoi, apport.poids), apport.poids)
    if compte is CompteDeDerivation.DISTANCE_MIN:
        return min(poids.values(), default=None)
    if compte is CompteDeDerivation.SOMME:
        return sum(poids.values(), Fraction(0))
    return max(poids.values(), default=Fraction(0))
