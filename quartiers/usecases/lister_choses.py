"""The things of a kind that are recorded in a territoire, as the form of that kind shows them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from quartiers.core.contenu import Contenu, Sorte, TypeDeChamp, list_champs
from quartiers.core.derivation.versions import list_dires
from quartiers.core.donnees_personnelles import find_personnelles
from quartiers.core.droits import Droits, MandatConfie
from quartiers.core.enregistrement import Enregistrement, list_colonnes
from quartiers.core.genres import GENRES
from quartiers.core.vue import Vue
from quartiers.reports.genre_table import make_ligne
from quartiers.storage import models
from quartiers.usecases.acces import can_write
from quartiers.usecases.registres import Registres

SUGGESTIONS_MAX = 200


@dataclass(frozen=True, slots=True)
class ChoseDite:
    """A thing as it was last said: its name, the day, the words of its form."""

    objet: str
    le: date
    mots: dict[str, str]
    contenu: Contenu


def list_dernieres(
    registres: Registres, genre: type[Contenu], connu_le: date
) -> Iterator[Enregistrement]:
    """The last statement that holds about each thing of a kind, known on a day; official rows apart."""
    for (mot, _), lignes in registres.enregistrements.items():
        if mot != genre.GENRE or any(ligne.officiel for ligne in lignes):
            continue
        if dites := list_dires(ligne for ligne in lignes if ligne.connu_le <= connu_le):
            yield dites[-1]


def list_choses(
    registres: Registres, vue: Vue, genre: type[Contenu], code: str
) -> tuple[ChoseDite, ...]:
    """Those of a state that stand in or serve a territoire: what becomes of them is said of the same thing."""
    if genre.SORTE is not Sorte.ETAT:
        return ()
    dernieres = list_dernieres(registres, genre, vue.connu_le)
    ici = [d for d in dernieres if any(lien.territoire == code for lien in d.liens)]
    ici.sort(key=lambda dite: (dite.le, dite.objet))
    return tuple(make_chose(dite, dite.contenu) for dite in ici if dite.contenu is not None)


def find_chose(
    registres: Registres, vue: Vue, genre: type[Contenu], code: str, objet: str
) -> ChoseDite | None:
    """One of these things, by its name."""
    choses = list_choses(registres, vue, genre, code)
    return next((chose for chose in choses if chose.objet == objet), None)


def list_corrigibles(
    droits: Droits, mandat: MandatConfie, genre: type[Contenu], objets: Collection[str]
) -> frozenset[str]:
    """Those of some things that a mandat may say again: asked of what each row was, before what it becomes.

    All of a thing stands where the mandat may write, and was said by whom it may correct.
    """
    dites: dict[str, set[tuple[str, str]]] = {}
    rangees = models.Desserte.objects.filter(
        enregistrement__genre=genre.GENRE, enregistrement__objet__in=objets
    ).order_by()
    champs = ("enregistrement__objet", "territoire", "enregistrement__ecriture__organisme")
    for objet, code, organisme in rangees.values_list(*champs):
        dites.setdefault(objet, set()).add((code, organisme))
    return frozenset(
        objet
        for objet, places in dites.items()
        if all(can_write(droits, mandat, genre.GENRE, (ou,), qui) for ou, qui in places)
    )


def find_vu(genre: type[Contenu], objet: str, jour: date) -> int | None:
    """The row that a statement of that day would correct: none, unless the thing was already said of it."""
    rangees = models.Enregistrement.objects.filter(
        genre=genre.GENRE, objet=objet, le=jour, suivant__isnull=True
    )
    return rangees.order_by("pk").values_list("pk", flat=True).last()


def make_chose(dite: Enregistrement, contenu: Contenu) -> ChoseDite:
    """The words of its form, as a file would hold them."""
    genre = GENRES[dite.genre]
    ligne = make_ligne(genre, dite.objet, dite.le, dite.contenu, dite.liens)
    mots = {
        nom: valeur.isoformat() if isinstance(valeur, date) else str(valeur)
        for nom, valeur in zip(list_colonnes(genre), ligne, strict=True)
        if valeur is not None
    }
    return ChoseDite(dite.objet, dite.le, mots, contenu)


def list_suggestions(
    registres: Registres, vue: Vue, genre: type[Contenu], can_see: Callable[[str], bool]
) -> dict[str, list[str]]:
    """By field of text, what was said of such things where the account may look, and nowhere else; of nobody."""
    textes = [
        nom
        for nom, decrit in list_champs(genre).items()
        if decrit.type is TypeDeChamp.TEXTE and not decrit.multiple and not decrit.champ.prive
    ]
    dites: dict[str, set[str]] = {nom: set() for nom in textes}
    can_see = cache(can_see)  # a few territoires, thousands of records
    for derniere in list_dernieres(registres, genre, vue.connu_le):
        if not any(can_see(lien.territoire) for lien in derniere.liens):
            continue
        for nom in textes:
            texte = getattr(derniere.contenu, nom)
            if texte and not find_personnelles(texte):
                dites[nom].add(texte)
    return {nom: sorted(mots)[:SUGGESTIONS_MAX] for nom, mots in dites.items() if mots}
