"""Where the lost places of a list may be: there it proves no absence (L-39)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Doutes:
    """Of the places where people are received, and of which nobody knows where they are.

    `communes`: those they are in; `departements`: of them all; `vagues`: of those whose commune nobody knows;
    `perimetres`: those that an earlier list, known by then, gave them as neighbours. Codes of territoires.
    """

    communes: frozenset[str] = frozenset()
    departements: frozenset[str] = frozenset()
    vagues: frozenset[str] = frozenset()
    perimetres: frozenset[str] = frozenset()

    def is_prive(self, parts: Collection[str]) -> bool:
        """One of these perimeters even knew such a place."""
        return not self.perimetres.isdisjoint(parts)

    def is_trouble(
        self, parts: Collection[str], communes: Collection[str], departements: Collection[str]
    ) -> bool:
        """Such a place may be in a territoire made of these parts, that stands there; `communes`: none when unknown."""
        return (
            self.is_prive(parts)
            or not self.communes.isdisjoint(communes)
            or not (self.vagues if communes else self.departements).isdisjoint(departements)
        )
