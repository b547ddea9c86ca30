"""The counts: from what is said, one number; None when there is nothing to count it on."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from tests.oracle.derivation.regard import Dire


def reduce(compte: str, dires: Iterable[Dire], temoin: date) -> Any:
    """The number that a count draws from the things that count, each once."""
    dits = list(dires)
    match compte:
        case "distinct" | "valeurs_distinctes":
            return Fraction(len({dire.quoi for dire in dits}))
        case "somme":
            return sum((dire.poids for dire in list_une_fois(dits)), Fraction(0))
        case "max" | "heures_hebdo" | "jours_hebdo":
            return max((dire.poids for dire in dits), default=Fraction(0))
        case "jalon":
            return max((dire.poids for dire in dits), default=0)
        case "distance_min":
            return min((dire.poids for dire in dits), default=None)
        case "delai_median":
            return get_mediane([get_delai(dire.poids, temoin) for dire in list_une_fois(dits)])
    raise NotImplementedError(compte)


def list_une_fois(dires: list[Dire]) -> list[Dire]:
    """One of what each object says, when two derivations of a role say it."""
    vus: dict[Any, Dire] = {}
    for dire in dires:
        vus.setdefault((dire.quoi, dire.du, dire.objet), dire)
    return list(vus.values())


def get_delai(poids: Any, temoin: date) -> Fraction:
    """Days of a delay; what has not ended yet counts at its delay to the last witness."""
    if isinstance(poids, Fraction):
        return poids
    debut, fin = poids
    atteint = fin if fin is not None and fin <= temoin else temoin
    return Fraction(max(0, (atteint - debut).days))


def get_mediane(valeurs: list[Fraction]) -> Fraction | None:
    """The middle one, or half-way between the two in the middle."""
    if not valeurs:
        return None
    rangees = sorted(valeurs)
    milieu = len(rangees) // 2
    if len(rangees) % 2:
        return rangees[milieu]
    return (rangees[milieu - 1] + rangees[milieu]) / 2
