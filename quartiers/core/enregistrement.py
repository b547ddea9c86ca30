"""A record: a dated statement about one thing, the territoires it speaks of, and when it was learnt."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from quartiers.core.contenu import Contenu, list_champs
from quartiers.core.fait import PREUVE_VIDE, Preuve, Rang

COLONNES_AVANT = ("objet", "le", "situe", "dessert")
COLONNES_APRES = ("validation", "retrait")
"""The header of every file of records, around the fields of its kind."""


class Validation(StrEnum):
    """How far a record has gone; a draft and a rejected one say nothing."""

    BROUILLON = "brouillon"
    SOUMIS = "soumis"
    VALIDE = "valide"
    REJETE = "rejete"


LIBELLES_VALIDATION = {
    Validation.BROUILLON: "Brouillon",
    Validation.SOUMIS: "Soumis",
    Validation.VALIDE: "Validé",
    Validation.REJETE: "Rejeté",
}


class NatureDeLien(StrEnum):
    """A record stands in a territoire, or serves it from elsewhere."""

    SITUE = "situe"
    DESSERT = "dessert"


@dataclass(frozen=True, slots=True)
class Lien:
    """A territoire that a record stands in or serves. `part`: its share of the record, None when nobody gave it."""

    territoire: str
    nature: NatureDeLien
    part: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Enregistrement:
    """One statement as it was learnt.

    `objet`: the thing at its producer; `le`: the day spoken of. `ordre` orders what was learnt on one day.
    `officiel`: a row of an official list. A `retrait` takes back what was said and has no `contenu`. `numero`: its
    row, for the proof; `entree`: the rank of that row, which a decision says again under a rank of its own.
    """

    genre: str
    objet: str
    le: date
    connu_le: date
    ordre: int
    contenu: Contenu | None
    liens: tuple[Lien, ...] = ()
    validation: Validation = Validation.SOUMIS
    officiel: bool = False
    numero: int | None = None
    entree: int = field(default=0, compare=False, repr=False)
    preuve: Preuve = field(default=PREUVE_VIDE, compare=False, repr=False)

    def __hash__(self) -> int:
        """Of what tells rows apart: hashing all that a row says, at each figure it makes, is most of the work."""
        return hash((self.objet, self.le, self.ordre))

    @property
    def is_retrait(self) -> bool:
        """It takes back the statement of that day about that thing."""
        return self.contenu is None

    @property
    def is_examen(self) -> bool:
        """What a decision says again of a row, under a rank of its own (L-112)."""
        return self.entree not in {0, self.ordre}

    @property
    def rang(self) -> Rang:
        """How much it weighs (L-05)."""
        if self.officiel:
            return Rang.LISTE
        return Rang.VALIDE if self.validation is Validation.VALIDE else Rang.NON_VALIDE


def list_colonnes(genre: type[Contenu]) -> tuple[str, ...]:
    """The columns of the file of a kind, in order."""
    champs = tuple(list_champs(genre))
    return (*COLONNES_AVANT, *champs, *COLONNES_APRES) if genre.A_ENTETE else champs
