"""Where files are made: in a process, a large one and a small one at a time, so that threads remain for pages.

A national export holds a thread for tens of seconds: as many of them as threads, and the site no longer answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from quartiers.core.territoire import Genre, Territoire

PATIENCE_S = 2.0
GRANDS_GENRES = frozenset({Genre.NATION, Genre.REGION, Genre.EPCI})
"""The Métropole du Grand Paris, an EPCI, holds more quartiers than most régions."""


class PlacePrise(Exception):  # noqa: N818 - named in French like every noun of the product
    """Another file is being made; the reader is asked to come back."""


class Place:
    """Room for one. `file`: how many may wait for it at once, `PATIENCE_S` at most; the next is sent back."""

    def __init__(self, *, file: int) -> None:
        self._dedans = BoundedSemaphore(1)
        self._dehors = BoundedSemaphore(file)

    @contextmanager
    def take(self) -> Iterator[None]:
        """Raises PlacePrise when it stays taken."""
        if not self._enter():
            raise PlacePrise
        try:
            yield
        finally:
            self._dedans.release()

    def _enter(self) -> bool:
        if self._dedans.acquire(blocking=False):
            return True
        if not self._dehors.acquire(blocking=False):
            return False
        try:
            return self._dedans.acquire(timeout=PATIENCE_S)
        finally:
            self._dehors.release()


# Nobody waits for a large file, that lasts far beyond any patience. One large, one small and one who waits
# are three threads out of the four of `quartiers serveur`: the last one is for pages.
GRANDE = Place(file=0)
PETITE = Place(file=1)


def choose_place(territoire: Territoire) -> Place:
    """A quartier, a commune, a département never wait behind the nation."""
    return GRANDE if territoire.genre in GRANDS_GENRES else PETITE
