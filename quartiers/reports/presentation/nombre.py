"""What a template or a report may write in digits: never a bare number, always one that says what it is.

A value of the domain is a `Chiffre` (its unit, its day, its coverage, its proof). A count of what stands on the
page is a `Decompte`: its proof is the list it counts, its dates are those of the page. A share of that is a
`PartDite`. A cell of a file is a `NombreDeCase`: its column names it, its row gives date, coverage and reason.
What is no figure at all, a rank or a length of a drawing, says so: `Ordre`, `Trait`. ADR 0011.
"""

from __future__ import annotations

from collections.abc import Sized
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import total_ordering
from numbers import Number

from quartiers.reports.typographie import format_fraction, format_nombre, format_part


class NombreNu(TypeError):  # noqa: N818 - French noun
    """A bare number where only a figure that says what it is may be written."""


class Nombre:
    """Something that may be written in digits; `str()` writes it as a French reader expects."""

    __slots__ = ()


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class Decompte(Nombre):
    """How many things, counted on this very page at its dates. Compares with an int, so that words may agree."""

    valeur: int

    def __str__(self) -> str:
        return format_nombre(self.valeur)

    def __bool__(self) -> bool:
        return self.valeur != 0

    def __int__(self) -> int:
        return self.valeur

    def __eq__(self, autre: object) -> bool:
        return isinstance(autre, Decompte | int) and self.valeur == int(autre)

    def __lt__(self, autre: Decompte | int) -> bool:
        return self.valeur < int(autre)

    def __hash__(self) -> int:
        return hash(self.valeur)

    def sur(self, tout: Decompte) -> str:
        """« 5 sur 6 »."""
        return format_fraction(self.valeur, tout.valeur)


@dataclass(frozen=True, slots=True)
class PartDite(Nombre):
    """A share of what the page counts, a coverage most often; None when nothing applies, never 0 %."""

    valeur: Fraction | None

    def __str__(self) -> str:
        return format_part(self.valeur)


@dataclass(frozen=True, slots=True)
class Ordre(Nombre):
    """A rank or a number that names: an engagement, an example, a place on the map. Nothing is measured."""

    valeur: int

    def __str__(self) -> str:
        return str(self.valeur)


@dataclass(frozen=True, slots=True)
class Trait(Nombre):
    """A length or a place in a drawing or a layout, in its own units."""

    valeur: float

    def __str__(self) -> str:
        return f"{self.valeur:g}"


@dataclass(frozen=True, slots=True)
class NombreDeCase(Nombre):
    """The exact number of a cell of a file; an unknown one is an empty cell, and not of this type."""

    valeur: Fraction

    def __str__(self) -> str:
        return format_nombre(self.valeur)


def count_tous(choses: Sized) -> Decompte:
    """How many there are."""
    return Decompte(len(choses))


def is_nu(valeur: object) -> bool:
    """A number, or a day, that does not say what it is."""
    return isinstance(valeur, Number | date) and not isinstance(valeur, Nombre)


def refuse_nu(valeur: object, ou: str) -> None:
    """Raise NombreNu, saying where, for a bare number."""
    if is_nu(valeur):
        msg = f"{ou} : {valeur!r} ({type(valeur).__name__}) est un nombre nu ; il faut un Nombre"
        raise NombreNu(msg)
