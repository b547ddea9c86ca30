"""What a constat is asked about, and the flags that survive when nothing can be judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from quartiers.core.cellule import CelluleConnue
from quartiers.core.constat import CibleResolue, Constat
from quartiers.core.fait import Calendrier
from quartiers.core.referentiel import Indicateur
from quartiers.core.statut import Drapeau, Statut

# What is still said of a périmé, a non renseigné and a sans objet (L-27).
DRAPEAUX_GARDES = frozenset(
    {
        Drapeau.CALENDRIER_INCONNU,
        Drapeau.AU_MOINS,
        Drapeau.HERITE,
        Drapeau.PORTE_PAR_LA_NATION,
    }
)


@dataclass(frozen=True, slots=True)
class CelluleAJuger:
    """One indicateur in one territoire, at two dates (`cellule` is already as known at `connu_le`).

    `du_referentiel` False: the référentiel's own target does not hold here (a national one, below FR).
    """

    indicateur: Indicateur
    territoire: str
    cellule: CelluleConnue
    vu_le: date
    calendrier: Calendrier | None = None
    du_referentiel: bool = True

    def say_inconnu(self, cible: CibleResolue | None) -> Constat:
        """Nothing usable was said: never a zero."""
        return Constat(self.indicateur, self.territoire, Statut.NON_RENSEIGNE, cible=cible)
