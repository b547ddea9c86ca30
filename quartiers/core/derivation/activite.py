"""What counts only while something happens there: a place by the activities it holds, a convention by its statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from quartiers.core.derivation.morceau import Effet, Morceau
from quartiers.core.derivation.occurrences import list_seances
from quartiers.core.enregistrement import Enregistrement
from quartiers.core.genres.activite import Activite
from quartiers.core.genres.convention import Convention
from quartiers.core.temps import add_mois


@dataclass(frozen=True, slots=True)
class Signe:
    """A day on which something happened, the row that says it and the last day that row attests.

    `is_propre`: the act itself says it, and no other record does.
    """

    jour: date
    temoin: date
    ligne: Enregistrement
    is_propre: bool = False


@dataclass(frozen=True, slots=True)
class Rythme:
    """The signs of an object by day, and for how many months each shows it active."""

    signes: tuple[Signe, ...]
    mois: int

    def list_signes(
        self, ligne: Enregistrement, sautees: frozenset[date] = frozenset()
    ) -> list[Signe]:
        """Those that a statement is read with: an act is shown active by its own ones up to it, and no later one.

        `sautees`: the days of the statements that are skipped.
        """
        return [
            signe
            for signe in self.signes
            if not signe.is_propre or (signe.jour <= ligne.le and signe.jour not in sautees)
        ]

    def get_fin(self, signe: Signe) -> date:
        """The day after its months."""
        return add_mois(signe.jour, self.mois)

    def list_bornes(self, ligne: Enregistrement) -> Iterator[date]:
        """The days on which it may become active, or cease to be."""
        for signe in self.list_signes(ligne):
            yield signe.jour
            yield self.get_fin(signe)

    def list_recents(
        self, ligne: Enregistrement, jour: date, sautees: frozenset[date]
    ) -> list[Signe]:
        """The signs that show it active on a day."""
        signes = self.list_signes(ligne, sautees)
        return [s for s in signes if s.jour <= jour < self.get_fin(s)]

    def see(self, morceau: Morceau) -> Morceau:
        """What counts as it is on its first day: active, over since its last sign, or silent without any (L-74)."""
        ligne, sautees = morceau.dire.ligne, morceau.dire.sautees
        passes = [s for s in self.list_signes(ligne, sautees) if s.jour <= morceau.du]
        if not passes:
            return replace(morceau, effet=Effet.MUET)
        recents = self.list_recents(ligne, morceau.du, sautees)
        retenus = recents or passes[-1:]
        temoin = max(signe.temoin for signe in retenus)
        lignes = (*morceau.lignes, *(signe.ligne for signe in retenus))
        if not recents:
            return replace(morceau, effet=Effet.FINI, temoin=temoin, lignes=lignes)
        if not retenus[0].is_propre:
            temoin = max(temoin, morceau.temoin)
        return replace(morceau, temoin=temoin, lignes=lignes)


def build_rythme(
    mois: int, dires: Sequence[Enregistrement], activites: Sequence[Enregistrement]
) -> Rythme:
    """The rhythm of an object: the statements of an act in force, the sessions held at a place."""
    signes = sorted(_list_signes(dires, activites), key=lambda s: (s.jour, s.temoin))
    return Rythme(tuple(signes), mois)


def _list_signes(
    dires: Sequence[Enregistrement], activites: Sequence[Enregistrement]
) -> Iterator[Signe]:
    for dire in dires:
        contenu = dire.contenu
        if isinstance(contenu, Convention) and _is_en_vigueur(contenu, dire.le):
            yield Signe(dire.le, dire.le, dire, is_propre=True)
    lieux = {dire.objet for dire in dires}
    for activite in activites:
        contenu = activite.contenu
        if isinstance(contenu, Activite) and contenu.lieu in lieux:
            for seance in list_seances(activite, contenu):
                if seance.is_tenue:
                    yield Signe(seance.jour, activite.le, activite)


def _is_en_vigueur(convention: Convention, jour: date) -> bool:
    debut, fin = convention.debut, convention.fin
    return (debut is None or debut <= jour) and (fin is None or jour <= fin)
