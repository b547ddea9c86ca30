"""The clock of the web site, read here and nowhere else below: a page asks once and passes the day on."""

from __future__ import annotations

from datetime import date, datetime

from quartiers.core.temps import PARIS


def read_today() -> date:
    """Today in Paris."""
    return datetime.now(tz=PARIS).date()


def read_now() -> datetime:
    """Now, aware, in Paris: the moment of an act."""
    return datetime.now(tz=PARIS)
