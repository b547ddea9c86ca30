"""Régions and the nation: the same sentence and intervals, then the departments that hold quartiers."""

from __future__ import annotations

from dataclasses import dataclass

from quartiers.core.tableau import Tableau
from quartiers.core.territoire import Genre, Territoire
from quartiers.core.vue import Vue
from quartiers.web.adresses import get_adresse
from quartiers.web.presentation.departement import LigneIntervalle, build_intervalles, fold
from quartiers.web.presentation.phrases import Phrase, write_remontee_sobre
from quartiers.web.regard import Regard


@dataclass(frozen=True, slots=True)
class Enfant:
    """A territoire inside, and how many quartiers are expected of it."""

    nom: str
    adresse: str
    attendus: int


@dataclass(frozen=True, slots=True)
class PageEnsemble:
    """All that the page of a région or of the nation shows."""

    phrase: Phrase
    engagements: tuple[LigneIntervalle, ...]
    enfants: tuple[Enfant, ...]
    niveau: str


def build_page_ensemble(vue: Vue, tableau: Tableau, regard: Regard) -> PageEnsemble:
    """From the tableau of a région or the nation to its page."""
    code = tableau.territoire.code
    nation = tableau.territoire.genre is Genre.NATION
    genres = {Genre.DEPARTEMENT, Genre.COLLECTIVITE}
    porteurs: dict[str, int] = {}
    for quartier in vue.list_attendus_de(code):
        for ancetre in vue.territoires.get_ancetres(quartier):
            if vue.territoires[ancetre].genre in genres:
                porteurs[ancetre] = porteurs.get(ancetre, 0) + 1
    return PageEnsemble(
        phrase=write_remontee_sobre(tableau.taux),
        engagements=build_intervalles(tableau, ()),
        enfants=tuple(
            Enfant(territoire.nom, get_adresse(territoire, regard), porteurs[territoire.code])
            for territoire in _sort([vue.territoires[porteur] for porteur in porteurs])
        ),
        niveau="France" if nation else "la région",
    )


def _sort(territoires: list[Territoire]) -> list[Territoire]:
    return sorted(territoires, key=lambda t: (fold(t.nom), t.code))
