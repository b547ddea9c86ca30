"""The world around the rows: territoires and what holds them, distances, school calendars."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Final

QUARTIERS: Final = ("qpv", "qrr", "quartier")
SANS_CALENDRIER: Final = ("nation", "region", "epci")

Vacances = tuple[date, date]  # first day, last day


@dataclass(frozen=True, slots=True)
class Territoire:
    """A territoire of the frame and what holds it directly."""

    code: str
    genre: str
    parents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuartierCible:
    """One version of a quartier cible: the QPV and QRR it gathers, known from a day."""

    code: str
    departement: str
    rattaches: tuple[str, ...]
    connu_le: date
    ordre: int = 0


@dataclass(frozen=True, slots=True)
class Calendrier:
    """The school holidays of a département; outside its validity nothing is known."""

    valide_du: date
    valide_au: date
    vacances: tuple[Vacances, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Monde:
    """All that is not a row."""

    territoires: Mapping[str, Territoire]
    quartiers: tuple[QuartierCible, ...] = ()
    distances: Mapping[tuple[str, str], Fraction] = field(default_factory=dict)
    calendriers: Mapping[str, Calendrier] = field(default_factory=dict)
    statistiques: Mapping[tuple[str, str, str], Fraction] = field(default_factory=dict)


def get_version(monde: Monde, code: str, connu_le: date) -> QuartierCible | None:
    """The version of a quartier cible known on a day: the last one."""
    connues = [q for q in monde.quartiers if q.code == code and q.connu_le <= connu_le]
    return max(connues, key=lambda q: (q.connu_le, q.ordre), default=None)


def list_quartiers(monde: Monde, connu_le: date) -> list[QuartierCible]:
    """Every quartier cible as it is known on a day."""
    codes = sorted({q.code for q in monde.quartiers})
    versions = [get_version(monde, code, connu_le) for code in codes]
    return [version for version in versions if version is not None]


def get_genre(monde: Monde, code: str) -> str:
    """The genre of a territoire."""
    if code in monde.territoires:
        return monde.territoires[code].genre
    return "quartier" if any(q.code == code for q in monde.quartiers) else "inconnu"


def list_parents(monde: Monde, code: str, connu_le: date) -> list[str]:
    """What holds a territoire directly; a quartier cible is held by what holds its parts."""
    if code in monde.territoires:
        return list(monde.territoires[code].parents)
    version = get_version(monde, code, connu_le)
    if version is None:
        return []
    parents = [version.departement]
    for rattache in version.rattaches:
        autour = list_parents(monde, rattache, connu_le)
        parents += [parent for parent in autour if get_genre(monde, parent) == "commune"]
    return sorted(set(parents))


def list_tenants(monde: Monde, code: str, connu_le: date) -> set[str]:
    """All that a link to this territoire feeds: itself, what holds it, the quartiers cibles that gather it."""
    tenants: set[str] = set()
    a_voir = [code]
    while a_voir:
        courant = a_voir.pop()
        if courant in tenants:
            continue
        tenants.add(courant)
        a_voir += list_parents(monde, courant, connu_le)
        a_voir += [q.code for q in list_quartiers(monde, connu_le) if courant in q.rattaches]
    return tenants


def is_dedans(monde: Monde, code: str, nommes: Iterable[str], connu_le: date) -> bool:
    """Is the whole of a territoire inside those that are named?

    A quartier over two communes is inside them only when both are named; a commune, on the other hand, is wholly
    inside each of its EPCI. A quartier cible is inside also when each of its parts is.
    """
    nommes = set(nommes)
    if code in nommes:
        return True
    version = get_version(monde, code, connu_le) if code not in monde.territoires else None
    if version is not None and version.rattaches:
        parties = [is_dedans(monde, r, nommes, connu_le) for r in version.rattaches]
        if all(parties):
            return True
    par_genre: dict[str, list[str]] = {}
    for parent in list_parents(monde, code, connu_le):
        par_genre.setdefault(get_genre(monde, parent), []).append(parent)
    for genre, parents in par_genre.items():
        dedans = [is_dedans(monde, parent, nommes, connu_le) for parent in parents]
        if all(dedans) or (genre == "epci" and any(dedans)):
            return True
    return False


def get_calendrier(monde: Monde, code: str, connu_le: date) -> Calendrier | None:
    """The calendar of the département that holds a territoire; none for a nation, a région, an EPCI."""
    if get_genre(monde, code) in SANS_CALENDRIER:
        return None
    for tenant in sorted(list_tenants(monde, code, connu_le)):
        genre = get_genre(monde, tenant)
        if genre in {"departement", "collectivite"} and tenant in monde.calendriers:
            return monde.calendriers[tenant]
    return None
