"""Rare words: each is drawn once, for one field of one thing, and none is part of another."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

CONSONNES, VOYELLES = "bdfgklmnprstv", "aeiou"
TETE = "Zyx"
_RIEN = re.compile(r"[^a-z0-9]+")


def squeeze(texte: str) -> str:
    """Letters and figures alone, small: a word cut at the end of a printed line is whole again."""
    return _RIEN.sub("", texte.lower())


@dataclass(slots=True)
class Mots:
    """By what bears it: « poste-employeur »."""

    dits: dict[str, str] = field(default_factory=dict)

    def draw(self, quoi: str) -> str:
        """The word of a thing, the same one each time."""
        if quoi not in self.dits:
            self.dits[quoi] = write_mot(len(self.dits))
        return self.dits[quoi]

    def find(self, texte: str, parmi: Iterable[str] | None = None) -> set[str]:
        """What bears the words that a text says."""
        serre = squeeze(texte)
        if TETE.lower() not in serre:
            return set()
        return {q for q in (self.dits if parmi is None else parmi) if self.dits[q].lower() in serre}


def write_mot(rang: int) -> str:
    """« Zyxbabab » : seven letters or so after none that begins a French word, all of one length."""
    lettres = ""
    for _ in range(3):
        rang, consonne = divmod(rang, len(CONSONNES))
        rang, voyelle = divmod(rang, len(VOYELLES))
        lettres += CONSONNES[consonne] + VOYELLES[voyelle]
    return TETE + lettres
