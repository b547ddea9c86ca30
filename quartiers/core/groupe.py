"""The parts of a national value, and what they come to day after day: only what changes is added again (L-31)."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import groupby
from operator import itemgetter

from quartiers.core.etat import Lecteur
from quartiers.core.jugement import is_atteint
from quartiers.core.referentiel import Operateur

Mouvement = tuple[date, Fraction | None, Fraction | None]
"""The day, what a part was worth, what it is worth from that day on."""


@dataclass(frozen=True, slots=True)
class Groupe:
    """Who may give the parts of one département on any day: itself, else its expected quartiers."""

    departement: Lecteur | None
    quartiers: tuple[Lecteur, ...]

    def list_mouvements(self, du: date, au: date) -> Iterator[Mouvement]:
        """What each part is worth on `du`, then each of its changes; a département that speaks silences its quartiers."""
        dites: list[Fraction | None] = [None] * len(self.quartiers)
        propre, is_propre = None, False
        for jour, rang, is_dite, valeur in sorted(self._list_paliers(du, au), key=itemgetter(0)):
            if rang < len(dites):
                if not is_propre:
                    yield jour, dites[rang], valeur
                dites[rang] = valeur
                continue
            yield jour, propre, valeur
            if is_dite is not is_propre:
                for dite in dites:
                    yield (jour, dite, None) if is_dite else (jour, None, dite)
            propre, is_propre = valeur, is_dite

    def _list_paliers(
        self, du: date, au: date
    ) -> Iterator[tuple[date, int, bool, Fraction | None]]:
        """What each reader says, from `du` to `au`; the département comes last."""
        propres = () if self.departement is None else (self.departement,)
        for rang, lecteur in enumerate((*self.quartiers, *propres)):
            for jour, is_dite, valeur in lecteur.list_paliers(du, au):
                yield jour, rang, is_dite, valeur


@dataclass(slots=True)
class Cumul:
    """What the known parts come to, kept while they change one by one: their sum, or the largest of them."""

    distincts: bool
    connues: int = 0
    somme: Fraction = Fraction(0)
    rangees: list[Fraction] = field(default_factory=list)

    def set_part(self, avant: Fraction | None, apres: Fraction | None) -> None:
        """A part takes another value; None: it says nothing."""
        if avant == apres:
            return
        if avant is not None:
            self.connues -= 1
            self._take(avant)
        if apres is not None:
            self.connues += 1
            self._put(apres)

    def _take(self, valeur: Fraction) -> None:
        if self.distincts:
            del self.rangees[bisect_left(self.rangees, valeur)]
        else:
            self.somme -= valeur

    def _put(self, valeur: Fraction) -> None:
        if self.distincts:
            insort(self.rangees, valeur)
        else:
            self.somme += valeur

    @property
    def valeur(self) -> Fraction | None:
        """None when nobody says anything: never a zero."""
        if not self.connues:
            return None
        return self.rangees[-1] if self.distincts else self.somme


def list_cumuls(
    groupes: Iterable[Groupe], du: date, au: date, *, distincts: bool
) -> Iterator[Fraction | None]:
    """What the parts come to on `du`, then on each day up to `au` on which one of them may change."""
    cumul = Cumul(distincts)
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
    *,
    distincts: bool,
) -> bool:
    """From the deadline to the day looked at: what the parts come to suffices at last, and did not always.

    The day of the deadline stands for all those before it: what suffices on it did not begin after it.
    """
    suffisances = [
        valeur is not None and is_atteint(valeur, operateur, seuil)
        for valeur in list_cumuls(groupes, *periode, distincts=distincts)
    ]
    return bool(suffisances) and suffisances[-1] and not all(suffisances)
