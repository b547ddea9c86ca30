"""The words that a filter may ask: those that the programme lists, less those that nobody can compute."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from quartiers.core.derivation.fenetres import NOMMEE, FenetreNommee
from quartiers.core.derivation.filtres_connus import CONSTAT, TERRITOIRE
from quartiers.core.genres import GENRES_DERIVES
from quartiers.core.referentiel import Mode, Referentiel
from quartiers.core.statut import Statut
from quartiers.core.territoire import Genre

CHAMP = "champ"
_CALCULABLES: dict[tuple[str, str], Collection[str]] = {
    (TERRITOIRE, "genre"): [g.value for g in Genre],
    (CONSTAT, "statut"): [s.value for s in Statut],
    (CONSTAT, "mode"): [m.value for m in Mode],
}


@dataclass(frozen=True, slots=True)
class Lexique:
    """The closed lists of a programme, as derivations read them."""

    referentiel: Referentiel

    def list_mots(self, de: str, cle: str) -> list[str]:
        """The words of a filter of a kind."""
        if cle == NOMMEE:
            return [fenetre.value for fenetre in FenetreNommee]
        if cle == "dispositif":
            return list(self.referentiel.get_mots("dispositif"))
        if cle == "mode":
            return list(_CALCULABLES[CONSTAT, "mode"])
        calculables = self._list_calculables(de, cle)
        ecrits = self.referentiel.enregistrements.get(de, {}).get(cle, ())
        return [mot for mot in ecrits if calculables is None or mot in calculables]

    def list_champs(self, de: str) -> list[str]:
        """The fields of a kind that the programme counts."""
        return list(self.referentiel.enregistrements.get(de, {}).get(CHAMP, ()))

    def list_sources(self) -> list[str]:
        """The official sources of the programme."""
        return list(self.referentiel.vocabulaires.get("source", {}))

    def find_actions(self, engagements: Collection[str]) -> frozenset[str]:
        """The codes of the actions of some engagements."""
        return frozenset(
            action.code
            for engagement in self.referentiel.engagements
            if engagement.code in engagements
            for action in engagement.actions
        )

    def find_dispositifs(self, engagements: Collection[str]) -> frozenset[str]:
        """The schemes that serve an action of some engagements."""
        return frozenset(
            dispositif
            for engagement in self.referentiel.engagements
            if engagement.code in engagements
            for action in engagement.actions
            for dispositif in action.dispositifs
        )

    def _list_calculables(self, de: str, cle: str) -> Collection[str] | None:
        if cle == "engagement":
            return [engagement.code for engagement in self.referentiel.engagements]
        genre = GENRES_DERIVES.get(de)
        if genre is not None and genre.VOCABULAIRES.get(cle, "").startswith("etat_"):
            return list(genre.JOURS)
        return _CALCULABLES.get((de, cle))
