"""The form of a kind of records, from its declaration; what is typed goes through the reader of the files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from quartiers.core.contenu import (
    TEXTE_MAX,
    ChampDecrit,
    Contenu,
    TypeDeChamp,
    list_champs,
)
from quartiers.core.enregistrement import LIBELLES_VALIDATION, list_colonnes
from quartiers.core.mots import get_mots
from quartiers.core.referentiel import Referentiel
from quartiers.reports.genre_table import AIDE_TERRITOIRES, LIBELLES_OUI_NON, say_separateur
from quartiers.usecases.contexte import Contexte
from quartiers.usecases.lire_champs import Objets
from quartiers.usecases.lire_enregistrements import EnregistrementLu
from quartiers.usecases.lire_saisie import SANS_DECISION, read_saisie

VIDE = ("", "—")
_TYPES_DE_SAISIE = {TypeDeChamp.JOUR: "date", TypeDeChamp.HEURE: "time"}
_NOMBRES = {TypeDeChamp.ENTIER, TypeDeChamp.ETAPE, TypeDeChamp.NOMBRE, TypeDeChamp.COORDONNEE}


class ChampDeMots(forms.Field):
    """Several words of a list, handed to the reader as one cell."""

    def __init__(self, separateur: str, **autres: Any) -> None:
        super().__init__(**autres)
        self.separateur = separateur

    def to_python(self, value: Any) -> str:  # noqa: ANN401 -- Django's signature
        """The words, as a file would join them."""
        return self.separateur.join(value or ())


class FormulaireDeGenre(forms.Form):
    """A record being typed. Once it is valid, `lu` is what it says.

    The fields check nothing by themselves: the reader knows the rules, and says which field they concern.
    """

    def __init__(
        self,
        genre: type[Contenu],
        contexte: Contexte,
        donnees: Mapping[str, Any] | None = None,
        objets: Objets | None = None,
    ) -> None:
        super().__init__(donnees)
        self.genre = genre
        self.lu: EnregistrementLu | None = None
        self._contexte, self._objets = contexte, objets or {}
        champs = {
            nom: _build_champ(decrit, contexte.referentiel)
            for nom, decrit in list_champs(genre).items()
        }
        if genre.A_ENTETE:
            champs |= _list_entete()
        self.fields.update((nom, champs[nom]) for nom in list_colonnes(genre))

    def clean(self) -> dict[str, Any]:
        """Read the cells as one line; each fault goes to its field."""
        cellules = {nom: str(self.cleaned_data.get(nom, "")) for nom in list_colonnes(self.genre)}
        self.lu, refus = read_saisie(self.genre, cellules, self._contexte, self._objets)
        for anomalie in refus:
            self.add_error(anomalie.colonne, anomalie.raison)
        return self.cleaned_data


def build_formulaire(
    genre: type[Contenu],
    contexte: Contexte,
    donnees: Mapping[str, Any] | None = None,
    objets: Objets | None = None,
) -> FormulaireDeGenre:
    """The form of a kind, empty or with what was typed."""
    return FormulaireDeGenre(genre, contexte, donnees, objets)


def _list_entete() -> dict[str, forms.Field]:
    validations = [(v.value, LIBELLES_VALIDATION[v]) for v in SANS_DECISION]
    return {
        "objet": _build_texte("Objet", "Ce qui identifie la chose chez vous.", requis=True),
        "le": forms.CharField(
            label="Le", help_text="Jour dont vous parlez.", required=False, widget=_Jour()
        ),
        "situe": _build_texte("Situé dans", AIDE_TERRITOIRES),
        "dessert": _build_texte("Dessert", AIDE_TERRITOIRES),
        "validation": _build_liste("Validation", validations, ""),
        "retrait": _build_liste("Retrait", [VIDE, ("oui", "Oui")], ""),
    }


class _Jour(forms.DateInput):
    """A day as the browser sends it, ISO whatever the language of the page."""

    input_type = "date"

    def format_value(self, value: date | str | None) -> str | None:
        return value.isoformat() if isinstance(value, date) else value


def _build_champ(decrit: ChampDecrit, referentiel: Referentiel) -> forms.Field:
    champ = decrit.champ
    if decrit.type is TypeDeChamp.MOT:
        mots = list(get_mots(decrit, referentiel).items())
        if decrit.multiple:
            liste = forms.SelectMultiple(choices=mots)
            return ChampDeMots(
                champ.separateur,
                label=champ.libelle,
                help_text=champ.aide,
                required=False,
                widget=liste,
            )
        return _build_liste(champ.libelle, [VIDE, *mots], champ.aide, requis=decrit.requis)
    if decrit.type is TypeDeChamp.OUI_NON:
        choix = [VIDE, *LIBELLES_OUI_NON.items()]
        return _build_liste(champ.libelle, choix, champ.aide, requis=decrit.requis)
    if decrit.multiple:
        aide = f"{champ.aide} {say_separateur(decrit)}."
        return _build_texte(champ.libelle, aide.strip())
    if decrit.type in _TYPES_DE_SAISIE:
        widget: forms.Widget = _Jour() if decrit.type is TypeDeChamp.JOUR else _Heure()
        return _dress(forms.CharField(widget=widget), champ.libelle, champ.aide, decrit.requis)
    if decrit.type in _NOMBRES:
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        return _dress(forms.CharField(widget=widget), champ.libelle, champ.aide, decrit.requis)
    return _build_texte(
        champ.libelle, champ.aide, requis=decrit.requis, long=champ.maximum > TEXTE_MAX
    )


class _Heure(forms.TimeInput):
    """An hour as the browser sends it."""

    input_type = "time"


def _dress(champ: forms.CharField, libelle: str, aide: str, requis: bool) -> forms.CharField:  # noqa: FBT001
    """Label, help and mark; the reader is the one that demands."""
    champ.label, champ.help_text, champ.required = libelle, aide, False
    if requis:
        champ.widget.attrs["aria-required"] = "true"
    return champ


def _build_texte(
    libelle: str, aide: str, *, requis: bool = False, long: bool = False
) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3}) if long else forms.TextInput()
    return _dress(forms.CharField(widget=widget), libelle, aide, requis)


def _build_liste(
    libelle: str, choix: Sequence[tuple[str, str]], aide: str, *, requis: bool = False
) -> forms.CharField:
    widget = forms.Select(choices=choix)
    return _dress(forms.CharField(widget=widget), libelle, aide, requis)


def list_erreurs(formulaire: FormulaireDeGenre) -> Iterable[tuple[str, str]]:
    """(field, reason) of every fault, in the order of the form."""
    for nom, raisons in formulaire.errors.items():
        for raison in raisons:
            yield nom, str(raison)
