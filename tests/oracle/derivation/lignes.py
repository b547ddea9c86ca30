"""A raw row as it was entered, before anybody has read anything into it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, Final

Liens = Mapping[str, Fraction | None]  # code of a territoire → its share, when one is given

# The kinds that a derivation names, and what a row of that kind calls itself.
GENRES: Final = {
    "Activite": "activite",
    "Cohorte": "cohorte",
    "Convention": "convention",
    "Decision": "decision",
    "DemandeAppui": "demande_appui",
    "FicheAction": "fiche_action",
    "Financement": "financement",
    "InstanceLocale": "instance",
    "Lieu": "lieu",
    "Organisme": "organisme",
    "Plan": "plan",
    "Poste": "poste",
    "Projet": "projet",
    "Seance": "seance",
    "Tableau": "tableau",
}
ACTES: Final = frozenset({"activite", "seance", "financement", "demande_appui", "tableau"})
POINTAGE: Final = "pointage"


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneBrute:
    """One dated statement about one object, known from a day; `ordre` is the order of entry."""

    genre: str
    objet: str
    le: date
    connu_le: date
    ordre: int
    situe: Liens = field(default_factory=dict)
    dessert: Liens = field(default_factory=dict)
    champs: Mapping[str, Any] = field(default_factory=dict)
    validation: str = "soumis"
    retrait: bool = False

    @property
    def dit(self) -> tuple[Any, ...]:
        """All that the row says, its validation apart."""
        champs = {nom: valeur for nom, valeur in self.champs.items() if not is_vide(valeur)}
        return (self.le, self.retrait, dict(self.situe), dict(self.dessert), champs)

    @property
    def liens(self) -> dict[str, Fraction | None]:
        """Every territoire named, and its share."""
        return {**self.dessert, **self.situe}

    def get(self, champ: str) -> Any:
        """A field; None when nothing is said."""
        valeur = self.champs.get(champ)
        return None if is_vide(valeur) else valeur

    def list_mots(self, champ: str) -> tuple[Any, ...]:
        """The words of a field that may hold one or several."""
        valeur = self.get(champ)
        if valeur is None:
            return ()
        return tuple(valeur) if isinstance(valeur, tuple | list | set | frozenset) else (valeur,)


def is_vide(valeur: Any) -> bool:
    """Nothing is said: no value, an empty text, an empty list."""
    return valeur is None or (isinstance(valeur, str | tuple | list | dict) and not valeur)
