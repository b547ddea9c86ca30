"""One kind of file that a proof may turn out to be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cas:
    """A kind of file. `refus`: a part of the words of its refusal, or `type` and what is gone when it is kept."""

    nom: str
    fichier: str
    make: Callable[[], bytes]
    refus: str = ""
    type: str = ""
    ote: tuple[str, ...] = ()
    garde: str = ""
    """The name under which it is kept, when it is not the one given."""
