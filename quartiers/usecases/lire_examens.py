"""Decisions on declarations, read as the faits that they make: the same line, from the day it was judged.

A decision says again the row that holds after it, with its weight: the row accepted, or what stood before the row
sent back. Only what was entered before a decision counts, so that the same rows always give the same faits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from quartiers.core import enregistrement, fait
from quartiers.core.enregistrement import Validation
from quartiers.core.fait import Rang
from quartiers.core.referentiel import Referentiel
from quartiers.storage.models import Examen, Releve
from quartiers.usecases.garder_enregistrements import (
    build_enregistrement,
    iterate_enregistrements,
)
from quartiers.usecases.garder_lignes import RELEVES, Provenance
from quartiers.usecases.interroger import split
from quartiers.usecases.prouver import build_releve, get_rang
from quartiers.usecases.releve_lu import ReleveLu

GENRE = "examens"
"""The kind of a write that only holds decisions."""
_CHAMPS = ("pk", "releve_id", "enregistrement_id", "resultat", "connu_le", "ordre")


@dataclass(frozen=True, slots=True)
class ExamenLu:
    """A decision, with the day it was known and its rank among all that was learnt."""

    numero: int
    releve: int | None
    enregistrement: int | None
    resultat: Validation
    connu_le: date
    ordre: int


def iterate_examens(**filtre: Any) -> Iterator[ExamenLu]:
    """Decisions, in the order they were entered."""
    rangees = Examen.objects.add_ordre().filter(**filtre).order_by("ordre")
    for pk, releve, enregistre, resultat, connu_le, ordre in rangees.values_list(*_CHAMPS):
        yield ExamenLu(pk, releve, enregistre, Validation(resultat), connu_le, ordre)


@dataclass(slots=True)
class Lignees:
    """The rows of some relevés and all those that each corrects, with the decisions on them."""

    lignes: dict[int, tuple[ReleveLu, Provenance]] = field(default_factory=dict)
    precedents: dict[int, int | None] = field(default_factory=dict)
    examens: dict[int, list[ExamenLu]] = field(default_factory=dict)

    @classmethod
    def load(cls, rangees: Sequence[int]) -> Lignees:
        """Step by step back to the first row of each line."""
        lignees, suite = cls(), set(rangees)
        while suite:
            for lot in split(sorted(suite)):
                for lu, provenance in RELEVES.iterate(pk__in=lot):
                    lignees.lignes[provenance.rangee or 0] = (lu, provenance)
                couples = Releve.objects.filter(pk__in=lot).order_by()
                lignees.precedents |= dict(couples.values_list("pk", "precedent_id"))
                for examen in iterate_examens(releve__in=lot):
                    lignees.examens.setdefault(examen.releve or 0, []).append(examen)
            suite = {p for p in map(lignees.precedents.get, suite) if p is not None}
            suite -= lignees.lignes.keys()
        return lignees

    def get_resultat(self, rangee: int, ordre: int) -> Validation:
        """What was decided of a row, the decisions entered up to `ordre` being taken."""
        dits = [e.resultat for e in self.examens.get(rangee, ()) if e.ordre <= ordre]
        return dits[-1] if dits else Validation.SOUMIS

    def find_tenue(self, rangee: int, ordre: int) -> int | None:
        """The row that holds when this one is the last: itself, or the nearest before it that was not sent back."""
        tenue: int | None = rangee
        while tenue is not None and self.get_resultat(tenue, ordre) is Validation.REJETE:
            tenue = self.precedents.get(tenue)
        return tenue

    def build(self, examen: ExamenLu, referentiel: Referentiel) -> fait.Releve:
        """What a decision makes known: the row that holds from then on, or that the line says nothing any more."""
        rangee = examen.releve or 0
        tenue = self.find_tenue(rangee, examen.ordre)
        lu, provenance = self.lignes[rangee if tenue is None else tenue]
        dite = build_releve(lu, provenance, referentiel)
        rang = get_rang(provenance)
        if tenue is None:
            dite = replace(dite, valeur=None, numerateur=None, denominateur=None, jalon=None)
        elif self.get_resultat(tenue, examen.ordre) is Validation.VALIDE:
            rang = Rang.VALIDE
        return replace(dite, rang=rang, connu_le=examen.connu_le, ordre=examen.ordre)


def is_examine_depuis(depuis: int, **rangees: Any) -> bool:
    """One of these rows was judged by a write after that number: what it corrects may hold again."""
    return Examen.objects.filter(ecriture__numero__gt=depuis, **rangees).exists()


def find_resultat(table: str, rangee: int) -> Validation:
    """What was decided last of a row; nothing yet, and it waits."""
    dits = Examen.objects.filter(**{table: rangee}, suivant__isnull=True)
    return Validation(dits.values_list("resultat", flat=True).first() or Validation.SOUMIS)


def find_renvoyees(table: str, rangees: Iterable[int]) -> frozenset[int]:
    """Those of some rows that were sent back, or taken back by their author: they say nothing any more."""
    renvoyees: set[int] = set()
    for lot in split(sorted(rangees)):
        examens = Examen.objects.filter(
            **{f"{table}__in": lot}, suivant__isnull=True, resultat=Validation.REJETE
        )
        renvoyees.update(examens.order_by().values_list(table, flat=True))
    return frozenset(renvoyees)


def list_releves_examines(referentiel: Referentiel, **filtre: Any) -> list[fait.Releve]:
    """The faits that decisions on relevés make."""
    examens = list(iterate_examens(releve__isnull=False, **filtre))
    lignees = Lignees.load(sorted({e.releve for e in examens if e.releve is not None}))
    return [lignees.build(examen, referentiel) for examen in examens]


def list_enregistrements_examines(
    referentiel: Referentiel, **filtre: Any
) -> list[enregistrement.Enregistrement]:
    """The records that decisions say again, validated, sent back, or put back in the queue."""
    examens = list(iterate_examens(enregistrement__isnull=False, **filtre))
    rangees = sorted({e.enregistrement for e in examens if e.enregistrement is not None})
    lus: dict[int, enregistrement.Enregistrement] = {}
    for lot in split(rangees):
        for lu, provenance in iterate_enregistrements(pk__in=lot):
            lus[provenance.rangee or 0] = build_enregistrement(lu, provenance, referentiel)
    return [_judge(lus, examen) for examen in examens]


def _judge(
    lus: Mapping[int, enregistrement.Enregistrement], examen: ExamenLu
) -> enregistrement.Enregistrement:
    return replace(
        lus[examen.enregistrement or 0],
        validation=examen.resultat,
        connu_le=examen.connu_le,
        ordre=examen.ordre,
    )
