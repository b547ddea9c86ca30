"""One look: an indicateur, a territoire, a day, what was known on another day."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from tests.oracle.derivation.cadre import Calendrier, Monde, get_calendrier, list_tenants
from tests.oracle.derivation.lignes import LigneBrute
from tests.oracle.derivation.referentiel import Derivation, Indicateur, Programme

COMPTE, ZERO, FINI = "compte", "zero", "fini"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dire:
    """What one record says of one figure on one day: it counts, it is a zero, or it is over."""

    quoi: Any
    objet: str
    etat: str
    temoin: date
    du: date  # from when the statement governs, or the day of the act
    lignes: tuple[LigneBrute, ...]
    poids: Any = Fraction(0)
    acte: bool = False
    proche: bool = False
    jours: tuple[date, ...] = ()


@dataclass(slots=True)
class Regard:
    """What is asked, and what is met on the way to the answer."""

    monde: Monde
    programme: Programme
    indicateur: Indicateur
    territoire: str
    vu_le: date
    connu_le: date
    sus: list[LigneBrute]
    drapeaux: set[str] = field(default_factory=set)
    non_repartis: set[str] = field(default_factory=set)
    rencontres: Counter[tuple[str, str]] = field(default_factory=Counter)
    memoire: dict[Any, Any] = field(default_factory=dict)

    @property
    def calendrier(self) -> Calendrier | None:
        """The school calendar of the territoire."""
        if "calendrier" not in self.memoire:
            self.memoire["calendrier"] = get_calendrier(self.monde, self.territoire, self.connu_le)
        calendrier: Calendrier | None = self.memoire["calendrier"]
        return calendrier

    def list_tenants(self, code: str) -> set[str]:
        """All that a link to a territoire feeds."""
        cle = ("tenants", code)
        if cle not in self.memoire:
            self.memoire[cle] = list_tenants(self.monde, code, self.connu_le)
        tenants: set[str] = self.memoire[cle]
        return tenants

    def is_part(self) -> bool:
        """Is the figure a share?"""
        return self.indicateur.genre == "part"

    def meet(self, derivation: Derivation) -> None:
        """Something was said by that derivation."""
        self.rencontres["compte", str(derivation.compte)] += 1
        self.rencontres["genre", str(derivation.de)] += 1
        self.rencontres["portee", str(derivation.portee)] += 1
        for filtre, valeur in derivation.filtre.items():
            self.rencontres["filtre", filtre] += 1
            if filtre == "fenetre":
                for nom in valeur:
                    self.rencontres["fenetre", nom] += 1
