"""A state as a rule reads it somewhere: its statements, one after the other, cut where their effect changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from quartiers.core.contenu import Contenu
from quartiers.core.derivation.activite import Rythme
from quartiers.core.derivation.geographie import GeographieConnue
from quartiers.core.derivation.jours import UN_JOUR
from quartiers.core.derivation.morceau import Effet, Morceau
from quartiers.core.derivation.portee import Emprise, get_point
from quartiers.core.derivation.regle import Regle
from quartiers.core.derivation.suite import (
    Dire,
    list_prises,
    list_suite,
)
from quartiers.core.derivation.valeurs import has_champ
from quartiers.core.enregistrement import Enregistrement


@dataclass(frozen=True, slots=True)
class EtatLu:
    """An object as a rule reads it: its statements by day; `rythme`: what shows it active, when that is asked."""

    regle: Regle
    lignes: tuple[Enregistrement, ...]
    rythme: Rythme | None = None
    # By the incomplete statements that reach a territoire: most often none do, and all read the same stretches.
    _morceaux: dict[tuple[Enregistrement, ...], list[Morceau]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def list_atteints(self, geographie: GeographieConnue) -> set[str]:
        """The territoires that it may feed."""
        emprises = [get_emprise(ligne) for ligne in self.lignes]
        return {t for e in emprises for t in e.list_atteints(self.regle, geographie)}

    def list_morceaux(self, territoire: str, geographie: GeographieConnue) -> list[Morceau]:
        """Its stretches in a territoire, by day."""
        incomplets = tuple(
            ligne
            for ligne in self.lignes
            if is_incomplet(self.regle, ligne)
            and is_atteint(self.regle, ligne, territoire, geographie)
        )
        if incomplets not in self._morceaux:
            self._morceaux[incomplets] = list(self._cut(self._list_suite(incomplets)))
        return self._morceaux[incomplets]

    def is_compte(self, ligne: Enregistrement, jour: date, sautees: frozenset[date]) -> bool:
        """A statement would count on a day, those of some other days being skipped."""
        return get_effet(self.regle, ligne, jour) is Effet.COMPTE and (
            self.rythme is None or bool(self.rythme.list_recents(ligne, jour, sautees))
        )

    def _list_suite(self, incomplets: Sequence[Enregistrement]) -> Iterator[Dire]:
        """The suite; an incomplete statement is skipped on the days on which it would count, and on no other.

        The one before holds on them (L-71); where there is none, it governs and says nothing.
        """
        suite = list_suite(self.lignes)
        if not incomplets:
            yield from suite
            return
        bornes = {b for x in self.lignes for b in (*list_prises(x), *self._list_bornes(x))}
        for du, suivant in pairwise((date.min, *sorted(bornes), date.max)):
            au = None if suivant == date.max else suivant - UN_JOUR
            sautees = self._list_sautees(incomplets, du)
            gardes = list_suite([x for x in self.lignes if x.le not in sautees])
            premier = min((dire.du for dire in gardes), default=date.max)
            for dire in _clip(suite, du, au):
                if dire.du < premier:
                    fin = _find_premier(dire.au, premier - UN_JOUR)
                    yield replace(dire, au=fin, is_saute=True)
            yield from (replace(dire, sautees=sautees) for dire in _clip(gardes, du, au))

    def _list_sautees(self, incomplets: Sequence[Enregistrement], jour: date) -> frozenset[date]:
        """The days of the statements skipped on a day: the one that governs lacks the field, then perhaps the next."""
        sautees: set[date] = set()
        while True:
            suite = list_suite([x for x in self.lignes if x.le not in sautees])
            dire = next((d for d in suite if d.du <= jour and (d.au is None or jour <= d.au)), None)
            if dire is None or dire.ligne not in incomplets:
                return frozenset(sautees)
            if not self.is_compte(dire.ligne, jour, frozenset(sautees)):
                return frozenset(sautees)
            sautees.add(dire.ligne.le)

    def _list_bornes(self, ligne: Enregistrement) -> Iterator[date]:
        """The days on which the effect of a statement may change."""
        yield from list_bornes_de_periodes(self.regle, ligne)
        if self.rythme is not None:
            yield from self.rythme.list_bornes(ligne)

    def _cut(self, suite: Iterable[Dire]) -> Iterator[Morceau]:
        """Each statement cut where its effect changes."""
        for dire in suite:
            bornes = {dire.du, *self._list_bornes(dire.ligne)}
            debuts = sorted(b for b in bornes if b >= dire.du and (dire.au is None or b <= dire.au))
            for rang, debut in enumerate(debuts):
                au = debuts[rang + 1] - UN_JOUR if rang + 1 < len(debuts) else dire.au
                yield self._see(dire, debut, au)

    def _see(self, dire: Dire, du: date, au: date | None) -> Morceau:
        effet = Effet.MUET if dire.is_saute else get_effet(self.regle, dire.ligne, du)
        morceau = Morceau(dire, du, au, effet, dire.temoin, (dire.ligne,))
        if effet is Effet.COMPTE and self.rythme is not None:
            return self.rythme.see(morceau)
        return morceau


def get_emprise(ligne: Enregistrement) -> Emprise:
    """Where a state stands; a place is measured by its own distances."""
    return Emprise(ligne.liens, get_point(ligne))


def is_atteint(
    regle: Regle, ligne: Enregistrement, territoire: str, geographie: GeographieConnue
) -> bool:
    """A statement reaches a territoire, for a known share of it."""
    atteinte = get_emprise(ligne).reach(regle, territoire, geographie)
    return atteinte is not None and atteinte.part is not None


def is_incomplet(regle: Regle, ligne: Enregistrement) -> bool:
    """It is the kind of thing asked for, and lacks the field counted."""
    contenu = ligne.contenu
    return (
        contenu is not None and regle.filtrage.is_celui(contenu) and not has_champ(regle, contenu)
    )


def get_effet(regle: Regle, ligne: Enregistrement, jour: date) -> Effet:
    """The effect on a day of a statement, territoires and rhythm apart."""
    contenu = ligne.contenu
    if contenu is None or not regle.filtrage.is_celui(contenu):
        return Effet.MUET
    periodes = regle.filtrage.periodes
    effets = {_get_effet_de_periode(contenu, nom, ligne.le, jour) for nom in periodes}
    if not regle.filtrage.is_bon(contenu) or Effet.ZERO in effets:
        return Effet.ZERO
    return Effet.FINI if Effet.FINI in effets else Effet.COMPTE


def _get_effet_de_periode(contenu: Contenu, nom: str, le: date, jour: date) -> Effet:
    """Never, or not yet: a zero. Over: a zero when the end was told, else over and no more (L-68, L-72)."""
    periode = contenu.PERIODES[nom](contenu, le)
    if periode is None or jour < periode[0]:
        return Effet.ZERO
    fin = periode[1]
    if fin is None or jour <= fin:
        return Effet.COMPTE
    return Effet.ZERO if fin + UN_JOUR <= le else Effet.FINI


def list_bornes_de_periodes(regle: Regle, ligne: Enregistrement) -> Iterator[date]:
    """The days on which the periods asked of a statement begin, and those after which they are over."""
    contenu = ligne.contenu
    if contenu is None:
        return
    for nom in regle.filtrage.periodes:
        periode = contenu.PERIODES[nom](contenu, ligne.le)
        if periode is not None:
            yield periode[0]
            if periode[1] is not None:
                yield periode[1] + UN_JOUR


def _find_premier(une: date | None, autre: date | None) -> date | None:
    """The first of two last days; None has no end."""
    dites = [jour for jour in (une, autre) if jour is not None]
    return min(dites, default=None)


def _clip(suite: Sequence[Dire], du: date, au: date | None) -> Iterator[Dire]:
    """The part of each statement that lies between two days."""
    for dire in suite:
        debut, fin = max(dire.du, du), _find_premier(dire.au, au)
        if fin is None or debut <= fin:
            yield replace(dire, du=debut, au=fin)
