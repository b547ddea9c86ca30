"""What the page of an account shows: mandats in words, sessions as their holder may recognise them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from quartiers.core.temps import PARIS
from quartiers.core.territoire import Territoire
from quartiers.reports.typographie import format_date
from quartiers.storage.models import Mandat, SessionOuverte

SANS_ACTE = "acte non renseigné"
SANS_TERRITOIRE = "aucun territoire"


@dataclass(frozen=True, slots=True)
class MandatMontre:
    """A mandat on the page: who, where, from when to when, by what act. `etat`: over, or to come; else empty."""

    role: str
    territoire: str
    organisme: str
    duree: str
    acte: str
    etat: str


@dataclass(frozen=True, slots=True)
class SessionMontree:
    """A session on the page. `is_celle_ci`: the one that looks, closed by « Se déconnecter »."""

    numero: int
    appareil: str
    ouverte: str
    is_celle_ci: bool


def show_mandats(
    mandats: Iterable[Mandat], territoires: Mapping[str, Territoire], le: date
) -> list[MandatMontre]:
    """In the order they were given; a territoire that nobody knows any more keeps its code."""
    return [
        MandatMontre(
            role=Mandat.Role(mandat.role).label,
            territoire=name_territoire(mandat.territoire, territoires),
            organisme=mandat.organisme,
            duree=write_duree(mandat),
            acte=mandat.acte or SANS_ACTE,
            etat=say_etat(mandat, le),
        )
        for mandat in mandats
    ]


def name_territoire(code: str, territoires: Mapping[str, Territoire]) -> str:
    """Its name and its code, for two may bear one name."""
    if not code:
        return SANS_TERRITOIRE
    return f"{territoires[code].nom} ({code})" if code in territoires else code


def write_duree(mandat: Mandat) -> str:
    """« depuis le 1er janvier 2025, jusqu’au 31 décembre 2027 »."""
    fin = "sans fin" if mandat.au is None else f"jusqu’au {format_date(mandat.au)}"
    return fin if mandat.du is None else f"depuis le {format_date(mandat.du)}, {fin}"


def say_etat(mandat: Mandat, le: date) -> str:
    """A mandat that opens nothing on a day says why."""
    if mandat.retire_le is not None:
        return f"retiré le {format_date(mandat.retire_le.astimezone(PARIS).date())}"
    if mandat.au is not None and mandat.au < le:
        return "terminé"
    return "à venir" if mandat.du is not None and mandat.du > le else ""


def show_sessions(sessions: Iterable[SessionOuverte], cle: str) -> list[SessionMontree]:
    """The one that looks first."""
    montrees = [
        SessionMontree(s.pk, s.appareil, write_moment(s.ouverte_le), s.cle == cle) for s in sessions
    ]
    return sorted(montrees, key=lambda s: not s.is_celle_ci)


def write_moment(moment: datetime) -> str:
    """« 3 mars 2026 à 9 h 05 », in Paris."""
    ici = moment.astimezone(PARIS)
    return f"{format_date(ici.date())} à {ici.hour}\u00a0h\u00a0{ici.minute:02d}"
