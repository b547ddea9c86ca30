"""What each rank of sources said of a cell, sorted once: many days are asked of the same one."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from quartiers.core.cellule import CelluleConnue
from quartiers.core.fait import Liste, Objet, Rang, Releve


class Palier(NamedTuple):
    """From that day on: whether anything is said, and the value; a share of nothing is said and has none.

    `objets`: the names of the things counted, none for a bare value.
    """

    jour: dt.date
    is_dite: bool
    valeur: Fraction | None
    objets: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Dits:
    """What one rank of sources said of a cell: relevés by day then by order of knowledge, with their days."""

    rang: Rang
    releves: list[Releve] = field(default_factory=list)
    jours: list[dt.date] = field(default_factory=list)
    objets: list[Objet] = field(default_factory=list)
    listes: list[Liste] = field(default_factory=list)

    def list_paliers(self, du: dt.date, au: dt.date) -> Iterator[Palier]:
        """The bare value of `du`, then each of the following ones: of a day, the last known."""
        debut, fin = bisect_right(self.jours, du), bisect_right(self.jours, au)
        yield Palier(du, debut > 0, self.releves[debut - 1].lu if debut else None)
        yield from (self._get_palier(rang) for rang in range(debut, fin) if self._is_dernier(rang))

    def list_paliers_passes(self, au: dt.date) -> Iterator[Palier]:
        """The bare values up to `au`, from the last one back."""
        rangs = range(bisect_right(self.jours, au) - 1, -1, -1)
        yield from (self._get_palier(rang) for rang in rangs if self._is_dernier(rang))

    def _get_palier(self, rang: int) -> Palier:
        return Palier(self.jours[rang], is_dite=True, valeur=self.releves[rang].lu)

    def _is_dernier(self, rang: int) -> bool:
        """The last known of its day."""
        return rang + 1 == len(self.jours) or self.jours[rang + 1] != self.jours[rang]


def list_dits(cellule: CelluleConnue, fenetre: tuple[dt.date, dt.date] | None) -> tuple[Dits, ...]:
    """What each rank said, best rank first; relevés out of the window say nothing."""
    par_rang: dict[Rang, Dits] = {}

    def open_dits(rang: Rang) -> Dits:
        return par_rang.get(rang) or par_rang.setdefault(rang, Dits(rang))

    for releve in sorted(cellule.releves, key=lambda r: (r.date, r.connu_le, r.ordre)):
        if fenetre is None or fenetre[0] <= releve.date <= fenetre[1]:
            dits = open_dits(releve.rang)
            dits.releves.append(releve)
            dits.jours.append(releve.date)
    for objet in cellule.objets:
        open_dits(objet.rang).objets.append(objet)
    for liste in cellule.listes:
        open_dits(liste.rang).listes.append(liste)
    return tuple(par_rang[rang] for rang in sorted(par_rang))
