"""Hints of a refusal, worked out once the transaction is over: nobody waits for what one reader will read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from quartiers.core.anomalie import DonneesRefusees


@contextmanager
def complete_refus() -> Iterator[None]:
    """A refusal that passes leaves with its hints."""
    try:
        yield
    except DonneesRefusees as refus:
        refus.anomalies = tuple(anomalie.complete() for anomalie in refus.anomalies)
        raise
