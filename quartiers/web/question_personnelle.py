"""The question asked once of a text that seems to speak of a person: corrected, or confirmed; its entry is never stopped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from quartiers.core.condensat import digest
from quartiers.core.contenu import Contenu, TypeDeChamp, list_champs
from quartiers.core.donnees_personnelles import say_personnelles

CHAMP = "personnelles"
"""What the form sends when the texts are confirmed."""


@dataclass(frozen=True, slots=True)
class QuestionPersonnelle:
    """`lignes`: the label of each text and what it seems to contain; `reponse`: what confirms these very texts."""

    lignes: tuple[tuple[str, str], ...]
    reponse: str


def ask_personnelles(
    mots: Mapping[str, str], libelles: Mapping[str, str], confirmee: str
) -> QuestionPersonnelle | None:
    """About the free texts among the words sent; None when there is nothing to ask, or when it was answered.

    `libelles`: the label of each free text, by field.
    """
    douteux = {nom: dite for nom in libelles if (dite := say_personnelles(mots.get(nom, "")))}
    if not douteux:
        return None
    reponse = digest(*(mots[nom] for nom in douteux)).hex()
    if confirmee == reponse:
        return None
    return QuestionPersonnelle(tuple((libelles[n], dite) for n, dite in douteux.items()), reponse)


def list_libres(genre: type[Contenu]) -> dict[str, str]:
    """The free texts of a kind, with their labels."""
    champs = list_champs(genre).items()
    return {n: d.champ.libelle for n, d in champs if d.type is TypeDeChamp.TEXTE}
