"""Constats: what may be said of an indicateur in a territoire at a date, with its reasons."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from quartiers.core.fait import Confirmation, Liste, Objet, Preuve, Releve, SansObjet
from quartiers.core.referentiel import Indicateur, Operateur, Origine
from quartiers.core.registre import EnregistrementRetenu
from quartiers.core.statut import Drapeau, Statut


@dataclass(frozen=True, slots=True)
class ConstatCompte:
    """A constat that another figure reads: what stands behind it is on its own proof. `is_compte`: it counts for one."""

    indicateur: str
    territoire: str
    libelle: str
    statut: Statut
    date: dt.date
    is_compte: bool

    @property
    def preuve(self) -> Preuve:
        """A key and a name; its sources are those of the constat."""
        cle = f"{self.indicateur}/{self.territoire}"
        return Preuve(cle=cle, genre="constat", libelle=self.libelle, source="")

    @property
    def connu_le(self) -> dt.date:
        """It is worked out again at each look: never later than the day looked at."""
        return self.date

    @property
    def ordre(self) -> int:
        """Nobody entered it."""
        return 0


FaitRetenu: TypeAlias = (
    Releve | Objet | Liste | Confirmation | SansObjet | EnregistrementRetenu | ConstatCompte
)


@dataclass(frozen=True, slots=True)
class CibleResolue:
    """The target in force, `valeur` resolved in the indicateur's unit (None while a base is unknown).

    `is_cachee`: known, and not shown to this reader (core.secret).
    """

    operateur: Operateur
    valeur: Fraction | None
    echeance: dt.date | None
    base: Fraction | None
    base_date: dt.date | None
    effet: dt.date | None
    origine: Origine
    premiere_echeance: dt.date | None = None
    is_cachee: bool = False


@dataclass(frozen=True, slots=True)
class SommeDeParts:
    """How a national value was added up: expected quartiers, those known, those fresh, and the fresh sum."""

    attendus: int
    connus: int
    frais: int
    valeur_fraiche: Fraction | None


@dataclass(frozen=True, slots=True)
class Constat:
    """The answer for one indicateur and one territoire at (vu_le, connu_le).

    A missing value is None, never 0. `perime_le` is the first stale day. `ratio` per lecture L-17.
    `faits` are those retained, `ecartes` those seen and not retained; `dernier_statut` is what a périmé
    value would say were it fresh. `territoire` differs from the one looked at when inherited;
    `porteurs` lists (code, statut) of every territoire of that level then. `objets`: codes of the objects
    counted, empty when the value is a bare number. `somme`: for a national value added up from its parts.
    """

    indicateur: Indicateur
    territoire: str
    statut: Statut
    valeur: Fraction | None = None
    numerateur: Fraction | None = None
    denominateur: Fraction | None = None
    cible: CibleResolue | None = None
    date: dt.date | None = None
    perime_le: dt.date | None = None
    ratio: Fraction | None = None
    drapeaux: frozenset[Drapeau] = frozenset()
    perdu_le: dt.date | None = None
    faits: tuple[FaitRetenu, ...] = ()
    ecartes: tuple[FaitRetenu, ...] = ()
    dernier_statut: Statut | None = None
    porteurs: tuple[tuple[str, Statut], ...] = ()
    objets: frozenset[str] = frozenset()
    somme: SommeDeParts | None = None


@dataclass(frozen=True, slots=True)
class ConstatRemonte:
    """An indicateur above the quartier: counts by statut over the expected territoires, and values.

    `propre` is the constat of the territoire itself when the indicateur is of that very level (or national);
    then `statut` and `cible` exist. `taux_*` are an interval over what could be judged. `reste`: of the value, what
    records divide between none of these territoires.
    """

    indicateur: Indicateur
    territoire: str
    propre: Constat | None
    statuts: tuple[tuple[Statut, int], ...]
    attendus: int
    applicables: int
    renseignes: int
    couverture: Fraction | None
    taux_min: Fraction | None
    taux_max: Fraction | None
    valeur: Fraction | None
    valeur_fraiche: Fraction | None
    valeur_complete: bool
    numerateur: Fraction | None
    denominateur: Fraction | None
    au_moins: Fraction | None
    au_plus: Fraction | None
    constats: tuple[Constat, ...]
    drapeaux: frozenset[Drapeau] = frozenset()
    reste: Constat | None = None
