"""Contests as the computation knows them: by cell, each with what followed, in the order it was learnt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from quartiers.core.contestation import Contestation, EtapeDeContestation, SuiteDeContestation
from quartiers.core.registre import Cle
from quartiers.storage import models
from quartiers.usecases.interroger import CONTESTATIONS, split

GENRE = CONTESTATIONS
"""The kind of a write that makes a contest, or that answers one."""


def load_contestations(jusque: int) -> dict[Cle, tuple[Contestation, ...]]:
    """All those entered up to a write, with what followed up to it."""
    return _group(_read(jusque, {}))


def follow_contestations(
    lots: dict[str, list[int]], jusque: int
) -> dict[Cle, tuple[Contestation, ...]]:
    """All those of the cells of which some writes say something."""
    faites = models.Contestation.objects.filter(**lots).order_by()
    suivies = models.EtapeDeContestation.objects.filter(**lots).order_by()
    touchees = set(faites.values_list("indicateur", "territoire"))
    touchees |= set(suivies.values_list("contestation__indicateur", "contestation__territoire"))
    lues: list[Contestation] = []
    for lot in split(sorted({territoire for _, territoire in touchees})):
        lues += (c for c in _read(jusque, {"territoire__in": lot}) if c.cle in touchees)
    return _group(lues)


def read_contestations(numeros: Collection[int]) -> dict[int, Contestation]:
    """Those of some rows, with all that followed."""
    lues: dict[int, Contestation] = {}
    for lot in split(sorted(numeros)):
        lues |= {c.numero: c for c in _read(None, {"pk__in": lot})}
    return lues


def _read(jusque: int | None, filtre: dict[str, Any]) -> list[Contestation]:
    borne = {} if jusque is None else {"ecriture__numero__lte": jusque}
    rangees = models.Contestation.objects.add_ordre().filter(**filtre, **borne).order_by("ordre")
    champs = ("pk", "indicateur", "territoire", "jour_affiche", "connu_le")
    lues = list(rangees.values_list(*champs))
    etapes: dict[int, list[EtapeDeContestation]] = defaultdict(list)
    for lot in split(pk for pk, *_ in lues):
        suivantes = models.EtapeDeContestation.objects.add_ordre().filter(
            contestation__in=lot, **borne
        )
        for pk, suite, le in suivantes.order_by("ordre").values_list(
            "contestation", "suite", "connu_le"
        ):
            etapes[pk].append(EtapeDeContestation(SuiteDeContestation(suite), le))
    return [
        Contestation(pk, indicateur, territoire, du, depuis, tuple(etapes[pk]))
        for pk, indicateur, territoire, du, depuis in lues
    ]


def _group(contestations: Iterable[Contestation]) -> dict[Cle, tuple[Contestation, ...]]:
    par_cle: dict[Cle, list[Contestation]] = defaultdict(list)
    for contestation in contestations:
        par_cle[contestation.cle].append(contestation)
    return {cle: tuple(siennes) for cle, siennes in par_cle.items()}
