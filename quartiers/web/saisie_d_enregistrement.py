"""What was typed in the form of a kind of records, and its fields as the page shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.forms import BoundField
from django.http import HttpRequest

from quartiers.core.contenu import Contenu
from quartiers.core.enregistrement import list_colonnes
from quartiers.core.saisie_de_genre import list_premiers
from quartiers.usecases.declarer import build_contexte_tenu
from quartiers.usecases.releve_lu import RelevesConnus
from quartiers.web.formulaire_de_genre import ChampDeMots, FormulaireDeGenre
from quartiers.web.horloge import read_moment_de_saisie

DE_LA_PAGE = ("objet", "validation", "retrait")
"""Columns that the page fills by itself: a name that nobody chose, a line that waits, and no withdrawal."""


@dataclass(frozen=True, slots=True)
class ChampMontre:
    """A field, why it was refused, and what was said elsewhere in such a field."""

    champ: BoundField
    faute: str
    suggestions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormulaireMontre:
    """The fields shown at once, then those that are folded. `supposes`: what the folded ones already say."""

    premiers: tuple[ChampMontre, ...]
    plies: tuple[ChampMontre, ...]
    supposes: tuple[str, ...]
    is_ouvert: bool


def build_formulaire(genre: type[Contenu]) -> FormulaireDeGenre:
    """The fields of the kind that a person fills; nothing is bound to them: the write itself reads what is sent."""
    contexte = build_contexte_tenu(read_moment_de_saisie().date(), RelevesConnus())
    formulaire = FormulaireDeGenre(genre, contexte)
    for nom in DE_LA_PAGE:
        del formulaire.fields[nom]
    return formulaire


def read_mots(request: HttpRequest, genre: type[Contenu]) -> dict[str, str]:
    """The words sent, by column of the file of the kind; several of one field as a file would join them."""
    formulaire = build_formulaire(genre)
    return {
        nom: str(champ.to_python(champ.widget.value_from_datadict(request.POST, {}, nom)) or "")
        for nom, champ in formulaire.fields.items()
    }


def show_formulaire(
    genre: type[Contenu],
    mots: Mapping[str, str],
    fautes: Mapping[str, str],
    suggestions: Mapping[str, list[str]],
) -> FormulaireMontre:
    """The form with what was typed, or with what it starts from."""
    formulaire = build_formulaire(genre)
    for nom, champ in formulaire.fields.items():
        mot = mots.get(nom, "")
        champ.initial = mot.split(champ.separateur) if isinstance(champ, ChampDeMots) else mot
    for nom in suggestions:
        formulaire.fields[nom].widget.attrs["list"] = f"dits-{nom}"
    tous = {
        nom: ChampMontre(formulaire[nom], fautes.get(nom, ""), tuple(suggestions.get(nom, ())))
        for nom in formulaire.fields
    }
    premiers = ("le", *list_premiers(genre))
    plies = [nom for nom in list_colonnes(genre) if nom in tous and nom not in premiers]
    return FormulaireMontre(
        tuple(tous[nom] for nom in (*premiers[1:], "le")),
        tuple(tous[nom] for nom in plies),
        tuple(
            f"{str(formulaire[nom].label).lower()} {mots[nom]}" for nom in plies if mots.get(nom)
        ),
        is_ouvert=any(nom in fautes for nom in plies),
    )
