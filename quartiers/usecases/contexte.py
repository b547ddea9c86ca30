"""What a declared line is checked against: the référentiel, the territoires, the day of knowledge."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from quartiers.core.referentiel import GenreIndicateur, Indicateur, Mode, Referentiel
from quartiers.core.territoire import NIVEAU_DU_GENRE, NOMS_DE_NIVEAU, Genre, Niveau
from quartiers.usecases.accompagnement import Accompagnement
from quartiers.usecases.formulaire import Formulaire
from quartiers.usecases.plausibilite import Cellule, Historique
from quartiers.usecases.releve_lu import RelevesConnus


@dataclass(frozen=True, slots=True)
class Contexte:
    """`genres`: kind of each known territoire, quartiers cibles included; `anciens`: old code → present one.

    `lieux`: known places, None when nobody can say; `releves`: what lines of releves.csv are compared with;
    `list_valeurs`: the values known of some cells, asked once per file.
    """

    referentiel: Referentiel
    genres: Mapping[str, Genre]
    connu_le: date
    lieux: Collection[str] | None = None
    releves: RelevesConnus = field(default_factory=RelevesConnus)
    anciens: Mapping[str, str] = field(default_factory=dict)
    list_valeurs: Callable[[Collection[Cellule]], Historique] = lambda _: {}
    _indicateurs: dict[str, Indicateur] = field(default_factory=dict)
    _modes: dict[str, Mode] = field(default_factory=dict)
    _accompagnement: Accompagnement = field(default_factory=Accompagnement)

    def __post_init__(self) -> None:
        for indicateur in self.referentiel.list_indicateurs():
            self._indicateurs[indicateur.code] = indicateur
        for engagement in self.referentiel.engagements:
            for action in engagement.actions:
                self._modes.update((i.code, action.mode) for i in action.indicateurs)

    def get_mode(self, indicateur: Indicateur) -> Mode | None:
        """The strength of the action that carries it, None for an indicateur of an objectif."""
        return self._modes.get(indicateur.code)

    def get_indicateur(self, code: str) -> Indicateur | None:
        """The indicateur of that code."""
        return self._indicateurs.get(code)

    def get_niveau(self, territoire: str) -> Niveau | None:
        """The level of a territoire, None when it is unknown."""
        genre = self.genres.get(territoire)
        return None if genre is None else NIVEAU_DU_GENRE[genre]

    def read_territoire(self, formulaire: Formulaire, colonne: str = "territoire") -> str | None:
        """A known territoire; a code that was one is refused with the present one."""
        texte = formulaire.ligne[colonne]
        if texte in self.anciens:
            formulaire.refuse(
                colonne, f"code ancien : « {texte} » est devenu {self.anciens[texte]}"
            )
            return None
        return formulaire.read_parmi(colonne, self.genres, "territoire")

    def read_cellule(self, formulaire: Formulaire) -> tuple[Indicateur, str] | None:
        """Indicateur and territoire of a line, at a level where the indicateur is measured."""
        code = formulaire.read_parmi("indicateur", self._indicateurs, "indicateur")
        territoire = self.read_territoire(formulaire)
        if code is None or territoire is None:
            return None
        indicateur = self._indicateurs[code]
        self._accompagnement.tell_ecart(formulaire, "libelle", code, indicateur.libelle)
        niveau = NIVEAU_DU_GENRE[self.genres[territoire]]
        if niveau not in list_niveaux(indicateur):
            attendus = " ou ".join(NOMS_DE_NIVEAU[n] for n in list_niveaux(indicateur))
            formulaire.refuse(
                "territoire", f"{code} se mesure au niveau {attendus}, pas {NOMS_DE_NIVEAU[niveau]}"
            )
            return None
        return indicateur, territoire


def list_niveaux(indicateur: Indicateur) -> tuple[Niveau, ...]:
    """Levels a value or a target may be given at: its own; for a national one also départements and quartiers."""
    if indicateur.genre is GenreIndicateur.NATIONAL:
        return (Niveau.NATION, Niveau.DEPARTEMENT, Niveau.QUARTIER)
    return (indicateur.niveau,)
