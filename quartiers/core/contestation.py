"""A figure contested: since when, what followed, and the clock of the answer; pure, every day is an argument.

A contest is no fait: the statut is worked out as if nobody had contested it. It only says that somebody does (ADR 0026).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from quartiers.core.registre import Cle

MOTIFS_DE_CONTESTATION: Mapping[str, str] = MappingProxyType(
    {
        "incomplet": "Il en manque",
        "double": "Compté deux fois, ou dans un autre quartier",
        "date": "La valeur a changé depuis",
        "lieu": "Le lieu ou le poste n’existe plus",
        "autre": "Autre chose",
    }
)
"""Why a figure is contested: a closed list, so that it can be counted; how one knows is said in words beside it."""
DELAI_DE_REPONSE = 30
"""Days to answer, those when a document is awaited left out."""
TEXTE_MAX = 600


class SuiteDeContestation(StrEnum):
    """What may follow a contest: a decision, or the document that one waits for before deciding."""

    GARDEE = "gardee"
    RETENUE = "retenue"
    AUTRE = "autre"
    PIECE = "piece"
    COMPLEMENT = "complement"


DECISIONS = frozenset(
    {SuiteDeContestation.GARDEE, SuiteDeContestation.RETENUE, SuiteDeContestation.AUTRE}
)
"""After one of these, nothing follows."""


@dataclass(frozen=True, slots=True)
class EtapeDeContestation:
    """Something that followed, and the day it was known."""

    suite: SuiteDeContestation
    le: date


@dataclass(frozen=True, slots=True)
class Contestation:
    """A figure of a territoire that somebody contests. `du`: the day of the value that was shown, None for none.

    `numero`: that of its row; `etapes`: what followed, in order.
    """

    numero: int
    indicateur: str
    territoire: str
    du: date | None
    depuis: date
    etapes: tuple[EtapeDeContestation, ...] = ()

    @property
    def cle(self) -> Cle:
        """The cell that it is about."""
        return (self.indicateur, self.territoire)

    def read_at(self, connu_le: date) -> Contestation | None:
        """As it was known at the end of `connu_le`; None before it was made."""
        if connu_le < self.depuis:
            return None
        return replace(self, etapes=tuple(e for e in self.etapes if e.le <= connu_le))

    @property
    def tranchee_le(self) -> date | None:
        """The day of the decision; None while it is open."""
        return next((e.le for e in self.etapes if e.suite in DECISIONS), None)

    @property
    def is_suspendue(self) -> bool:
        """A document is awaited: the clock does not run."""
        return bool(self.etapes) and self.etapes[-1].suite is SuiteDeContestation.PIECE

    def count_jours(self, jour: date) -> int:
        """Days during which an answer was awaited, up to `jour` or to the decision."""
        fin = min(jour, self.tranchee_le or jour)
        return max(0, (fin - self.depuis).days) - self.count_suspendus(fin)

    def count_suspendus(self, jour: date) -> int:
        """Days during which a document was awaited, up to `jour`."""
        attendus, depuis = 0, None
        for etape in self.etapes:
            if etape.le > jour:
                break
            if depuis is not None:
                attendus += (etape.le - depuis).days
            depuis = etape.le if etape.suite is SuiteDeContestation.PIECE else None
        return attendus if depuis is None else attendus + max(0, (jour - depuis).days)

    def get_echeance(self, jour: date) -> date:
        """The last day to answer in time; it moves one day each day while a document is awaited."""
        return self.depuis + timedelta(days=DELAI_DE_REPONSE + self.count_suspendus(jour))

    def is_en_retard(self, jour: date) -> bool:
        """The answer is late, or was when it came."""
        return self.count_jours(jour) > DELAI_DE_REPONSE


def list_ouvertes(
    contestations: Iterable[Contestation], vu_le: date, connu_le: date
) -> list[Contestation]:
    """Those that nobody has decided yet at `connu_le`, of a value that could be seen at `vu_le`."""
    connues = (c.read_at(connu_le) for c in contestations)
    return [
        c
        for c in connues
        if c is not None and c.tranchee_le is None and (c.du is None or c.du <= vu_le)
    ]
