"""How a figure is declared: its own value, or the things that it counts; and the shortest of these ways."""

from __future__ import annotations

from dataclasses import dataclass

from quartiers.core.referentiel import Action, GenreIndicateur, Indicateur
from quartiers.core.saisie_de_genre import list_genres_a_dire, list_premiers

CHAMPS_D_UNE_PART = 2


@dataclass(frozen=True, slots=True)
class VoieDeSaisie:
    """A form that feeds an indicateur. `genre` empty: its own value. `champs`: fields to fill, the date being today."""

    indicateur: Indicateur
    genre: str
    champs: int

    @property
    def chemin(self) -> str:
        """The address of the form, `CODE` in the place of that of the territoire."""
        suite = f"{self.genre}/" if self.genre else ""
        return f"/territoires/CODE/declarer/{self.indicateur.code}/{suite}"


def list_voies(indicateur: Indicateur) -> tuple[VoieDeSaisie, ...]:
    """Every form, the shortest first; none for what the product works out from itself."""
    voies = [
        VoieDeSaisie(
            indicateur,
            dire.genre.GENRE,
            sum(nom not in dire.mots for nom in list_premiers(dire.genre)),
        )
        for dire in list_genres_a_dire(indicateur)
    ]
    if indicateur.saisissants:
        is_part = indicateur.genre is GenreIndicateur.PART
        voies.append(VoieDeSaisie(indicateur, "", CHAMPS_D_UNE_PART if is_part else 1))
    return tuple(sorted(voies, key=lambda voie: (voie.champs, voie.genre)))


def find_plus_courte(action: Action) -> VoieDeSaisie | None:
    """The quickest way to say what gives an action its statut; what an official list gives, of its other indicateurs."""
    autres = sorted(
        (voie for indicateur in action.indicateurs for voie in list_voies(indicateur)),
        key=lambda voie: voie.champs,
    )
    return next(iter([*list_voies(action.principal), *autres]), None)
