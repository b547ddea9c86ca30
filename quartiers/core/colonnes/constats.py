"""The answers, as columns over the cells."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from quartiers.core.colonnes.cadre import Cadre
from quartiers.core.colonnes.etats import SANS_LIGNE
from quartiers.core.colonnes.jour import SANS_JOUR, from_jour
from quartiers.core.colonnes.jugement import BITS, CODES, STATUTS
from quartiers.core.colonnes.nombre import (
    SANS_DENOMINATEUR,
    SANS_VALEUR,
    Flottants,
    Jours,
    Micros,
    Octets,
    Places,
    from_micro,
    read_valeur,
)
from quartiers.core.colonnes.seuils import LIGNE_DU_REFERENTIEL, SANS_CIBLE
from quartiers.core.constat import CibleResolue, Constat
from quartiers.core.referentiel import Operateur, Origine
from quartiers.core.statut import Drapeau, Statut

SANS_STATUT = -1


@dataclass(frozen=True, slots=True)
class ConstatsEnColonnes:
    """One constat per cell, at two dates.

    `statut` and `dernier_statut` (what a périmé value would say) are ranks in STATUTS. `valeur` is in millionths,
    SANS_VALEUR when unknown; with a `denominateur` it is a numerator. `ratio` is a float (nan: none), good to a few
    units of its last place. `perime_le` is JAMAIS for what does not age;
    it and `perdu_le` are SANS_JOUR when there is none. `ligne` is the relevé
    retained (its line in the columns), `cible` the target line, LIGNE_DU_REFERENTIEL or SANS_CIBLE. `complexes` are
    the cells computed one by one. `objets`: (cell, number of an object) of the objects counted, sorted by cell.
    """

    cadre: Cadre
    vu_le: dt.date
    connu_le: dt.date
    statut: Octets
    dernier_statut: Octets
    drapeaux: NDArray[np.uint16]
    valeur: Micros
    denominateur: Micros
    date: Jours
    perime_le: Jours
    ratio: Flottants
    perdu_le: Jours
    seuil: Micros
    cible: NDArray[np.int32]
    ligne: NDArray[np.int32]
    complexes: Places
    objets: tuple[Places, Places]

    @classmethod
    def build(cls, cadre: Cadre, vu_le: dt.date, connu_le: dt.date) -> ConstatsEnColonnes:
        """Nothing known of any cell."""
        nombre = cadre.cellules
        return cls(
            cadre=cadre,
            vu_le=vu_le,
            connu_le=connu_le,
            statut=np.full(nombre, CODES[Statut.NON_RENSEIGNE], np.int8),
            dernier_statut=np.full(nombre, SANS_STATUT, np.int8),
            drapeaux=np.zeros(nombre, np.uint16),
            valeur=np.full(nombre, SANS_VALEUR, np.int64),
            denominateur=np.full(nombre, SANS_DENOMINATEUR, np.int64),
            date=np.full(nombre, SANS_JOUR, np.int32),
            perime_le=np.full(nombre, SANS_JOUR, np.int32),
            ratio=np.full(nombre, np.nan),
            perdu_le=np.full(nombre, SANS_JOUR, np.int32),
            seuil=np.full(nombre, SANS_VALEUR, np.int64),
            cible=np.full(nombre, -1, np.int32),
            ligne=np.full(nombre, SANS_LIGNE, np.int32),
            complexes=np.empty(0, np.int64),
            objets=(np.empty(0, np.int64), np.empty(0, np.int64)),
        )

    def __len__(self) -> int:
        return len(self.statut)

    def get_statut(self, cellule: int) -> Statut:
        """The statut of a cell."""
        return STATUTS[self.statut[cellule]]

    def get_valeur(self, cellule: int) -> Fraction | None:
        """The exact value of a cell, a share in percent."""
        return read_valeur(int(self.valeur[cellule]), int(self.denominateur[cellule]))

    def get_seuil(self, cellule: int) -> Fraction | None:
        """The resolved threshold of a cell."""
        return from_micro(int(self.seuil[cellule]))

    def get_date(self, cellule: int) -> dt.date | None:
        """Date of the value retained."""
        return from_jour(int(self.date[cellule]))

    def get_perime_le(self, cellule: int) -> dt.date | None:
        """First stale day."""
        return from_jour(int(self.perime_le[cellule]))

    def get_perdu_le(self, cellule: int) -> dt.date | None:
        """Day on which a présence was lost."""
        return from_jour(int(self.perdu_le[cellule]))

    def get_dernier_statut(self, cellule: int) -> Statut | None:
        """What a périmé value would say, were it fresh."""
        rang = int(self.dernier_statut[cellule])
        return None if rang == SANS_STATUT else STATUTS[rang]

    def list_drapeaux(self, cellule: int) -> frozenset[Drapeau]:
        """The words that qualify the statut of a cell."""
        bits = int(self.drapeaux[cellule])
        return frozenset(drapeau for drapeau, bit in BITS.items() if bits & int(bit))

    def read_bref(self, cellule: int) -> Constat:
        """What roll-ups need of a cell: its statut, its value, whether its target has a base; no fait."""
        numero, territoire = divmod(cellule, len(self.cadre.codes))
        bas = int(self.denominateur[cellule])
        debut, fin = np.searchsorted(self.objets[0], [cellule, cellule + 1])
        base = (
            Fraction(0) if self.cible[cellule] not in {LIGNE_DU_REFERENTIEL, SANS_CIBLE} else None
        )
        seuil = self.get_seuil(cellule)
        return Constat(
            indicateur=self.cadre.indicateurs[numero],
            territoire=self.cadre.codes[territoire],
            statut=self.get_statut(cellule),
            valeur=self.get_valeur(cellule),
            numerateur=None if bas == SANS_DENOMINATEUR else from_micro(int(self.valeur[cellule])),
            denominateur=None if bas == SANS_DENOMINATEUR else from_micro(bas),
            cible=None if seuil is None else replace(_CIBLE_VIDE, valeur=seuil, base=base),
            date=self.get_date(cellule),
            perime_le=self.get_perime_le(cellule),
            drapeaux=self.list_drapeaux(cellule),
            objets=frozenset(str(numero) for numero in self.objets[1][debut:fin]),
        )


_CIBLE_VIDE = CibleResolue(Operateur.AU_MOINS, None, None, None, None, None, Origine.PLAN)
