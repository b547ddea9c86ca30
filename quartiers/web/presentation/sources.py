"""The official sources: who publishes them, what was loaded, how old it is, what had to be put right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from quartiers.reports.presentation.nombre import Decompte, count_tous
from quartiers.reports.typographie import format_date, format_duree
from quartiers.sources import SourceOfficielle
from quartiers.usecases.lister_sources import Chargement

ANOMALIES_MONTREES = 20


@dataclass(frozen=True, slots=True)
class ChargementMontre:
    """A file loaded; `anomalies`: the first values put right or rows set aside, each with its place."""

    chargement: Chargement
    jour: str
    anomalies: tuple[str, ...]
    autres: Decompte
    lues: Decompte
    ajoutees: Decompte
    reparees: Decompte
    ecartees: Decompte


@dataclass(frozen=True, slots=True)
class FicheDeSource:
    """One source; `age` is empty when nothing was loaded."""

    source: SourceOfficielle
    age: str
    chargements: tuple[ChargementMontre, ...]


def build_sources(
    sources: Iterable[SourceOfficielle], chargements: Iterable[Chargement], vu_le: date
) -> tuple[FicheDeSource, ...]:
    """Each source with its files, the last first."""
    par_source: dict[str, list[Chargement]] = {}
    for chargement in chargements:
        par_source.setdefault(chargement.source, []).append(chargement)
    return tuple(
        FicheDeSource(
            source,
            write_age(par_source.get(source.code, []), vu_le),
            tuple(show_chargement(c) for c in sort_chargements(par_source.get(source.code, []))),
        )
        for source in sources
    )


def get_jour(chargement: Chargement) -> date:
    """The date a file speaks of; the day it was known when it says none."""
    return chargement.millesime or chargement.connu_le


def sort_chargements(chargements: Iterable[Chargement]) -> list[Chargement]:
    """The last date first, whether it is a millésime or a day of knowledge."""
    return sorted(chargements, key=get_jour, reverse=True)


def write_age(chargements: Iterable[Chargement], vu_le: date) -> str:
    """« 53 jours au 23 novembre 2026 », of the last file; a file of a later day has no age."""
    jours = [get_jour(chargement) for chargement in chargements]
    if not jours:
        return ""
    age = (vu_le - max(jours)).days
    if age < 0:
        return f"postérieur au {format_date(vu_le)}"
    return f"{format_duree(age)} au {format_date(vu_le)}"


def show_chargement(chargement: Chargement) -> ChargementMontre:
    """A file and the first of what had to be put right."""
    anomalies = (*chargement.ecartees, *chargement.reparees)
    return ChargementMontre(
        chargement=chargement,
        jour=format_date(chargement.millesime) if chargement.millesime else "non daté",
        anomalies=anomalies[:ANOMALIES_MONTREES],
        autres=count_tous(anomalies[ANOMALIES_MONTREES:]),
        lues=Decompte(chargement.lues),
        ajoutees=Decompte(chargement.ajoutees),
        reparees=count_tous(chargement.reparees),
        ecartees=Decompte(chargement.nombre_ecartees),
    )
