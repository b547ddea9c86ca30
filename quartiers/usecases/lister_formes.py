"""The forms of a figure that an account may open in a territoire."""

from __future__ import annotations

from quartiers.core.droits import Droits
from quartiers.core.referentiel import Indicateur
from quartiers.core.territoire import Territoire
from quartiers.core.voie_de_saisie import VoieDeSaisie, list_voies
from quartiers.usecases.acces import find_mandat
from quartiers.usecases.contexte import list_niveaux
from quartiers.usecases.lister_attentes import RELEVE


def list_formes(indicateur: Indicateur, territoire: Territoire) -> tuple[VoieDeSaisie, ...]:
    """The forms of a figure in a territoire of its level; none for what the product works out from itself."""
    return list_voies(indicateur) if territoire.niveau in list_niveaux(indicateur) else ()


def can_declare(droits: Droits, indicateur: Indicateur, territoire: Territoire) -> bool:
    """The form to which its link leads is open to the account."""
    if not list_formes(indicateur, territoire):
        return False
    genre = get_genre_de_forme(indicateur) or RELEVE
    return find_mandat(droits, genre, (territoire.code,)) is not None


def get_genre_de_forme(indicateur: Indicateur) -> str:
    """The first form of a figure: that of its value, from which the others are reached; else of what it counts."""
    return "" if indicateur.saisissants else list_voies(indicateur)[0].genre
