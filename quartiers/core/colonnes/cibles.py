"""Target lines in columns, and which of them hold at two dates (L-19, L-20)."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from quartiers.core.colonnes.cadre import JALON, Cadre
from quartiers.core.colonnes.jour import JAMAIS
from quartiers.core.colonnes.lot import LotDeCibles
from quartiers.core.colonnes.nombre import Jours, Masque, Micros, Octets, Ordres, Places


@dataclass(frozen=True, slots=True)
class ColonnesCibles:
    """Lines sorted by cell, planned step, effet, day of knowledge and order.

    `cellules` and `etapes` say what each group of versions is about, `debuts` where it begins (one more at the end);
    `entrees` is the deadline that the référentiel itself had set there (JAMAIS: none).
    """

    cellules: NDArray[np.int32]
    etapes: NDArray[np.int32]
    debuts: NDArray[np.int64]
    entrees: Jours
    operateur: Octets
    valeur: Micros
    echeance: Jours
    base: Micros
    base_date: Jours
    effet: Jours
    origine: Octets
    connu: Jours
    ordre: Ordres

    @classmethod
    def build(cls, lot: LotDeCibles, cadre: Cadre) -> ColonnesCibles:
        """Sort a whole lot."""
        tri = np.lexsort((lot.ordre, lot.connu, lot.effet, lot.etape, lot.cellule))
        cellule, etape = lot.cellule[tri], lot.etape[tri]
        nouveau = np.ones(len(tri), bool)
        nouveau[1:] = (cellule[1:] != cellule[:-1]) | (etape[1:] != etape[:-1])
        premiers = np.flatnonzero(nouveau)
        return cls(
            cellules=cellule[premiers],
            etapes=etape[premiers],
            debuts=np.append(premiers, len(tri)),
            entrees=_list_entrees(cadre, cellule[premiers].astype(np.int64), etape[premiers]),
            operateur=lot.operateur[tri],
            valeur=lot.valeur[tri],
            echeance=lot.echeance[tri],
            base=lot.base[tri],
            base_date=lot.base_date[tri],
            effet=lot.effet[tri],
            origine=lot.origine[tri],
            connu=lot.connu[tri],
            ordre=lot.ordre[tri],
        )

    def __len__(self) -> int:
        return len(self.ordre)

    @property
    def nbytes(self) -> int:
        """Memory held."""
        return sum(getattr(self, champ.name).nbytes for champ in fields(self))

    def list_en_vigueur(self, vu: int, connu: int) -> tuple[Masque, Places]:
        """Lines in force, and for each group the last of them (-1: none)."""
        admises = (self.connu <= connu) & (self.effet <= vu)
        if not len(self):
            return admises, np.empty(0, np.int64)
        numeros = np.where(admises, np.arange(len(self)), -1)
        return admises, np.maximum.reduceat(numeros, self.debuts[:-1])

    def list_redatees(self, admises: Masque, lignes: Places) -> Masque:
        """Groups of which an earlier target, the annex's own first, had another deadline."""
        if not len(self):
            return np.empty(0, bool)
        actuelle = np.where(lignes >= 0, self.echeance[lignes], JAMAIS)
        partout = np.repeat(actuelle, np.diff(self.debuts))
        autres = admises & (self.echeance != JAMAIS) & (self.echeance != partout)
        redatees = np.logical_or.reduceat(autres, self.debuts[:-1])
        redatees |= (self.entrees != JAMAIS) & (self.entrees != actuelle)
        return redatees & (actuelle != JAMAIS)


def _list_entrees(cadre: Cadre, cellules: Places, etapes: NDArray[np.int32]) -> Jours:
    """Deadline of the référentiel's own target; on a jalon, only where the line is about its own step."""
    indicateur = cadre.get_indicateurs(cellules)
    ailleurs = (cadre.regles.genre[indicateur] == JALON) & (
        cadre.list_etapes_propres(cellules) != etapes
    )
    a_elle = cadre.has_entree(cellules) & ~ailleurs
    return np.where(a_elle, cadre.regles.echeance[indicateur], np.int32(JAMAIS))
