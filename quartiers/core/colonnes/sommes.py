"""Counts by statut and sums of values, first over territoires that always go together, then over ensembles (L-34)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quartiers.core.colonnes.cadre import DOUBLEMENT
from quartiers.core.colonnes.constats import ConstatsEnColonnes
from quartiers.core.colonnes.ensembles import Membres
from quartiers.core.colonnes.jugement import CODES, STATUTS
from quartiers.core.colonnes.nombre import (
    SANS_DENOMINATEUR,
    SANS_VALEUR,
    Masque,
    Places,
)
from quartiers.core.colonnes.seuils import LIGNE_DU_REFERENTIEL, SANS_CIBLE
from quartiers.core.referentiel import Agregation
from quartiers.core.statut import Statut

CONNUS, FRAIS = range(2)
SANS_CELLULE = -1
_GRAND = 2.0**62
_PAR_OBJETS = (Agregation.PART_DE_TERRITOIRES, Agregation.OBJETS_DISTINCTS)
Matrice = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sommes:
    """What a set of constats adds up to, per indicateur (rows) and ensemble (columns).

    `somme`: values in millionths, or numerators; `denominateur`: their denominators; `plus_grande`: the largest value
    (SANS_VALEUR: none); `entres`: how many entered; `objets`: distinct objects among them. `milieux`: the two middle
    cells of a median, twice the same when there is one.
    """

    somme: Matrice
    denominateur: Matrice
    plus_grande: Matrice
    entres: Matrice
    objets: Matrice
    milieux: Matrice

    @classmethod
    def build(cls, indicateurs: int, ensembles: int) -> Sommes:
        """Nothing added yet."""
        forme = (indicateurs, ensembles)
        return cls(
            somme=np.zeros(forme, np.int64),
            denominateur=np.zeros(forme, np.int64),
            plus_grande=np.full(forme, SANS_VALEUR, np.int64),
            entres=np.zeros(forme, np.int64),
            objets=np.zeros(forme, np.int64),
            milieux=np.full((2, *forme), SANS_CELLULE, np.int64),
        )


@dataclass(frozen=True, slots=True)
class Etage:
    """The cells of one level: `lignes` are its indicateurs, columns are the members in their order."""

    constats: ConstatsEnColonnes
    membres: Membres
    lignes: Places
    statut: NDArray[np.int8]

    @classmethod
    def build(cls, constats: ConstatsEnColonnes, membres: Membres, lignes: Places) -> Etage:
        """The cells of some indicateurs in the members of a level."""
        statut = _cross(constats, constats.statut, lignes, membres)
        return cls(constats, membres, lignes, statut)

    def count_statuts(self, statuts: Matrice) -> None:
        """Counts by statut, written into the rows of the level."""
        membres, nombre = self.membres, len(STATUTS)
        atomes = len(membres.debuts)
        cles = (np.arange(len(self.lignes))[:, None] * atomes + membres.atomes) * nombre
        comptes = np.bincount(
            (cles + self.statut).ravel(), minlength=len(self.lignes) * atomes * nombre
        )
        par_atome = comptes.reshape(len(self.lignes), atomes, nombre)
        total = np.add.reduceat(par_atome[:, membres.paires], membres.bornes, axis=1)
        statuts[np.ix_(self.lignes, membres.ensembles)] = total

    def add(self, sommes: tuple[Sommes, Sommes], lentes: Masque) -> None:
        """Sums of the values known (stale ones included) and of the fresh ones, by aggregation of the indicateurs."""
        applicable = self.statut != CODES[Statut.SANS_OBJET]
        frais = applicable & (self.statut != CODES[Statut.NON_RENSEIGNE])
        frais &= self.statut != CODES[Statut.PERIME]
        agregations = [self.constats.cadre.indicateurs[n].agregation for n in self.lignes]
        for agregation in Agregation:
            rangs = np.array([r for r, a in enumerate(agregations) if a is agregation], np.int64)
            if rangs.size and agregation is not Agregation.DISTRIBUTION:
                part = PartDEtage.build(self, rangs, agregation)
                lentes[part.lignes] = part.is_lente()
                for les_sommes, masque in zip(sommes, (applicable, frais), strict=True):
                    part.add(les_sommes, masque[rangs])


@dataclass(frozen=True, slots=True)
class PartDEtage:
    """The cells of one level whose indicateurs are aggregated alike."""

    etage: Etage
    agregation: Agregation
    lignes: Places
    valeur: Matrice
    denominateur: Matrice
    connue: Masque
    nue: Masque
    is_nommee: Masque

    @classmethod
    def build(cls, etage: Etage, rangs: Places, agregation: Agregation) -> PartDEtage:
        """`connue`: what may enter; `nue`: a plain number rather than objects known by their code.

        `is_nommee`, by row: some cells count objects, which the aggregation of columns does not tell apart.
        """
        constats, lignes = etage.constats, etage.lignes[rangs]
        valeur = _cross(constats, constats.valeur, lignes, etage.membres)
        denominateur = _cross(constats, constats.denominateur, lignes, etage.membres)
        if agregation is Agregation.RAPPORT:
            connue = denominateur != SANS_DENOMINATEUR
        else:
            connue = (valeur != SANS_VALEUR) & (denominateur != 0)
            doublements = constats.cadre.regles.genre[lignes] == DOUBLEMENT
            if doublements.any():
                connue &= ~doublements[:, None] | _has_base(constats, lignes, etage.membres)
        nue = np.ones(connue.shape, bool)
        is_nommee = np.zeros(len(lignes), bool)
        if len(constats.objets[0]):
            has_objets = np.zeros(len(constats), bool)
            has_objets[constats.objets[0]] = True
            nommee = _cross(constats, has_objets, lignes, etage.membres)
            indicateurs = [constats.cadre.indicateurs[ligne] for ligne in lignes]
            if agregation in _PAR_OBJETS:
                nue = ~nommee
                is_nommee = np.array([i.is_de_montants for i in indicateurs]) & nommee.any(axis=1)
            elif agregation is Agregation.SOMME:
                is_nommee = np.array([i.is_de_choses for i in indicateurs]) & nommee.any(axis=1)
        return cls(etage, agregation, lignes, valeur, denominateur, connue, nue, is_nommee)

    def is_lente(self) -> Masque:
        """Rows that machine words cannot add: shares to be summed or ordered, things named, totals that overflow."""
        grandeur = np.abs(np.where(self.connue, self.valeur, 0)).max(axis=1).astype(float)
        lente = self.is_nommee | (grandeur * self.valeur.shape[1] >= _GRAND)
        if self.agregation is Agregation.RAPPORT:
            grandeur = np.abs(np.where(self.connue, self.denominateur, 0)).max(axis=1).astype(float)
            return np.asarray(lente | (grandeur * self.valeur.shape[1] >= _GRAND), bool)
        en_part = (self.connue & (self.denominateur != SANS_DENOMINATEUR)).any(axis=1)
        if self.agregation is Agregation.MEDIANE:
            return np.asarray(en_part, bool)
        return np.asarray(lente | en_part, bool)

    def add(self, sommes: Sommes, masque: Masque) -> None:
        """Add the cells of `masque` into the rows of the indicateurs."""
        entre = masque & self.connue
        self._put(sommes.entres, entre.astype(np.int64), np.add)
        if self.agregation is Agregation.MEDIANE:
            self._find_milieux(sommes.milieux, entre)
            return
        nue = entre & self.nue
        self._put(sommes.somme, np.where(nue, self.valeur, 0), np.add)
        if self.agregation is Agregation.RAPPORT:
            self._put(sommes.denominateur, np.where(nue, self.denominateur, 0), np.add)
        if self.agregation in {Agregation.MAX, Agregation.OBJETS_DISTINCTS}:
            self._put(sommes.plus_grande, np.where(nue, self.valeur, SANS_VALEUR), np.maximum)
        if not self.nue.all():
            self._count_objets(sommes.objets, entre)

    def _put(self, cible: Matrice, matrice: Matrice, operation: np.ufunc) -> None:
        membres = self.etage.membres
        cible[np.ix_(self.lignes, membres.ensembles)] = membres.fold(matrice, operation)

    def _find_milieux(self, milieux: Matrice, entre: Masque) -> None:
        """The middle values of each ensemble, of plain numbers (shares are ordered plainly, as fractions)."""
        constats, membres = self.etage.constats, self.etage.membres
        colonnes = np.argsort(membres.territoires)
        ensembles, territoires = membres.spread()
        rang = colonnes[np.searchsorted(membres.territoires[colonnes], territoires)]
        for ligne, valeurs, dedans in zip(self.lignes, self.valeur, entre, strict=True):
            gardes = np.flatnonzero(dedans[rang])
            tri = gardes[np.lexsort((valeurs[rang[gardes]], ensembles[gardes]))]
            groupes, debuts, tailles = np.unique(
                ensembles[tri], return_index=True, return_counts=True
            )
            debut = ligne * len(constats.cadre.codes)
            milieux[0, ligne, groupes] = debut + territoires[tri[debuts + (tailles - 1) // 2]]
            milieux[1, ligne, groupes] = debut + territoires[tri[debuts + tailles // 2]]

    def _count_objets(self, objets: Matrice, entre: Masque) -> None:
        """Distinct objects counted by the cells that enter, per ensemble."""
        constats, membres = self.etage.constats, self.etage.membres
        cellules, numeros = constats.objets
        ligne, territoire = np.divmod(cellules, len(constats.cadre.codes))
        colonnes = np.argsort(membres.territoires)
        rang = _find(membres.territoires, colonnes, territoire)
        rangee = _find(self.lignes, np.argsort(self.lignes), ligne)
        gardes = np.flatnonzero((rang >= 0) & (rangee >= 0))
        gardes = gardes[entre[rangee[gardes], rang[gardes]]]
        ensembles, membre = membres.spread()
        tri = np.argsort(membre, kind="stable")
        debuts = np.searchsorted(membre[tri], territoire[gardes], side="left")
        tailles = np.searchsorted(membre[tri], territoire[gardes], side="right") - debuts
        copies = np.repeat(np.arange(len(gardes)), tailles)
        places = (
            np.arange(len(copies))
            - np.repeat(np.cumsum(tailles) - tailles, tailles)
            + debuts[copies]
        )
        triplets = np.stack(
            [ligne[gardes][copies], ensembles[tri[places]], numeros[gardes][copies]]
        )
        uniques = np.unique(triplets, axis=1)
        np.add.at(objets, (uniques[0], uniques[1]), 1)


def _cross(
    constats: ConstatsEnColonnes, colonne: NDArray[Any], lignes: Places, membres: Membres
) -> NDArray[Any]:
    """A column of the constats as a matrix: some indicateurs, the members of a level."""
    carre = colonne.reshape(len(constats.cadre.indicateurs), len(constats.cadre.codes))
    return carre[lignes[:, None], membres.territoires]


def _has_base(constats: ConstatsEnColonnes, lignes: Places, membres: Membres) -> Masque:
    """A doubling has a base: its target comes from a line, and its threshold is known."""
    cible = _cross(constats, constats.cible, lignes, membres)
    connu = _cross(constats, constats.seuil, lignes, membres) != SANS_VALEUR
    return np.asarray(connu & (cible != LIGNE_DU_REFERENTIEL) & (cible != SANS_CIBLE))


def _find(valeurs: Places, tri: Places, cherches: Places) -> Places:
    """Rank of each sought value among `valeurs` (sorted by `tri`), -1 when it is not there."""
    places = np.minimum(np.searchsorted(valeurs[tri], cherches), len(valeurs) - 1)
    return np.where(valeurs[tri[places]] == cherches, tri[places], -1)
