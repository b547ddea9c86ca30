"""Days as integers (1 = 1 January of year 1, like `date.toordinal`), and the périodes they fall in."""

from __future__ import annotations

import datetime as dt

import numpy as np

from quartiers.core.colonnes.nombre import Jours, Places
from quartiers.core.referentiel import Periode

SANS_JOUR = 0  # no date, earlier than any: a line without effet is in force since always
JAMAIS = int(np.iinfo(np.int32).max)  # no date, later than any: no deadline, never replaced
PREMIER_MOIS = {Periode.ANNEE_CIVILE: 0, Periode.ANNEE_SCOLAIRE: 8}
_EPOQUE = dt.date(1970, 1, 1).toordinal()


def to_jour(jour: dt.date | None, sinon: int) -> int:
    """A day as an integer, `sinon` when there is none."""
    return sinon if jour is None else jour.toordinal()


def from_jour(jour: int) -> dt.date | None:
    """The way back."""
    return None if jour in {SANS_JOUR, JAMAIS} else dt.date.fromordinal(jour)


def list_periodes(jours: Jours, premier_mois: Places) -> tuple[Jours, Jours]:
    """First and last day of the périodes that hold `jours`; `premier_mois` is 0 for January."""
    mois = (jours.astype(np.int64) - _EPOQUE).view("M8[D]").astype("M8[M]").view(np.int64)
    debut = mois - (mois - premier_mois) % 12
    return _get_premier_jour(debut), _get_premier_jour(debut + 12) - np.int32(1)


def _get_premier_jour(mois: Places) -> Jours:
    return (mois.view("M8[M]").astype("M8[D]").view(np.int64) + _EPOQUE).astype(np.int32)
