"""What a record says, in French, for the proof of a figure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quartiers.core.contenu import ChampDecrit, Contenu, TypeDeChamp, describe
from quartiers.core.dire import say_date, say_nombre
from quartiers.core.donnees_personnelles import retain
from quartiers.core.genres import GENRES
from quartiers.core.mots import find_echelles, get_mots
from quartiers.core.referentiel import Referentiel


def say_details(
    contenu: Contenu, referentiel: Referentiel, *, is_entier: bool = False
) -> Iterator[tuple[str, str]]:
    """(label, value in words) of each field that says something; a private one never shows.

    A text that seems to speak of a person is retained. `is_entier`: for who wrote it, or judges it.
    """
    for nom, decrit in describe(type(contenu)).items():
        valeur = getattr(contenu, nom)
        if decrit.champ.prive or valeur is None or valeur in ("", ()):
            continue
        valeurs = valeur if decrit.multiple else (valeur,)
        dit = ", ".join(_say_valeur(decrit, v, contenu, referentiel) for v in valeurs)
        is_libre = decrit.type is TypeDeChamp.TEXTE and not is_entier
        yield decrit.champ.libelle, retain(dit) if is_libre else dit


def _say_valeur(
    decrit: ChampDecrit,
    valeur: Any,  # noqa: ANN401 -- any field
    contenu: Contenu,
    referentiel: Referentiel,
) -> str:
    match decrit.type:
        case TypeDeChamp.MOT:
            return get_mots(decrit, referentiel).get(valeur, valeur)
        case TypeDeChamp.JOUR:
            return say_date(valeur)
        case TypeDeChamp.HEURE:
            return f"{valeur:%H:%M}"
        case TypeDeChamp.OUI_NON:
            return "oui" if valeur else "non"
        case TypeDeChamp.ENTIER | TypeDeChamp.NOMBRE:
            return say_nombre(valeur)
        case TypeDeChamp.COORDONNEE:
            return say_nombre(valeur, 6)
        case TypeDeChamp.ETAPE:
            return _say_etape(valeur, contenu, referentiel)
        case TypeDeChamp.SOUS_ENSEMBLE:
            mot = get_mots(decrit, referentiel).get(valeur.mot, valeur.mot)
            return f"{mot} : {say_nombre(valeur.n)}"
        case TypeDeChamp.MOT_DE_CHAMP:
            return _say_mot_de_champ(valeur.champ, valeur.mot, contenu, referentiel)
    return str(valeur)


def _say_etape(rang: int, contenu: Contenu, referentiel: Referentiel) -> str:
    """« Convention signée » (its number when the scale is not known to be one)."""
    valeurs = {nom: getattr(contenu, nom) for nom in describe(type(contenu))}
    mots = {e[rang] for e in find_echelles(referentiel, type(contenu), valeurs) if rang < len(e)}
    return mots.pop() if len(mots) == 1 else f"étape {rang}"


def _say_mot_de_champ(champ: str, mot: str, contenu: Contenu, referentiel: Referentiel) -> str:
    """« Fonction : Médiateur », a field of the kind that the record names."""
    genre = GENRES.get(getattr(contenu, "genre", ""))
    decrit = None if genre is None else describe(genre).get(champ)
    if decrit is None:
        return f"{champ} : {mot}"
    return f"{decrit.champ.libelle} : {get_mots(decrit, referentiel).get(mot, mot)}"
