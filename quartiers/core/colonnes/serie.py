"""What went before, for cells that one rank of relevés fills: reached too late, or reached and lost (L-12 to L-14).

The lines of a group are walked back from the one retained, all cells at once, until each has its answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from quartiers.core.colonnes.etats import RelevesVus
from quartiers.core.colonnes.jour import SANS_JOUR
from quartiers.core.colonnes.jugement import satisfies
from quartiers.core.colonnes.nombre import Jours, Masque, Micros, Octets, Places, compare_valeurs


@dataclass(slots=True)
class Marche:
    """Cells on their way back in time; `restantes` are those that still look for an answer.

    `lignes` starts at the line retained, `depuis` is the first day that counts.
    """

    regard: RelevesVus
    lignes: Places
    debuts: Places
    indicateur: Places
    seuil: Micros
    operateur: Octets
    depuis: Jours
    restantes: Places

    def walk_back(self) -> Iterator[tuple[Places, Jours, Jours, Masque]]:
        """At each step: cells that have one more day before, that day, the day it gave way, whether it was reached.

        A line that is not known, or that another one replaces on the same day, is passed over.
        """
        suivante = self.regard.releves.date[self.lignes]
        while self.restantes.size:
            self.lignes[self.restantes] -= 1
            lignes = self.lignes[self.restantes]
            dedans = lignes >= self.debuts[self.restantes]
            dedans &= self.regard.releves.date[lignes] >= self.depuis[self.restantes]
            self.restantes, lignes = self.restantes[dedans], lignes[dedans]
            date = self.regard.releves.date[lignes]
            dites = self.regard.visibles[lignes] & (date < suivante[self.restantes])
            cellules, lignes, date = self.restantes[dites], lignes[dites], date[dites]
            if cellules.size:
                yield cellules, date, suivante[cellules], self._is_atteint(cellules, lignes)
                suivante[cellules] = date

    def _is_atteint(self, cellules: Places, lignes: Places) -> Masque:
        bas = self.regard.releves.get_denominateurs(lignes, self.indicateur[cellules])
        signe = compare_valeurs(self.regard.releves.valeur[lignes], bas, self.seuil[cellules])
        return satisfies(self.operateur[cellules], signe) & (bas != 0)

    def stop(self, cellules: Places) -> None:
        """These have their answer."""
        arrivees = np.zeros(len(self.lignes), bool)
        arrivees[cellules] = True
        self.restantes = self.restantes[~arrivees[self.restantes]]


def list_tardifs(marche: Marche, echeance: Jours) -> Masque:
    """Cells reached now whose current run began after the deadline, given that the line retained is dated after it.

    The run goes back until a day that is not reached, or to the day that held on the deadline.
    """
    tardif = np.ones(len(echeance), bool)
    for cellules, date, _, atteint in marche.walk_back():
        a_temps = date <= echeance[cellules]
        tardif[cellules[a_temps & atteint]] = False
        marche.stop(cellules[a_temps | ~atteint])
    return tardif


def list_pertes(marche: Marche) -> Jours:
    """Day on which cells not reached now were lost, SANS_JOUR where they never were reached."""
    perdu_le = np.full(len(marche.lignes), SANS_JOUR, np.int32)
    for cellules, _, suivante, atteint in marche.walk_back():
        perdu_le[cellules[atteint]] = suivante[atteint]
        marche.stop(cellules[atteint])
    return perdu_le
