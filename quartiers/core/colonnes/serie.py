"""What went before, for cells that one rank of relevés fills: reached too late, or reached and lost (L-12 to L-14)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from quartiers.core.colonnes.etats import Instant, is_visible
from quartiers.core.colonnes.jour import SANS_JOUR
from quartiers.core.colonnes.jugement import satisfies
from quartiers.core.colonnes.nombre import Jours, Masque, Micros, Octets, Places, compare_valeurs
from quartiers.core.colonnes.releves import ColonnesReleves


@dataclass(frozen=True, slots=True)
class Serie:
    """The days on which a value changed, cell after cell: `cellule` is a rank among the cells asked about."""

    cellule: Places
    date: Jours
    is_atteint: Masque
    is_derniere: Masque


def read_serie(
    releves: ColonnesReleves,
    instant: Instant,
    groupes: Places,
    indicateur: Places,
    seuil: Micros,
    operateur: Octets,
    depuis: Jours,
) -> Serie:
    """Successive values of some groups since a day of each, the last one said of a day being that of the day."""
    lignes, bornes = releves.list_lignes(groupes)
    cellule = np.repeat(np.arange(len(groupes)), np.diff(bornes))
    vues = is_visible(releves, lignes, instant) & (releves.date[lignes] >= depuis[cellule])
    lignes, cellule = lignes[vues], cellule[vues]
    date = releves.date[lignes]
    du_jour = np.ones(len(lignes), bool)
    du_jour[:-1] = (date[1:] != date[:-1]) | (cellule[1:] != cellule[:-1])
    lignes, cellule, date = lignes[du_jour], cellule[du_jour], date[du_jour]
    signe = compare_valeurs(
        releves.valeur[lignes],
        releves.get_denominateurs(lignes, indicateur[cellule]),
        seuil[cellule],
    )
    vides = releves.get_denominateurs(lignes, indicateur[cellule]) == 0
    derniere = np.ones(len(lignes), bool)
    derniere[:-1] = cellule[1:] != cellule[:-1]
    return Serie(cellule, date, satisfies(operateur[cellule], signe) & ~vides, derniere)


def list_tardifs(serie: Serie, echeance: Jours) -> Masque:
    """Cells reached now whose current run began after the deadline.

    It did not when the value of the deadline day was reached, and every later one too.
    """
    apres = serie.date > echeance[serie.cellule]
    suivante_apres = np.append(apres[1:], True) | serie.is_derniere
    au_jour_dit = ~apres & suivante_apres  # the value that held on the deadline day
    tardif = np.ones(len(echeance), bool)
    tardif[serie.cellule[au_jour_dit & serie.is_atteint]] = False
    tardif[serie.cellule[apres & ~serie.is_atteint]] = True
    return tardif


def list_pertes(serie: Serie, nombre: int) -> Jours:
    """Day on which cells not reached now were lost, SANS_JOUR where they never were reached."""
    perdu_le = np.full(nombre, SANS_JOUR, np.int32)
    atteintes = np.flatnonzero(serie.is_atteint)
    derniere = np.full(nombre, -1, np.int64)
    derniere[serie.cellule[atteintes]] = atteintes  # the last one written is the last of its cell
    perdues = np.flatnonzero(derniere >= 0)
    perdu_le[perdues] = serie.date[derniere[perdues] + 1]
    return perdu_le
