"""The small kinds, one file each: what their lines are checked against, and the fait that each makes."""

from quartiers.usecases.petits import arret, cible, confirmation, quartier_cible, sans_objet
from quartiers.usecases.petits.porte import PorteDePetitGenre

PORTES: tuple[PorteDePetitGenre, ...] = (
    sans_objet.PORTE,
    confirmation.PORTE,
    quartier_cible.PORTE,
    cible.PORTE,
    arret.PORTE,
)
"""Their doors."""
