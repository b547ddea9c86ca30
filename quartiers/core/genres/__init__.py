"""The kinds of records, one file each: `GENRES` finds them by their word, `GENRES_DERIVES` by their name in a programme."""

from __future__ import annotations

from collections.abc import Mapping

from quartiers.core.contenu import Contenu
from quartiers.core.genres.activite import Activite
from quartiers.core.genres.arret import ArretDeclare
from quartiers.core.genres.cible import CibleDeclaree
from quartiers.core.genres.cohorte import Cohorte
from quartiers.core.genres.confirmation import ConfirmationDeclaree
from quartiers.core.genres.convention import Convention
from quartiers.core.genres.decision import Decision
from quartiers.core.genres.demande_appui import DemandeAppui
from quartiers.core.genres.fiche_action import FicheAction
from quartiers.core.genres.financement import Financement
from quartiers.core.genres.instance import InstanceLocale
from quartiers.core.genres.lieu import Lieu
from quartiers.core.genres.organisme import Organisme
from quartiers.core.genres.plan import Plan
from quartiers.core.genres.pointage import Pointage
from quartiers.core.genres.poste import Poste
from quartiers.core.genres.projet import Projet
from quartiers.core.genres.quartier_cible import QuartierDeclare
from quartiers.core.genres.sans_objet import SansObjetDeclare
from quartiers.core.genres.seance import Seance
from quartiers.core.genres.tableau_publie import TableauPublie
from quartiers.core.genres.vacances import VacancesScolaires
from quartiers.core.petit_genre import PetitGenre

_TOUS: tuple[type[Contenu], ...] = (
    Lieu,
    Poste,
    Cohorte,
    Activite,
    InstanceLocale,
    Seance,
    Decision,
    Projet,
    Convention,
    Financement,
    Organisme,
    Pointage,
    VacancesScolaires,
    DemandeAppui,
    FicheAction,
    Plan,
    TableauPublie,
)
_PETITS: tuple[type[PetitGenre], ...] = (
    SansObjetDeclare,
    ConfirmationDeclaree,
    QuartierDeclare,
    CibleDeclaree,
    ArretDeclare,
)
GENRES: Mapping[str, type[Contenu]] = {genre.GENRE: genre for genre in (*_TOUS, *_PETITS)}
GENRES_DERIVES: Mapping[str, type[Contenu]] = {genre.DE: genre for genre in _TOUS if genre.DE}
MOTS_A_ENTETE = frozenset(mot for mot, genre in GENRES.items() if genre.A_ENTETE)
"""The words of those that stand under the header of records."""
GENRES_DE_FICHIER: Mapping[str, type[Contenu]] = {
    genre.GENRE: genre for genre in _TOUS if not genre.CADRE
}
"""Those that a file may bring in, under the header of records."""
PETITS_GENRES: Mapping[str, type[PetitGenre]] = {genre.FICHIER: genre for genre in _PETITS}
"""Those whose file has its own columns, by the word of that file."""
GENRES_IMPORTABLES: Mapping[str, type[Contenu]] = {**PETITS_GENRES, **GENRES_DE_FICHIER}
"""All that a file may bring in, by the word of that file and of its commands."""
