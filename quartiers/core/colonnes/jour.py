"""Days as integers (1 = 1 January of year 1, like `date.toordinal`), and the périodes they fall in."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import numpy as np

from quartiers.core.colonnes.nombre import Jours, Places
from quartiers.core.referentiel import Periode

SANS_JOUR = 0  # no date, earlier than any: a line without effet is in force since always
JAMAIS = int(np.iinfo(np.int32).max)  # no date, later than any: no deadline, never replaced
PREMIER_MOIS = {Periode.ANNEE_CIVILE: 0, Periode.ANNEE_SCOLAIRE: 8}
_EPOQUE = dt.date(1970, 1, 1).toordinal()
_DEBUT_DES_TABLES = dt.date(2000, 1, 1).toordinal()
_FIN_DES_TABLES = dt.date(2060, 1, 1).toordinal()


def to_jour(jour: dt.date | None, sinon: int) -> int:
    """A day as an integer, `sinon` when there is none."""
    return sinon if jour is None else jour.toordinal()


def from_jour(jour: int) -> dt.date | None:
    """The way back."""
    return None if jour in {SANS_JOUR, JAMAIS} else dt.date.fromordinal(jour)


def list_periodes(jours: Jours, premier_mois: Places) -> tuple[Jours, Jours]:
    """First and last day of the périodes that hold `jours`; `premier_mois` is 0 for January."""
    if jours.size and jours.min() >= _DEBUT_DES_TABLES and jours.max() < _FIN_DES_TABLES:
        debuts, fins = _build_tables()
        rangs = (jours - np.int32(_DEBUT_DES_TABLES)) * 12 + premier_mois
        return debuts[rangs], fins[rangs]
    return _compute_periodes(jours, premier_mois)


@lru_cache(maxsize=1)
def _build_tables() -> tuple[Jours, Jours]:
    """The périodes of every day of the years that data speak of, by day then first month: a look-up is ten times quicker."""
    jours = np.repeat(np.arange(_DEBUT_DES_TABLES, _FIN_DES_TABLES, dtype=np.int32), 12)
    return _compute_periodes(jours, np.arange(len(jours)) % 12)


def _compute_periodes(jours: Jours, premier_mois: Places) -> tuple[Jours, Jours]:
    mois = (jours.astype(np.int64) - _EPOQUE).view("M8[D]").astype("M8[M]").view(np.int64)
    debut = mois - (mois - premier_mois) % 12
    return _get_premier_jour(debut), _get_premier_jour(debut + 12) - np.int32(1)


def _get_premier_jour(mois: Places) -> Jours:
    return (mois.view("M8[M]").astype("M8[D]").view(np.int64) + _EPOQUE).astype(np.int32)
