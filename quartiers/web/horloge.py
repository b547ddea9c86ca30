"""The clock of the web site, read here and nowhere else below: a page asks once and passes the day on."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings

from quartiers.core.temps import PARIS
from quartiers.usecases.charger_demo import VU_LE_DEMO


def read_today() -> date:
    """Today in Paris."""
    return datetime.now(tz=PARIS).date()


def read_now() -> datetime:
    """Now, aware, in Paris: the moment of an act."""
    return datetime.now(tz=PARIS)


def read_moment_de_saisie() -> datetime:
    """The moment of what is declared: now; in the demonstration, the same hour of the day at which it is looked at."""
    maintenant = read_now()
    return datetime.combine(VU_LE_DEMO, maintenant.timetz()) if settings.DEMO else maintenant
