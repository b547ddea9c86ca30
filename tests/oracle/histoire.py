"""When was it reached, since when, and when was it lost (L-12, L-13, L-14).

`atteint` is asked again for every day on which something may change: between two such days the state held is the
same (test_evaluateur.py asks it of every single day and compares).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Histoire:
    """`depuis`: first day of the series of reached days that ends at `vu_le`. `perdu_le`: day after the last one."""

    depuis: date | None
    perdu_le: date | None


def read_histoire(jours: set[date], atteint: Callable[[date], bool]) -> Histoire:
    """Go back from `vu_le`; before the first of `jours` nothing is known, so nothing is reached."""
    depuis: date | None = None
    perdu_le: date | None = None
    for jour in sorted(jours, reverse=True):
        if atteint(jour):
            if perdu_le is not None:
                return Histoire(None, perdu_le)
            depuis = jour
        elif depuis is not None:
            return Histoire(depuis, None)
        else:
            perdu_le = jour
    return Histoire(depuis, None)
