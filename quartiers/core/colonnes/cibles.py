"""Target lines in columns, and which of them hold at two dates (L-19, L-20)."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from quartiers.core.colonnes.jour import JAMAIS
from quartiers.core.colonnes.lot import LotDeCibles
from quartiers.core.colonnes.nombre import Jours, Masque, Micros, Octets, Places


@dataclass(frozen=True, slots=True)
class ColonnesCibles:
    """Lines sorted by cell, planned step, effet, day of knowledge and order.

    `cellules` and `etapes` say what each group of versions is about, `debuts` where it begins (one more at the end).
    """

    cellules: NDArray[np.int32]
    etapes: NDArray[np.int32]
    debuts: NDArray[np.int64]
    operateur: Octets
    valeur: Micros
    echeance: Jours
    base: Micros
    base_date: Jours
    effet: Jours
    origine: Octets
    connu: Jours
    ordre: NDArray[np.int32]

    @classmethod
    def build(cls, lot: LotDeCibles) -> ColonnesCibles:
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

    def list_redatees(self, admises: Masque, lignes: Places, entree: Jours) -> Masque:
        """Groups of which an earlier target had another deadline; `entree` is that of the annex (JAMAIS: none)."""
        if not len(self):
            return np.empty(0, bool)
        actuelle = np.where(lignes >= 0, self.echeance[lignes], JAMAIS)
        partout = np.repeat(actuelle, np.diff(self.debuts))
        autres = admises & (self.echeance != JAMAIS) & (self.echeance != partout)
        redatees = np.logical_or.reduceat(autres, self.debuts[:-1])
        redatees |= (entree != JAMAIS) & (entree != actuelle)
        return redatees & (actuelle != JAMAIS)
