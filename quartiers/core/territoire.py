"""Territoires and how they hold one another."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple
from weakref import WeakValueDictionary

NATION = "FR"
"""The code of the territoire that holds all the others."""


class Genre(StrEnum):
    """What a territoire is (`formats.md`, closed list)."""

    NATION = "nation"
    REGION = "region"
    DEPARTEMENT = "departement"
    COLLECTIVITE = "collectivite"
    EPCI = "epci"
    COMMUNE = "commune"
    QPV = "qpv"
    QRR = "qrr"
    QUARTIER = "quartier"


GENRES_DE_QUARTIER = frozenset({Genre.QUARTIER, Genre.QRR, Genre.QPV})
"""What a délégué du préfet answers for."""


class Niveau(StrEnum):
    """The level an indicateur is measured at; order of size: Q < C < E < D < R < N."""

    QUARTIER = "Q"
    COMMUNE = "C"
    EPCI = "E"
    DEPARTEMENT = "D"
    REGION = "R"
    NATION = "N"

    @property
    def hauteur(self) -> int:
        """Rank by size, 0 for the quartier."""
        return "QCEDRN".index(self.value)


NOMS_DE_NIVEAU = {
    Niveau.QUARTIER: "quartier",
    Niveau.COMMUNE: "commune",
    Niveau.EPCI: "intercommunalité",
    Niveau.DEPARTEMENT: "département",
    Niveau.REGION: "région",
    Niveau.NATION: "nation",
}

NIVEAU_DU_GENRE: Mapping[Genre, Niveau] = {
    Genre.NATION: Niveau.NATION,
    Genre.REGION: Niveau.REGION,
    Genre.DEPARTEMENT: Niveau.DEPARTEMENT,
    Genre.COLLECTIVITE: Niveau.DEPARTEMENT,
    Genre.EPCI: Niveau.EPCI,
    Genre.COMMUNE: Niveau.COMMUNE,
    Genre.QPV: Niveau.QUARTIER,
    Genre.QRR: Niveau.QUARTIER,
    Genre.QUARTIER: Niveau.QUARTIER,
}


@dataclass(frozen=True, slots=True)
class Territoire:
    """One territoire.

    `parents` are the codes that hold it directly: a quartier (of any kind) names its communes and its
    département; a commune its EPCI (an EPT before the métropole) and its département; a département its
    région. `du`, `au`: first and last day of validity (a generation of QPV), None = no bound.
    """

    code: str
    nom: str
    genre: Genre
    parents: tuple[str, ...] = ()
    du: date | None = None
    au: date | None = None

    @property
    def niveau(self) -> Niveau:
        """The level of an indicateur that this territoire can carry."""
        return NIVEAU_DU_GENRE[self.genre]

    def is_valide(self, jour: date) -> bool:
        """Between its first and its last day of validity."""
        return (self.du is None or self.du <= jour) and (self.au is None or jour <= self.au)


class Ancien(NamedTuple):
    """A code that a later one replaced: the code that follows it (itself perhaps replaced), the name it had."""

    suite: str
    nom: str = ""


@dataclass(frozen=True, slots=True)
class QuartierCible:
    """One known version of a quartier cible: what it holds (QPV, QRR), and when a plan is expected of it."""

    code: str
    nom: str
    departement: str
    rattaches: tuple[str, ...]
    attendu_du: date | None
    attendu_au: date | None
    connu_le: date
    ordre: int


@dataclass(slots=True, weakref_slot=True)
class Territoires(Mapping[str, Territoire]):
    """Territoires by code, with their descent worked out once; `anciens`: the codes that later ones replaced.

    `_etendues`: what `extend_with` gave, for as long as somebody holds it.
    """

    _par_code: dict[str, Territoire]
    _enfants: dict[str, list[str]] = field(default_factory=dict)
    anciens: Mapping[str, Ancien] = field(default_factory=dict)
    _ancetres: dict[str, frozenset[str]] = field(default_factory=dict, compare=False, repr=False)
    _par_genre: dict[Genre, tuple[str, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )
    _etendues: WeakValueDictionary[tuple[QuartierCible, ...], Territoires] = field(
        default_factory=WeakValueDictionary, compare=False, repr=False
    )

    @classmethod
    def build(
        cls, territoires: Iterable[Territoire], anciens: Mapping[str, Ancien] | None = None
    ) -> Territoires:
        """Index territoires; a parent that is not among them is kept as a name without descent."""
        self = cls({t.code: t for t in territoires}, anciens=anciens or {})
        for code in sorted(self._par_code):
            for parent in self._par_code[code].parents:
                self._enfants.setdefault(parent, []).append(code)
        return self

    def extend(self, nouveaux: Iterable[Territoire]) -> Territoires:
        """The same territoires with more of them; the receiver is left as it was."""
        par_code, enfants = dict(self._par_code), dict(self._enfants)
        ajoutes: dict[str, set[str]] = {}
        for territoire in nouveaux:
            par_code[territoire.code] = territoire
            for parent in territoire.parents:
                ajoutes.setdefault(parent, set()).add(territoire.code)
        for parent, codes in ajoutes.items():
            enfants[parent] = sorted(codes.union(enfants.get(parent, ())))
        return Territoires(par_code, enfants, self.anciens)

    def extend_with(
        self,
        quartiers: Iterable[QuartierCible],
        build: Callable[[QuartierCible], Territoire],
    ) -> Territoires:
        """With these quartiers cibles among them; those who ask for the same versions share one answer."""
        cle = tuple(quartiers)
        etendues = self._etendues.get(cle)
        if etendues is None:
            etendues = self._etendues[cle] = self.extend(build(q) for q in cle)
        return etendues

    def keep(self, codes: Collection[str]) -> Territoires:
        """These alone, and the codes that they replaced: of the others nothing is known, not even a name."""
        gardes = [t for code, t in self._par_code.items() if code in codes]
        anciens = {
            code: ancien
            for code, ancien in self.anciens.items()
            if self.get_present(code) in codes or code in codes
        }
        return Territoires.build(gardes, anciens)

    def is_present(self, code: str) -> bool:
        """A territoire that nothing ended."""
        return code in self._par_code and self._par_code[code].au is None

    def is_valide(self, code: str, jour: date) -> bool:
        """Whether a code is a territoire in force that day."""
        return code in self._par_code and self._par_code[code].is_valide(jour)

    def get_present(self, code: str) -> str | None:
        """The code of today (L-37): itself when it is in force, else the end of its chain; None when nobody knows."""
        vus: set[str] = set()
        while not self.is_present(code):
            vus.add(code)
            ancien = self.anciens.get(code)
            if ancien is None or ancien.suite in vus:
                return None
            code = ancien.suite
        return code

    def get_code_au(self, code: str, jour: date) -> str | None:
        """The code that answers for this one on a day: itself until its last day, then what it became.

        A territoire that ended without any that continues it answers for itself; None: unknown code.
        """
        connu = self._par_code.get(code)
        if connu is not None and (connu.au is None or jour <= connu.au):
            return code
        return self.get_present(code) or (None if connu is None else connu.code)

    def __getitem__(self, code: str) -> Territoire:
        return self._par_code[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._par_code)

    def __len__(self) -> int:
        return len(self._par_code)

    def get_ancetres(self, code: str) -> frozenset[str]:
        """Codes of everything that holds `code`, itself excluded; kept for quartiers, whose cells all ask it."""
        if (connus := self._ancetres.get(code)) is not None:
            return connus
        vus: set[str] = set()
        pile = list(self._par_code[code].parents)
        while pile:
            parent = pile.pop()
            if parent in vus or parent not in self._par_code:
                continue
            vus.add(parent)
            pile.extend(self._par_code[parent].parents)
        ancetres = frozenset(vus)
        if self._par_code[code].niveau is Niveau.QUARTIER:
            self._ancetres[code] = ancetres
        return ancetres

    def list_du_genre(self, genre: Genre) -> tuple[str, ...]:
        """Codes of the territoires of a kind."""
        codes = self._par_genre.get(genre)
        if codes is None:
            codes = tuple(code for code, t in self._par_code.items() if t.genre is genre)
            self._par_genre[genre] = codes
        return codes

    def list_enfants(self, code: str) -> tuple[str, ...]:
        """Codes held directly, sorted."""
        return tuple(self._enfants.get(code, ()))

    def list_au_niveau(self, code: str, niveau: Niveau) -> tuple[str, ...]:
        """The territoires of a level that hold `code`, sorted (`code` itself when it is of that level).

        At level E each commune gives its first EPCI parent only: an EPT comes before the métropole.
        """
        depart = self._par_code[code]
        if depart.niveau is niveau:
            return (code,)
        if niveau is Niveau.EPCI:
            return self._list_epci(depart)
        return tuple(
            sorted(a for a in self.get_ancetres(code) if self._par_code[a].niveau is niveau)
        )

    def _list_epci(self, depart: Territoire) -> tuple[str, ...]:
        communes = (
            [depart]
            if depart.genre is Genre.COMMUNE
            else [
                self._par_code[p]
                for p in depart.parents
                if p in self._par_code and self._par_code[p].genre is Genre.COMMUNE
            ]
        )
        trouves = set()
        for commune in communes:
            for parent in commune.parents:
                if parent in self._par_code and self._par_code[parent].genre is Genre.EPCI:
                    trouves.add(parent)
                    break
        return tuple(sorted(trouves))


def build_territoire(quartier: QuartierCible, territoires: Territoires) -> Territoire:
    """A quartier cible as a territoire: its parents are its département and the communes of what it holds."""
    communes = {
        parent
        for code in quartier.rattaches
        if code in territoires
        for parent in territoires[code].parents
        if parent in territoires and territoires[parent].genre is Genre.COMMUNE
    }
    parents = (*sorted(communes), quartier.departement)
    return Territoire(quartier.code, quartier.nom, Genre.QUARTIER, parents)
