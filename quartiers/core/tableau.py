"""Tableaux: the constats of a territoire, arranged by engagement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from quartiers.core.constat import Constat, ConstatRemonte
from quartiers.core.referentiel import Action, Engagement, Objectif
from quartiers.core.statut import Statut
from quartiers.core.territoire import Territoire


@dataclass(frozen=True, slots=True)
class Taux:
    """Counts by statut with what follows from them: coverage, and the interval of achievement."""

    statuts: tuple[tuple[Statut, int], ...]
    applicables: int
    renseignes: int
    couverture: Fraction | None
    taux_min: Fraction | None
    taux_max: Fraction | None


@dataclass(frozen=True, slots=True)
class ActionVue:
    """An action with the constats of its indicateurs, the principal one first."""

    action: Action
    statut: Statut | None
    indicateurs: tuple[Constat | ConstatRemonte, ...]


@dataclass(frozen=True, slots=True)
class ObjectifVu:
    """An objectif with the constats of its own indicateurs."""

    objectif: Objectif
    indicateurs: tuple[Constat | ConstatRemonte, ...]


@dataclass(frozen=True, slots=True)
class EngagementVu:
    """An engagement: its label in a quartier (`statut`, with its `cause` in words), its counts everywhere."""

    engagement: Engagement
    statut: Statut | None
    cause: str | None
    taux: Taux
    objectifs: tuple[ObjectifVu, ...]
    actions: tuple[ActionVue, ...]


@dataclass(frozen=True, slots=True)
class Tableau:
    """The dashboard of a territoire at (vu_le, connu_le)."""

    territoire: Territoire
    vu_le: date
    connu_le: date
    programme: str
    version_referentiel: str
    donnees_version: str
    is_remonte: bool
    taux: Taux
    engagements: tuple[EngagementVu, ...]
