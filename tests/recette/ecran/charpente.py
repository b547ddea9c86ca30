"""The frame of a page: what a judge of accessibility sees of it once its words and its numbers are taken out.

Two pages of one frame have the same tags, in the same order, with the same attributes; a row of identical blocks
counts once. They may differ by a name, a number, an address. Their looks may differ too where words never end:
whoever compares frames keeps those pages apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from html.parser import HTMLParser

VIDES = frozenset({"base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
DISENT = frozenset(
    {"class", "role", "type", "scope", "lang", "fill", "stroke", "style", "colspan", "rowspan"}
)
"""Attributes whose value changes what is judged; of the others (addresses, names, places of a drawing), the name alone."""
NOMMENT = frozenset({"aria-label", "aria-labelledby", "aria-describedby", "aria-controls"})
"""Among those of ARIA, which all count by their value, these are words."""
TEXTE = "texte"


def is_dite(nom: str) -> bool:
    """An attribute that counts by its value."""
    return nom in DISENT or (nom.startswith("aria-") and nom not in NOMMENT)


@dataclass(slots=True)
class Noeud:
    """A tag, its attributes, and the distinct blocks that follow one another in it."""

    nom: str
    enfants: list[str] = field(default_factory=list)

    def add(self, enfant: str) -> None:
        """One more block, unless it repeats the one before."""
        if not self.enfants or self.enfants[-1] != enfant:
            self.enfants.append(enfant)

    def fold(self) -> str:
        """The block in one line."""
        return f"<{self.nom}>{''.join(self.enfants)}</>"


class Charpente(HTMLParser):
    """Folds a page while it is read."""

    def __init__(self) -> None:
        super().__init__()
        self.pile = [Noeud("page")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element; one that holds nothing is closed at once."""
        noms = sorted(f"{nom}={valeur}" if is_dite(nom) else nom for nom, valeur in attrs)
        self.pile.append(Noeud(" ".join([tag, *noms])))
        if tag in VIDES:
            self.close_noeud()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A shape of a drawing, closed where it opens."""
        self.handle_starttag(tag, attrs)
        if tag not in VIDES:
            self.close_noeud()

    def handle_endtag(self, tag: str) -> None:
        """The end of an element and of those that it leaves open."""
        if any(noeud.nom.partition(" ")[0] == tag for noeud in self.pile[1:]):
            while self.close_noeud() != tag:
                pass

    def handle_data(self, data: str) -> None:
        """That there are words, not which."""
        if data.strip():
            self.pile[-1].add(TEXTE)

    def close_noeud(self) -> str:
        """Give the last element to the one that holds it; the name of its tag."""
        ferme = self.pile.pop()
        self.pile[-1].add(ferme.fold())
        return ferme.nom.partition(" ")[0]


def compute_charpente(page: str) -> str:
    """The digest of the frame of a page."""
    lecteur = Charpente()
    lecteur.feed(page)
    lecteur.close()
    while len(lecteur.pile) > 1:
        lecteur.close_noeud()
    return sha256(lecteur.pile[0].fold().encode()).hexdigest()
