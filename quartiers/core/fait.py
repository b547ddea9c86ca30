"""Faits: what records say about one indicateur and one territoire, each with its day of knowledge.

All are append-only: a correction is a further fait with the same `cle`, a retraction one that is `retire`.
`connu_le` is the day we learnt it; `ordre` orders what was learnt on one day (and is unique).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import IntEnum
from fractions import Fraction

from quartiers.core.forme import fold_identifiant
from quartiers.core.referentiel import Operateur, Origine, Portee


class Rang(IntEnum):
    """How much a fait weighs against another of the same age (domaine.md 4.7, « several sources »)."""

    VALIDE = 0
    LISTE = 1
    NON_VALIDE = 2
    RELEVE = 3


@dataclass(frozen=True, slots=True)
class Preuve:
    """Where a fait comes from: enough to find the very line again.

    `ligne`: physical line where the record begins (first = 1; JSON files: index from 1).
    `details`: (name, value) pairs shown on the proof page, in French.
    """

    cle: str
    genre: str
    libelle: str
    source: str
    millesime: dt.date | None = None
    ligne: int | None = None
    empreinte: str | None = None
    archive: bool = False
    details: tuple[tuple[str, str], ...] = ()


PREUVE_VIDE = Preuve(cle="", genre="releve", libelle="", source="")


def read_valeur(
    valeur: Fraction | None, numerateur: Fraction | None, denominateur: Fraction | None
) -> Fraction | None:
    """In the unit of an indicateur: a value, or a share in percent; None of nothing."""
    if valeur is None and numerateur is not None and denominateur:
        return 100 * numerateur / denominateur
    return valeur


@dataclass(frozen=True, slots=True)
class Releve:
    """A dated value: `valeur`, or numerator and denominator, or a step; none of them = a retraction.

    `entree`: the rank of its row, which a decision says again under a rank of its own; 0 for what has no row.
    """

    indicateur: str
    territoire: str
    date: dt.date
    connu_le: dt.date
    ordre: int
    valeur: Fraction | None = None
    numerateur: Fraction | None = None
    denominateur: Fraction | None = None
    jalon: int | None = None
    rang: Rang = Rang.RELEVE
    source: str = ""
    cle: str | None = None
    preuve: Preuve = PREUVE_VIDE
    entree: int = field(default=0, compare=False, repr=False)

    @property
    def is_retrait(self) -> bool:
        """The line says nothing any more."""
        return self.valeur is None and self.numerateur is None and self.jalon is None

    @property
    def identite(self) -> tuple[object, ...]:
        """What makes two lines versions of one another (lectures L-02, L-03)."""
        if self.cle:
            return ("cle", self.producteur, fold_identifiant(self.cle))
        return (
            "jour",
            self.indicateur,
            self.territoire,
            self.date,
            self.rang is Rang.LISTE,
            self.producteur,
        )

    @property
    def producteur(self) -> str:
        """The source as it is compared: two ways to write it are one source."""
        return fold_identifiant(self.source)

    @property
    def lu(self) -> Fraction | None:
        """The value in the indicateur's unit: a share in percent, a step as a number; None when 0/0."""
        lue = read_valeur(self.valeur, self.numerateur, self.denominateur)
        return Fraction(self.jalon) if lue is None and self.jalon is not None else lue


@dataclass(frozen=True, slots=True)
class Objet:
    """An object (lieu, convention, poste, séance…) that serves a territoire for an indicateur.

    `du`..`au`: in force (au None = open). `temoin`: last day it is attested. `distance_m`: metres from the
    perimeter, None when the reach is in-or-out and it is in. `portee`: the reach of its derivation (A or AB).
    `oublie_le`: first day of knowledge at which we know better (a stop corrected, a perimeter moved).
    """

    indicateur: str
    territoire: str
    objet: str
    source: str
    rang: Rang
    du: dt.date
    au: dt.date | None
    temoin: dt.date
    distance_m: float | None
    portee: Portee | None
    connu_le: dt.date
    ordre: int
    preuve: Preuve = PREUVE_VIDE
    oublie_le: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Liste:
    """An exhaustive source read at a date: what it does not hold does not exist there and then.

    `oublie_le`: as for an `Objet` (the perimeter it was compared with has moved).
    """

    indicateur: str
    territoire: str
    source: str
    rang: Rang
    date: dt.date
    connu_le: dt.date
    ordre: int
    preuve: Preuve = PREUVE_VIDE
    oublie_le: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A délégué attests that a nearby object does serve the quartier (class C only)."""

    indicateur: str
    territoire: str
    objet: str
    date: dt.date
    connu_le: dt.date
    ordre: int
    preuve: Preuve = PREUVE_VIDE


@dataclass(frozen=True, slots=True)
class SansObjet:
    """A validated « sans objet », good for twelve months."""

    indicateur: str
    territoire: str
    motif: str
    valide_le: dt.date
    connu_le: dt.date
    ordre: int
    preuve: Preuve = PREUVE_VIDE


@dataclass(frozen=True, slots=True)
class Cible:
    """One target line of a plan or an avenant, in force from `effet` (None = always)."""

    indicateur: str
    territoire: str
    operateur: Operateur
    valeur: Fraction | None
    echeance: dt.date | None
    base: Fraction | None
    base_date: dt.date | None
    origine: Origine
    effet: dt.date | None
    connu_le: dt.date
    ordre: int
    base_source: str = ""
    preuve: Preuve = PREUVE_VIDE


@dataclass(frozen=True, slots=True)
class Calendrier:
    """School holidays known from `valide_du` to `valide_au`; each période is (first day, last day)."""

    valide_du: dt.date
    valide_au: dt.date
    periodes: tuple[tuple[dt.date, dt.date], ...]
