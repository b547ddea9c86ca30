"""Asking the base of many values at once, and what was written of them since a moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from quartiers.core.genres import GENRES_DE_FICHIER, PETITS_GENRES
from quartiers.storage.models import Ecriture

PAR_QUESTION = 500
"""Values asked of the base at once: SQLite admits no more than a thousand."""
CHIFFRES_MAX = 18
"""Those of the greatest number that a base keeps."""
T = TypeVar("T")
CADRE = frozenset({"quartiers", "arrets"})
"""Small kinds that move the frame: territoires, stops."""

# Kinds of import that add declared lines and nothing else. The others move the frame (territoires, places, stops):
# what they change is worked out for all the rows together.
CONTESTATIONS = "contestations"
"""The kind of a write that makes a contest or answers one: an answer may write a value, and its decision."""
DECLARATIONS = frozenset(
    {"releves", "examens", CONTESTATIONS, *GENRES_DE_FICHIER, *PETITS_GENRES} - CADRE
)


def split(valeurs: Iterable[T]) -> Iterator[list[T]]:
    """Lots small enough for one question."""
    suite = iter(valeurs)
    while lot := list(islice(suite, PAR_QUESTION)):
        yield lot


def parse_rangee(texte: str) -> int | None:
    """The number of a row, as an address or a form gives it; None when no row can have it."""
    if texte.isascii() and texte.isdecimal() and len(texte) <= CHIFFRES_MAX:
        return int(texte)
    return None


def list_ecritures_depuis(numero: int, genre: str) -> list[int] | None:
    """The writes after `numero` that may hold rows of a kind; None when the frame, on which every line depends, has moved since."""
    ecritures = dict(Ecriture.objects.filter(numero__gt=numero).values_list("pk", "genre"))
    if not set(ecritures.values()) <= DECLARATIONS:
        return None
    return [pk for pk, ecrit in ecritures.items() if ecrit in {genre, CONTESTATIONS}]
