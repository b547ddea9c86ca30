"""Records drawn from the declaration of their kind: whatever a kind says it holds, some of them hold it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import date, time, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from quartiers.core.champs import round_coordonnee
from quartiers.core.contenu import (
    ChampDecrit,
    Contenu,
    Etape,
    Mot,
    MotDeChamp,
    Reference,
    SousEnsemble,
    TypeDeChamp,
    describe,
)
from quartiers.core.genres import GENRES_DE_FICHIER

LE_MIN, LE = date(2021, 1, 1), date(2026, 11, 20)
_SIGNES = "abé œ’-'=+@;\"0123456789,.%\n/"
ListMots = Callable[[str], Sequence[str]]


def draw_texte(*, une_ligne: bool = False, seul: bool = True) -> st.SearchStrategy[str]:
    """A text as a reader keeps it; one of several holds nothing that separates them."""
    signes = _SIGNES.replace("\n", "") if une_ligne or not seul else _SIGNES + "|"
    return (
        st.text(signes, min_size=1, max_size=12)
        .map(lambda texte: " ".join(texte.split(" ")).strip())
        .filter(lambda texte: texte != "" and not texte.startswith(("'", '"', '="')))
    )


def _draw_jour() -> st.SearchStrategy[date]:
    return st.dates(LE_MIN, LE + timedelta(days=200))


def _draw_nombre() -> st.SearchStrategy[Fraction]:
    return st.integers(0, 10**12).map(lambda n: Fraction(n, 10**6)) | st.integers(0, 40).map(
        lambda n: Fraction(n, 2)
    )


def _draw_mot_de_champ(list_mots: ListMots) -> st.SearchStrategy[MotDeChamp]:
    return st.sampled_from(list_mots("fonction")).map(lambda m: MotDeChamp("fonction", Mot(m)))


def draw_valeur(decrit: ChampDecrit, list_mots: ListMots) -> st.SearchStrategy[Any]:
    """One value of a field."""
    champ = decrit.champ
    if decrit.type is TypeDeChamp.MOT:
        return st.sampled_from(list(champ.mots) or list_mots(champ.vocabulaire)).map(Mot)
    if decrit.type is TypeDeChamp.SOUS_ENSEMBLE:
        mots = st.sampled_from(list_mots(champ.vocabulaire)).map(Mot)
        return st.builds(SousEnsemble, mots, st.integers(0, 10**6))
    simples: dict[TypeDeChamp, st.SearchStrategy[Any]] = {
        TypeDeChamp.TEXTE: draw_texte(seul=not decrit.multiple),
        TypeDeChamp.REFERENCE: draw_texte(une_ligne=True).map(Reference),
        TypeDeChamp.JOUR: _draw_jour(),
        TypeDeChamp.HEURE: st.builds(time, st.integers(0, 23), st.integers(0, 59)),
        TypeDeChamp.ENTIER: st.integers(0, 10**8),
        TypeDeChamp.NOMBRE: _draw_nombre(),
        TypeDeChamp.COORDONNEE: st.floats(-champ.borne, champ.borne).map(round_coordonnee),
        TypeDeChamp.ETAPE: st.integers(0, 3).map(Etape),
        TypeDeChamp.OUI_NON: st.booleans(),
        TypeDeChamp.MOT_DE_CHAMP: _draw_mot_de_champ(list_mots),
    }
    return simples[decrit.type]


@st.composite
def draw_contenu(draw: st.DrawFn, genre: type[Contenu], list_mots: ListMots) -> Contenu:
    """What a record of a kind may say, contradictions included."""
    valeurs = {}
    for nom, decrit in describe(genre).items():
        if not decrit.requis and draw(st.booleans()):
            continue
        valeur = draw_valeur(decrit, list_mots)
        if decrit.multiple:
            liste = draw(st.lists(valeur, min_size=1, max_size=3))
            valeurs[nom] = tuple(dict.fromkeys(liste))
        else:
            valeurs[nom] = draw(valeur)
    return genre(**valeurs)


def drop_fautes(contenu: Contenu, le: date) -> Contenu | None:
    """The same without what contradicts itself; None when a compulsory field does."""
    defauts = {f.name: f.default for f in fields(contenu)}
    decrits = describe(type(contenu))
    while fautes := {nom for nom, _ in contenu.list_fautes(le)}:
        if any(decrits[nom].requis for nom in fautes):
            return None
        contenu = replace(contenu, **{nom: defauts[nom] for nom in fautes})
    return contenu


def list_genres() -> list[str]:
    """The kinds that a file may bring in."""
    return list(GENRES_DE_FICHIER)
