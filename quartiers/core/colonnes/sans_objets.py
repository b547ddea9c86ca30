"""Declarations « sans objet » in columns: good from their day to the same day twelve months later (L-26)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from quartiers.core.colonnes.etats import RelevesVus
from quartiers.core.colonnes.lot import Numeros
from quartiers.core.colonnes.nombre import Jours, Places
from quartiers.core.fait import SansObjet
from quartiers.core.temps import get_dernier_jour_sans_objet


@dataclass(frozen=True, slots=True)
class ColonnesSansObjet:
    """One declaration per line, in any order."""

    cellule: NDArray[np.int32]
    du: Jours
    au: Jours
    connu: Jours

    @classmethod
    def build(cls, declarations: Iterable[SansObjet], numeros: Numeros) -> ColonnesSansObjet:
        """From the declarations of a dossier."""
        lignes = [
            (
                cellule,
                s.valide_le.toordinal(),
                get_dernier_jour_sans_objet(s.valide_le).toordinal(),
                s.connu_le.toordinal(),
            )
            for s in declarations
            if (cellule := numeros.get_cellule(s.indicateur, s.territoire)) >= 0
        ]
        colonnes = np.array(lignes, np.int32).reshape(-1, 4).T
        return cls(*(np.ascontiguousarray(colonne) for colonne in colonnes))

    @property
    def nbytes(self) -> int:
        """Memory held."""
        return sum(getattr(self, champ.name).nbytes for champ in fields(self))

    def list_couvertes(self, regard: RelevesVus) -> Places:
        """Cells that a declaration covers at two dates."""
        couvre = (self.du <= regard.vu) & (regard.vu <= self.au) & (self.connu <= regard.connu)
        return np.unique(self.cellule[couvre]).astype(np.int64)
