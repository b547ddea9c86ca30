"""What each cell says at two dates: one state per rank of sources, and the one retained (L-03 to L-05)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from quartiers.core.colonnes.cadre import Cadre
from quartiers.core.colonnes.lot import RANGS
from quartiers.core.colonnes.nombre import (
    Jours,
    Masque,
    Micros,
    Octets,
    Places,
    compare_products,
)
from quartiers.core.colonnes.releves import ColonnesReleves

SANS_LIGNE = -1


@dataclass(frozen=True, slots=True)
class RelevesVus:
    """Relevés seen from two dates (day numbers): the day looked at, the day of knowledge; `visibles`, line by line."""

    vu: int
    connu: int
    releves: ColonnesReleves
    visibles: Masque

    @classmethod
    def build(cls, vu_le: dt.date, connu_le: dt.date, releves: ColonnesReleves) -> RelevesVus:
        """Which lines can be seen."""
        vu, connu = vu_le.toordinal(), connu_le.toordinal()
        return cls(vu, connu, releves, releves.list_visibles(vu, connu))


@dataclass(frozen=True, slots=True)
class EtatsEnColonnes:
    """One state per line, sorted by cell then rank.

    `groupe` is its place among the groups of relevés and `ligne` the relevé retained, both SANS_LIGNE for a state of
    objects. `proches` counts the near objects out of reach, `sans_confirmation` the objects in reach by themselves
    (in millionths, like `valeur`).
    """

    cellule: Places
    indicateur: Places
    rang: Octets
    groupe: Places
    ligne: Places
    valeur: Micros
    denominateur: Micros
    date: Jours
    perime_le: Jours
    inconnu: Masque
    sans_confirmation: Micros
    proches: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.cellule)

    def take(self, places: Places | Masque) -> EtatsEnColonnes:
        """Some of the states."""
        return EtatsEnColonnes(*(getattr(self, champ.name)[places] for champ in fields(self)))


def read_derniers(regard: RelevesVus, debut: int, fin: int) -> Places:
    """Last visible line of each of the groups `debut` to `fin`, SANS_LIGNE without."""
    if debut == fin:
        return np.empty(0, np.int64)
    bornes = regard.releves.debuts[debut : fin + 1]
    premiere = bornes[0]
    visibles = regard.visibles[premiere : bornes[-1]]
    comptes = np.cumsum(visibles, dtype=np.int32)
    lignes = np.flatnonzero(visibles)
    if not lignes.size:
        return np.full(fin - debut, SANS_LIGNE, np.int64)
    lignes += premiere
    derniers = lignes[comptes[bornes[1:] - premiere - 1] - 1]
    derniers[(derniers < bornes[:-1]) | (derniers >= bornes[1:])] = SANS_LIGNE
    return derniers


def find_derniers(regard: RelevesVus, groupes: Places, jusqu_a: Jours) -> Places:
    """Last visible line of some groups, dated at most `jusqu_a` (a day per group)."""
    if not len(groupes):
        return np.empty(0, np.int64)
    lignes, bornes = regard.releves.list_lignes(groupes)
    limites = np.repeat(jusqu_a, np.diff(bornes))
    visibles = regard.visibles[lignes] & (regard.releves.date[lignes] <= limites)
    return np.maximum.reduceat(np.where(visibles, lignes, SANS_LIGNE), bornes[:-1])


def build_etats(
    cadre: Cadre, releves: ColonnesReleves, groupes: Places, lignes: Places
) -> EtatsEnColonnes:
    """The states of groups whose retained line is given."""
    cellule = releves.cellules[groupes]
    indicateur = cadre.get_indicateurs(cellule)
    valeur = releves.valeur[lignes]
    date = releves.date[lignes]
    age, inconnu = releves.get_ages(lignes)
    return EtatsEnColonnes(
        cellule=cellule,
        indicateur=indicateur,
        rang=releves.rangs[groupes],
        groupe=groupes,
        ligne=lignes,
        valeur=valeur,
        denominateur=releves.get_denominateurs(lignes, indicateur),
        date=date,
        perime_le=date + age,
        inconnu=inconnu,
        sans_confirmation=valeur,
        proches=np.zeros(len(lignes), np.int32),
    )


@dataclass(frozen=True, slots=True)
class Choix:
    """The state retained in each cell: its place (None: every state is alone in its cell), whether others stand beside it and whether one disagrees."""

    places: Places | None
    plusieurs: Masque
    desaccord: Masque


def choose_etats(etats: EtatsEnColonnes, frais: Masque) -> Choix:
    """Fresh before stale, then the smallest rank (L-05); a fresh state of another value is a disagreement."""
    nouveau = np.ones(len(etats), bool)
    nouveau[1:] = etats.cellule[1:] != etats.cellule[:-1]
    premiers = np.flatnonzero(nouveau)
    if len(premiers) == len(etats):
        rien = np.zeros(len(etats), bool)
        return Choix(None, rien, rien)
    note = np.where(frais, 0, RANGS) + etats.rang
    meilleure = np.minimum.reduceat(note, premiers)
    tailles = np.diff(premiers, append=len(etats))
    places = np.flatnonzero(note == np.repeat(meilleure, tailles))
    retenu = np.repeat(places, tailles)
    autre = frais & frais[retenu] & (retenu != np.arange(len(etats)))
    autre &= is_different(etats, retenu)
    return Choix(places, tailles > 1, np.logical_or.reduceat(autre, premiers))


def is_different(etats: EtatsEnColonnes, autres: Places) -> Masque:
    """Whether the value of each state differs from that of another one."""
    return differs(
        (etats.valeur, etats.denominateur), (etats.valeur[autres], etats.denominateur[autres])
    )


def differs(ceux_ci: tuple[Micros, Micros], ceux_la: tuple[Micros, Micros]) -> Masque:
    """Whether (values, denominators) differ, one by one; a share over 0 equals only its like."""
    (a, p), (b, q) = ceux_ci, ceux_la
    vide = (p == 0) | (q == 0)
    haut_a, bas_a = np.where(p > 0, 100 * a, a), np.maximum(p, 1)
    haut_b, bas_b = np.where(q > 0, 100 * b, b), np.maximum(q, 1)
    bas_a, bas_b = np.where(p > 0, bas_a, 1_000_000), np.where(q > 0, bas_b, 1_000_000)
    signe = compare_products(haut_a, bas_b, haut_b, bas_a)
    return np.where(vide, p != q, signe != 0)
