"""The school calendars of the départements, as they were known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from quartiers.core.fait import Calendrier
from quartiers.core.territoire import Niveau, Territoires

_SANS_CALENDRIER = frozenset({Niveau.NATION, Niveau.REGION, Niveau.EPCI})
Version = tuple[date, Calendrier | None]
"""From a day of knowledge on; None: nothing is known any more."""


def read_version(suite: Sequence[Version], connu_le: date) -> Calendrier | None:
    """The one known at the end of a day, of those of one territoire in order of knowledge."""
    return next((calendrier for jour, calendrier in reversed(suite) if jour <= connu_le), None)


@dataclass(frozen=True, slots=True)
class Calendriers:
    """Every version of the calendar of each département, in order of knowledge."""

    versions: Mapping[str, tuple[Version, ...]] = field(default_factory=dict)

    @classmethod
    def build(cls, connus: Mapping[str, Calendrier]) -> Calendriers:
        """Calendars that were always known."""
        return cls({code: ((date.min, calendrier),) for code, calendrier in connus.items()})

    @property
    def jours(self) -> frozenset[date]:
        """The days on which a calendar was learnt."""
        return frozenset(jour for suite in self.versions.values() for jour, _ in suite)

    def read_at(self, connu_le: date) -> Mapping[str, Calendrier]:
        """By département, the calendar known at the end of a day."""
        connus: dict[str, Calendrier] = {}
        for code, suite in self.versions.items():
            derniere = read_version(suite, connu_le)
            if derniere is not None:
                connus[code] = derniere
        return connus

    def is_stable(self, code: str) -> bool:
        """Known for ever, or never: the day of knowledge changes nothing of it."""
        return all(jour == date.min for jour, _ in self.versions.get(code, ()))


def find_calendrier(
    connus: Mapping[str, Calendrier], territoires: Territoires, code: str
) -> Calendrier | None:
    """The calendar of the département that holds a territoire; none for a région, an EPCI, the nation."""
    if not connus or code not in territoires or territoires[code].niveau in _SANS_CALENDRIER:
        return None
    departements = territoires.list_au_niveau(code, Niveau.DEPARTEMENT)
    return next((connus[d] for d in departements if d in connus), None)
