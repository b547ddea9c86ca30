"""Where records are: which territoires a link feeds, what lies inside others, how far places are, which calendar holds."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from quartiers.core.calendriers import Calendriers, find_calendrier
from quartiers.core.contenu import Coordonnee
from quartiers.core.derivation.jours import Vacances
from quartiers.core.territoire import Genre, Niveau, QuartierCible, Territoires, build_territoire

PointDeLieu = tuple[str, Coordonnee | None, Coordonnee | None]
"""A place and where it says it stands: corrected, its point is another one, measured by itself."""
Distances = dict[PointDeLieu, dict[str, Fraction]]
"""By place at its point, then by perimeter: metres."""


@dataclass(frozen=True, slots=True)
class Geographie:
    """Territoires, every version of the quartiers cibles, distances, calendars by département, official weights.

    `statistiques`: by (source, field, territoire).
    """

    territoires: Territoires
    quartiers: Sequence[QuartierCible] = ()
    distances: Distances = field(default_factory=dict)
    calendriers: Calendriers = field(default_factory=Calendriers)
    statistiques: Mapping[tuple[str, str, str], Fraction] = field(default_factory=dict)
    jours: tuple[date, ...] = field(init=False, repr=False, compare=False)
    """The days on which a version of a quartier cible, or of a calendar, was learnt."""
    codes: frozenset[str] = field(init=False, repr=False, compare=False)
    """The quartiers cibles, whatever the day they were learnt."""
    _connues: dict[int, GeographieConnue] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        jours = {q.connu_le for q in self.quartiers} | self.calendriers.jours
        object.__setattr__(self, "jours", tuple(sorted(jours)))
        object.__setattr__(self, "codes", frozenset(q.code for q in self.quartiers))

    def add_distances(self, nouvelles: Distances) -> None:
        """Those of places learnt since: a distance already known does not change while the perimeters stand."""
        for point, mesures in nouvelles.items():
            self.distances.setdefault(point, {}).update(mesures)

    def get_niveau(self, code: str) -> Niveau | None:
        """That of a territoire, or of a quartier cible whatever the day it was learnt; None: nobody knows it."""
        if code in self.territoires:
            return self.territoires[code].niveau
        return Niveau.QUARTIER if code in self.codes else None

    def read_at(self, connu_le: date) -> GeographieConnue:
        """As it was known on a day; the days between two versions share one answer."""
        rang = bisect_right(self.jours, connu_le)
        connue = self._connues.get(rang)
        if connue is None:
            derniers: dict[str, QuartierCible] = {}
            for quartier in sorted(self.quartiers, key=lambda q: (q.connu_le, q.ordre)):
                if quartier.connu_le <= connu_le:
                    derniers[quartier.code] = quartier
            connue = self._connues[rang] = GeographieConnue(self, derniers, connu_le)
        return connue


class GeographieConnue:
    """The territoires as they were known on a day, the quartiers cibles of that day among them."""

    def __init__(
        self, geographie: Geographie, quartiers: Mapping[str, QuartierCible], connu_le: date
    ) -> None:
        self.geographie = geographie
        self.quartiers = quartiers
        self.calendriers = geographie.calendriers.read_at(connu_le)
        territoires = geographie.territoires
        self.territoires = territoires.extend_with(
            quartiers.values(), lambda q: build_territoire(q, territoires)
        )
        self._reunis: dict[str, list[str]] = {}
        for quartier in quartiers.values():
            for code in quartier.rattaches:
                self._reunis.setdefault(code, []).append(quartier.code)
        self._nourris: dict[str, frozenset[str]] = {}
        self._vacances: dict[str, Vacances] = {}

    def list_nourris(self, code: str) -> frozenset[str]:
        """All that a link to `code` feeds: itself, what holds it, the quartiers cibles that gather it."""
        nourris = self._nourris.get(code)
        if nourris is None:
            vus: set[str] = set()
            pile = [code]
            while pile:
                courant = pile.pop()
                if courant in vus:
                    continue
                vus.add(courant)
                if courant in self.territoires:
                    parents = self.territoires[courant].parents
                    pile += (parent for parent in parents if parent in self.territoires)
                pile += self._reunis.get(courant, ())
            nourris = self._nourris[code] = frozenset(vus)
        return nourris

    def is_de_quartier(self, code: str) -> bool:
        """A QPV, a QRR or a quartier cible."""
        return code in self.territoires and self.territoires[code].niveau is Niveau.QUARTIER

    def get_niveau(self, code: str) -> Niveau | None:
        """That of a territoire; None: nobody knows it."""
        return self.territoires[code].niveau if code in self.territoires else None

    def list_parts(self, code: str) -> tuple[str, ...]:
        """The perimeters a territoire is made of: those of a quartier cible, else its own."""
        quartier = self.quartiers.get(code)
        return (code,) if quartier is None else (code, *quartier.rattaches)

    def count_quartiers(self, codes: Collection[str]) -> int:
        """How many quartiers are named; a quartier cible and its own parts are one (L-87)."""
        nommes = {code for code in codes if self.is_de_quartier(code)}
        parts = {
            p for code in nommes if code in self.quartiers for p in self.quartiers[code].rattaches
        }
        return len(nommes - parts)

    def list_dedans(self, nommes: Collection[str]) -> Iterator[str]:
        """The territoires that lie whole inside those that are named (L-86)."""
        vus: set[str] = set()
        pile = [code for code in nommes if code in self.territoires]
        while pile:
            courant = pile.pop()
            if courant in vus:
                continue
            vus.add(courant)
            pile += self.territoires.list_enfants(courant)
            pile += self._reunis.get(courant, ())
        connus = frozenset(nommes)
        yield from (code for code in sorted(vus) if self.is_dedans(code, connus))

    def is_dedans(self, code: str, nommes: frozenset[str]) -> bool:
        """Named, or made of parts that all are, or held by territoires of one kind that all are."""
        if code in nommes:
            return True
        quartier = self.quartiers.get(code)
        if (
            quartier is not None
            and quartier.rattaches
            and all(self.is_dedans(part, nommes) for part in quartier.rattaches)
        ):
            return True
        if code not in self.territoires:
            return False
        par_genre: dict[Genre, list[bool]] = {}
        for parent in self.territoires[code].parents:
            if parent in self.territoires:
                genre = self.territoires[parent].genre
                par_genre.setdefault(genre, []).append(self.is_dedans(parent, nommes))
        # A commune is whole in each of its EPCI; a quartier is not in each of its communes.
        return any(
            any(dedans) if genre is Genre.EPCI else all(dedans)
            for genre, dedans in par_genre.items()
        )

    def get_distance(
        self, lieu: PointDeLieu, territoire: str, situes: Iterable[str]
    ) -> Fraction | None:
        """Metres from the nearest part of a territoire; 0 for a part it stands in unmeasured. None: nobody knows.

        The line of a quartier cible says only that one of its parts is reached: the parts, when known, tell more.
        """
        mesures = self.geographie.distances.get(lieu, {})
        dedans = {code for situe in situes for code in self.list_nourris(situe)}
        connues = {
            part: mesures.get(part, Fraction(0))
            for part in self.list_parts(territoire)
            if part in mesures or part in dedans
        }
        propre = connues.pop(territoire, None)
        return min(connues.values(), default=propre)

    def get_vacances(self, code: str) -> Vacances:
        """The school holidays of a territoire, by its calendar."""
        vacances = self._vacances.get(code)
        if vacances is None:
            vacances = self._vacances[code] = Vacances(
                find_calendrier(self.calendriers, self.territoires, code)
            )
        return vacances
