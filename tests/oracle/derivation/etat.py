"""The answer: a state of one role, the state of a figure, or the reason why nothing is said."""

import datetime as dt
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

VALIDE, NON_VALIDE = 0, 2
Nombre = Fraction | int


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What one role reads on a day."""

    valeur: Any
    date: dt.date | None  # None: a constant, a statistic, a calendar, which attest nothing
    temoin: dt.date | None = None  # the last day attested, at times after the day looked at
    rang: int = VALIDE
    objets: AbstractSet[Any] = frozenset()  # what counts, each once
    proches: AbstractSet[Any] = frozenset()
    pointage: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reponse:
    """The state of a figure; without a date, nothing is said, and `pourquoi` says why."""

    valeur: Nombre | None = None
    numerateur: Nombre | None = None
    denominateur: Nombre | None = None
    jalon: int | None = None
    date: dt.date | None = None
    temoin: dt.date | None = None
    rang: int | None = None
    objets: AbstractSet[Any] = frozenset()
    proches: AbstractSet[Any] = frozenset()
    pointage: dt.date | None = None
    drapeaux: AbstractSet[str] = field(default_factory=frozenset)
    pourquoi: str = ""

    @property
    def parle(self) -> bool:
        """Is anything said?"""
        return self.date is not None
