"""What was typed in the form of a kind of records, and its fields as the page shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.forms import BoundField, Field
from django.http import HttpRequest

from quartiers.core.contenu import SEPARATEUR, Contenu
from quartiers.core.enregistrement import NatureDeLien, list_colonnes
from quartiers.core.saisie_de_genre import list_premiers
from quartiers.reports.typographie import lower_first
from quartiers.usecases.charger_dossier import load_savoir
from quartiers.usecases.declarer import build_contexte_tenu
from quartiers.usecases.releve_lu import RelevesConnus
from quartiers.web.formulaire_de_genre import ChampDeMots, FormulaireDeGenre
from quartiers.web.horloge import read_moment_de_saisie

CHOIX_MAX = 30
CHOISI = "-choisi"
"""Ends the name of the list that stands beside a text."""
DE_LA_PAGE = ("objet", "validation", "retrait")
"""Columns that the page fills by itself: a name that nobody chose, a line that waits, and no withdrawal."""


@dataclass(frozen=True, slots=True)
class ChampMontre:
    """A field, why it was refused, and what was said elsewhere in such a field.

    `choix`: those texts as a list to choose from, one gesture on a phone, when the field is demanded and they are few;
    what is written beside it prevails.
    """

    champ: BoundField
    faute: str
    suggestions: tuple[str, ...]
    choix: tuple[tuple[str, bool], ...] = ()


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
    formulaire.auto_id = "%s"  # what a fault points to
    for nom in DE_LA_PAGE:
        del formulaire.fields[nom]
    return formulaire


def read_mots(request: HttpRequest, genre: type[Contenu]) -> dict[str, str]:
    """The words sent, by column of the file of the kind; several of one field as a file would join them."""
    formulaire = build_formulaire(genre)
    mots = {
        nom: str(champ.to_python(champ.widget.value_from_datadict(request.POST, {}, nom)) or "")
        for nom, champ in formulaire.fields.items()
    }
    return {nom: mot or request.POST.get(f"{nom}{CHOISI}", "") for nom, mot in mots.items()}


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
    premiers = ("le", *list_premiers(genre))
    for nom in fautes.keys() & formulaire.fields.keys():
        champ = formulaire.fields[nom]
        decrit = f"faute-{nom} {formulaire[nom].aria_describedby or ''}".rstrip()
        champ.widget.attrs |= {"aria-invalid": "true", "aria-describedby": decrit}
    tous = {}
    for nom in formulaire.fields:
        dits = suggestions.get(nom, [])
        if nom in premiers and 0 < len(dits) <= CHOIX_MAX:
            tous[nom] = show_choix(formulaire, nom, mots.get(nom, ""), fautes.get(nom, ""), dits)
            continue
        if dits:
            formulaire.fields[nom].widget.attrs["list"] = f"dits-{nom}"
        tous[nom] = ChampMontre(formulaire[nom], fautes.get(nom, ""), tuple(dits))
    plies = [nom for nom in list_colonnes(genre) if nom in tous and nom not in premiers]
    return FormulaireMontre(
        tuple(tous[nom] for nom in (*premiers[1:], "le")),
        tuple(tous[nom] for nom in plies),
        tuple(
            f"{str(formulaire[nom].label).lower()} {say_suppose(formulaire.fields[nom], nom, mots[nom])}"
            for nom in plies
            if mots.get(nom)
        ),
        is_ouvert=any(nom in fautes for nom in plies),
    )


def say_suppose(champ: Field, nom: str, mot: str) -> str:
    """What a folded field says, in the words of who reads: names for codes."""
    if nom in list(NatureDeLien):
        connus = load_savoir().actuels
        codes = [lien.strip().partition(" ") for lien in mot.split(SEPARATEUR)]
        return ", ".join(
            f"{connus[code].nom if code in connus else code}{espace}{part}"
            for code, espace, part in codes
        )
    choix = {str(valeur): str(libelle) for valeur, libelle in getattr(champ, "choices", ())}
    return lower_first(choix[mot]) if mot in choix else mot


def show_choix(
    formulaire: FormulaireDeGenre, nom: str, mot: str, faute: str, dits: Sequence[str]
) -> ChampMontre:
    """A text to choose among those said; the only one is chosen, and another may be written."""
    choisi = mot or (dits[0] if len(dits) == 1 else "")
    if choisi in dits:
        formulaire.fields[nom].initial = ""
    return ChampMontre(formulaire[nom], faute, (), tuple((dit, dit == choisi) for dit in dits))
