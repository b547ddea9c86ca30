"""What a record brings to a figure of one territoire, from a day to a day, known from a day to a day."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction

from quartiers.core.contenu import Contenu
from quartiers.core.enregistrement import Enregistrement, Validation


class Portant(Enum):
    """What an apport does: it counts, it attests a zero, it is over, or it says that all was recorded.

    `NON_REPARTI`: it would count, and nobody said for how much here (L-82); `SANS_CALENDRIER`: nobody knows whether its
    days are in holidays (L-96). No reading takes either.
    """

    COMPTE = "compte"
    ZERO = "zero"
    FINI = "fini"
    POINTAGE = "pointage"
    NON_REPARTI = "non_reparti"
    SANS_CALENDRIER = "sans_calendrier"


MUETS = frozenset({Portant.NON_REPARTI, Portant.SANS_CALENDRIER})
"""Seen, and read by nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Apport:
    """One contribution. `quoi` is counted once; `poids` is summed or compared.

    `du`..`au`: in force, both included, `au` None while nothing ends it. `temoin`: last day attested. `is_acte`: an event does not age, the value does. `is_proche`:
    near and out of reach. `delai`: of whom a delay is read. `lignes`: the rows that say it, for the rank and the proof.
    `connu_le`..`oublie_le`: known from a day, until the eve of another one.
    """

    indicateur: str
    role: str
    territoire: str
    portant: Portant
    quoi: Hashable
    poids: Fraction
    du: date
    au: date | None
    temoin: date
    lignes: tuple[Enregistrement, ...]
    is_acte: bool = False
    is_proche: bool = False
    is_facteur: bool = False
    delai: Contenu | None = None
    connu_le: date = date.min
    oublie_le: date | None = None

    def __hash__(self) -> int:
        """Of what tells apports apart, the rows and the weights left out."""
        return hash(
            (self.indicateur, self.territoire, self.quoi, self.du, self.temoin, self.connu_le)
        )

    def learn(self, connu_le: date, oublie_le: date | None) -> Apport:
        """The same, known between two days: `replace`, several times quicker, for it is made of every apport."""
        return Apport(
            indicateur=self.indicateur,
            role=self.role,
            territoire=self.territoire,
            portant=self.portant,
            quoi=self.quoi,
            poids=self.poids,
            du=self.du,
            au=self.au,
            temoin=self.temoin,
            lignes=self.lignes,
            is_acte=self.is_acte,
            is_proche=self.is_proche,
            is_facteur=self.is_facteur,
            delai=self.delai,
            connu_le=connu_le,
            oublie_le=oublie_le,
        )

    def is_su(self, connu_le: date) -> bool:
        """Known on that day."""
        return self.connu_le <= connu_le and (self.oublie_le is None or connu_le < self.oublie_le)

    def is_en_vigueur(self, jour: date) -> bool:
        """Begun, and not over."""
        return self.du <= jour and (self.au is None or jour <= self.au)

    @property
    def is_valide(self) -> bool:
        """Every row that says it was validated."""
        return all(ligne.validation is Validation.VALIDE for ligne in self.lignes)
