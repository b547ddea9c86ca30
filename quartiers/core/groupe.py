"""The parts of a national value, and what they come to day after day: only what changes is added again (L-31)."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from quartiers.core.etat import Lecteur
from quartiers.core.jugement import is_atteint
from quartiers.core.referentiel import Operateur


class Dite(NamedTuple):
    """What a part is worth: its value, and the names of the things that it counts, none for a bare one."""

    valeur: Fraction
    objets: frozenset[str] = frozenset()


Mouvement = tuple[date, Dite | None, Dite | None]
"""The day, what a part was worth, what it is worth from that day on."""


@dataclass(frozen=True, slots=True)
class Groupe:
    """Who may give the parts of one département on any day: itself, else its expected quartiers."""

    departement: Lecteur | None
    quartiers: tuple[Lecteur, ...]

    def list_mouvements(self, du: date, au: date) -> Iterator[Mouvement]:
        """What each part is worth on `du`, then each of its changes; a département that speaks silences its quartiers."""
        dites: list[Dite | None] = [None] * len(self.quartiers)
        propre, is_propre = None, False
        for jour, rang, is_dite, dite in sorted(self._list_paliers(du, au), key=itemgetter(0)):
            if rang < len(dites):
                if not is_propre:
                    yield jour, dites[rang], dite
                dites[rang] = dite
                continue
            yield jour, propre, dite
            if is_dite is not is_propre:
                for sienne in dites:
                    yield (jour, sienne, None) if is_dite else (jour, None, sienne)
            propre, is_propre = dite, is_dite

    def _list_paliers(self, du: date, au: date) -> Iterator[tuple[date, int, bool, Dite | None]]:
        """What each reader says, from `du` to `au`; the département comes last."""
        propres = () if self.departement is None else (self.departement,)
        for rang, lecteur in enumerate((*self.quartiers, *propres)):
            for palier in lecteur.list_paliers(du, au):
                dite = None if palier.valeur is None else Dite(palier.valeur, palier.objets)
                yield palier.jour, rang, palier.is_dite, dite


@dataclass(frozen=True, slots=True)
class Reunion:
    """How parts make one value: bare ones are added, or the largest is kept when a thing may stand in several (`distincts`).

    `nommes`: things known by their name count once, in however many parts they are.
    """

    distincts: bool = False
    nommes: bool = False


@dataclass(slots=True)
class Cumul:
    """What the known parts come to, kept while they change one by one."""

    reunion: Reunion
    connues: int = 0
    somme: Fraction = Fraction(0)
    rangees: list[Fraction] = field(default_factory=list)
    objets: Counter[str] = field(default_factory=Counter)

    def set_part(self, avant: Dite | None, apres: Dite | None) -> None:
        """A part takes another value; None: it says nothing."""
        if avant == apres:
            return
        if avant is not None:
            self.connues -= 1
            self._take(avant)
        if apres is not None:
            self.connues += 1
            self._put(apres)

    def _take(self, dite: Dite) -> None:
        if self.reunion.nommes and dite.objets:
            for objet in dite.objets:
                self.objets[objet] -= 1
                if not self.objets[objet]:
                    del self.objets[objet]
        elif self.reunion.distincts:
            del self.rangees[bisect_left(self.rangees, dite.valeur)]
        else:
            self.somme -= dite.valeur

    def _put(self, dite: Dite) -> None:
        if self.reunion.nommes and dite.objets:
            self.objets.update(dite.objets)
        elif self.reunion.distincts:
            insort(self.rangees, dite.valeur)
        else:
            self.somme += dite.valeur

    @property
    def valeur(self) -> Fraction | None:
        """None when nobody says anything: never a zero."""
        if not self.connues:
            return None
        nommes = Fraction(len(self.objets))
        if self.reunion.distincts:
            return max([nommes, *self.rangees[-1:]])
        return nommes + self.somme


def list_cumuls(
    groupes: Iterable[Groupe], du: date, au: date, reunion: Reunion
) -> Iterator[Fraction | None]:
    """What the parts come to on `du`, then on each day up to `au` on which one of them may change."""
    cumul = Cumul(reunion)
    mouvements = sorted(
        (m for groupe in groupes for m in groupe.list_mouvements(du, au)), key=itemgetter(0)
    )
    for _, du_jour in groupby(mouvements, key=itemgetter(0)):
        for _, avant, apres in du_jour:
            cumul.set_part(avant, apres)
        yield cumul.valeur


def is_tardive(
    groupes: Iterable[Groupe],
    operateur: Operateur,
    seuil: Fraction,
    periode: tuple[date, date],
    reunion: Reunion,
) -> bool:
    """From the deadline to the day looked at: what the parts come to suffices at last, and did not always.

    The day of the deadline stands for all those before it: what suffices on it did not begin after it.
    """
    suffisances = [
        valeur is not None and is_atteint(valeur, operateur, seuil)
        for valeur in list_cumuls(groupes, *periode, reunion)
    ]
    return bool(suffisances) and suffisances[-1] and not all(suffisances)
