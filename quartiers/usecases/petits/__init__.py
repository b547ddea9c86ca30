"""The small kinds, one file each: what their lines are checked against, and the fait that each makes."""

from collections.abc import Mapping

from quartiers.core.petit_genre import PetitGenre
from quartiers.usecases.petits import arret, cible, confirmation, quartier_cible, sans_objet
from quartiers.usecases.petits.porte import PorteDePetitGenre

PORTES: Mapping[type[PetitGenre], PorteDePetitGenre] = {
    module.PORTE.genre: module.PORTE
    for module in (sans_objet, confirmation, quartier_cible, cible, arret)
}
"""The door of each."""
