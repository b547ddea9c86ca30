"""All that is known of some territoires, and what was learnt of them since: the input of the computation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from quartiers.core.calendriers import Calendriers
from quartiers.core.contestation import Contestation
from quartiers.core.fait import (
    Cible,
    Confirmation,
    Liste,
    Objet,
    Releve,
    SansObjet,
)
from quartiers.core.referentiel import Referentiel
from quartiers.core.registre import Cle, Registre
from quartiers.core.territoire import QuartierCible, Territoires


@dataclass(frozen=True, slots=True)
class Nouveautes:
    """Declared faits learnt later than all those of a dossier, each list in order of knowledge.

    `registres`: the cells whose records say something else since; None: they say nothing any more. `contestations`: all
    those of the cells of which one was made, or answered.
    """

    releves: tuple[Releve, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    sans_objets: tuple[SansObjet, ...] = ()
    cibles: tuple[Cible, ...] = ()
    registres: Mapping[Cle, Registre | None] = field(default_factory=dict)
    contestations: Mapping[Cle, tuple[Contestation, ...]] = field(default_factory=dict)

    @property
    def indicateurs(self) -> frozenset[str]:
        """The indicateurs something new was said of: a constat of any other one is what it was."""
        listes = (self.releves, self.confirmations, self.sans_objets, self.cibles)
        declares = frozenset(fait.indicateur for liste in listes for fait in liste)
        return declares | {code for code, _ in (*self.registres, *self.contestations)}


@dataclass(slots=True)
class Dossier:
    """All that is known of some territoires: the input of the computation.

    Built by one function from the database and by one from a folder of files; both give the same tableau.
    `calendriers`: those of the départements, at every date; `registres`, what records say, by cell; `contestations`, of whom contests it. `version` names the state of the data; `versions` the state known
    at the end of each day on which something was learnt, so that an old tableau can be printed again as it was.
    """

    referentiel: Referentiel
    territoires: Territoires
    quartiers: list[QuartierCible] = field(default_factory=list)
    releves: list[Releve] = field(default_factory=list)
    objets: list[Objet] = field(default_factory=list)
    listes: list[Liste] = field(default_factory=list)
    confirmations: list[Confirmation] = field(default_factory=list)
    sans_objets: list[SansObjet] = field(default_factory=list)
    cibles: list[Cible] = field(default_factory=list)
    calendriers: Calendriers = field(default_factory=Calendriers)
    registres: Mapping[Cle, Registre] = field(default_factory=dict)
    contestations: Mapping[Cle, tuple[Contestation, ...]] = field(default_factory=dict)
    version: str = ""
    versions: tuple[tuple[dt.date, str], ...] = ()

    def get_version(self, connu_le: dt.date) -> str:
        """The state of the data as it was known at the end of `connu_le`."""
        connues = [version for jour, version in self.versions if jour <= connu_le]
        if connues:
            return connues[-1]
        return "" if self.versions else self.version
