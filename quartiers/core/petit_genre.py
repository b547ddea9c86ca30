"""Kinds whose lines name their own thing: a file with its own columns, and no header of records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from quartiers.core.contenu import Contenu, Sorte

DE_TOUT_TEMPS = date.min
"""The day spoken of by a line that speaks of none: it always held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitGenre(Contenu):
    """A kind without the header of records: no derivation reads it, one function makes a fait of it.

    `FICHIER`: the word of its file and of its commands. `IDENTITE`: the fields that make two lines versions of one
    another, free text last, and `QUOI`, the same in words. `OU`: the field that says the territoire it speaks of.
    `LE`: that of its identity which says the day spoken of, `A_VENIR` when it may still be to come.
    """

    SORTE: ClassVar = Sorte.ETAT
    A_ENTETE: ClassVar = False
    FICHIER: ClassVar[str]
    OU: ClassVar[str] = "territoire"
    IDENTITE: ClassVar[tuple[str, ...]]
    LE: ClassVar[str] = ""
    A_VENIR: ClassVar[bool] = False

    @classmethod
    def get_mot(cls) -> str:
        """The word of its file."""
        return cls.FICHIER

    @property
    def identite(self) -> tuple[object, ...]:
        """What makes two lines versions of one another."""
        return tuple(getattr(self, nom) for nom in self.IDENTITE)

    @property
    def objet(self) -> str:
        """The name of its thing: its identity without its day; two that differ have two names."""
        dits = [getattr(self, nom) for nom in self.IDENTITE if nom != self.LE]
        *avant, dernier = ("" if dit is None else str(dit) for dit in dits)
        return "/".join([*(_escape(dit) for dit in avant), dernier])

    @property
    def le(self) -> date:
        """The day that it speaks of."""
        dit: date | None = getattr(self, self.LE) if self.LE else None
        return dit or DE_TOUT_TEMPS


def _escape(texte: str) -> str:
    """A text without the sign that separates; codes have none."""
    return texte.replace("%", "%25").replace("/", "%2F")
