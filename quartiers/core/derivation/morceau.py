"""The suite of an object cut into stretches of days on which it has one effect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from quartiers.core.derivation.suite import Dire
from quartiers.core.enregistrement import Enregistrement


class Effet(Enum):
    """What a statement does of a figure on a day: it counts, it is a zero, it is over, or it says nothing."""

    COMPTE = "compte"
    ZERO = "zero"
    FINI = "fini"
    MUET = "muet"


@dataclass(frozen=True, slots=True)
class Morceau:
    """A stretch of days on which a statement has one effect. `temoin`, `lignes`: what attests it."""

    dire: Dire
    du: date
    au: date | None
    effet: Effet
    temoin: date
    lignes: tuple[Enregistrement, ...]
