"""The filters of each kind of records: what each asks, and what part of the reading it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache

from quartiers.core.contenu import Contenu, Sorte, TypeDeChamp, describe
from quartiers.core.derivation.comptes import get_type
from quartiers.core.derivation.fenetres import MOIS, NOMMEE
from quartiers.core.genres import GENRES_DERIVES

TERRITOIRE, CONSTAT = "Territoire", "Constat"


class TypeDeFiltre(Enum):
    """What a filter is given."""

    MOTS = "une liste de mots"
    OUI_NON = "true ou false"
    OUI = "true"
    NOMBRE = "un entier d’au moins 1"


class EffetDeFiltre(Enum):
    """What a filter does of a record that it does not let through.

    An `IDENTITE` makes it another thing, which says nothing; an `ETAT` and a `PERIODE` make it a zero. `JOURS`: the
    first day reached among some; `DE_JOUR`: each day of the event on its own; `POIDS`: how much it counts.
    """

    IDENTITE = "identite"
    ETAT = "etat"
    PERIODE = "periode"
    JOURS = "jours"
    DE_JOUR = "de_jour"
    POIDS = "poids"
    FENETRE = "fenetre"
    LIEU = "lieu"
    CONVENTION = "convention"
    ACTIVITE = "activite"
    FINANCEURS = "financeurs"
    ENGAGEMENT = "engagement"
    DELAI = "delai"
    NIVEAUX = "niveaux"
    MINIMUM = "minimum"


@dataclass(frozen=True, slots=True)
class FiltreConnu:
    """A filter of a kind. `champ`: the field that it reads, when its name is another one."""

    type: TypeDeFiltre
    effet: EffetDeFiltre
    champ: str = ""


_MOTS, _OUI, _NOMBRE = TypeDeFiltre.MOTS, TypeDeFiltre.OUI, TypeDeFiltre.NOMBRE
_FENETRES = {
    MOIS: FiltreConnu(_NOMBRE, EffetDeFiltre.FENETRE),
    NOMMEE: FiltreConnu(_MOTS, EffetDeFiltre.FENETRE),
}
_ETAT = "etat"
"""A single word, that says how a thing stands and not what it is."""
_PROPRES: Mapping[str, Mapping[str, FiltreConnu]] = {
    "Activite": {
        "dans_vacances": FiltreConnu(_OUI, EffetDeFiltre.DE_JOUR),
        "soir_ou_weekend": FiltreConnu(_OUI, EffetDeFiltre.DE_JOUR),
        "lieu": FiltreConnu(_MOTS, EffetDeFiltre.LIEU),
    },
    "Cohorte": {
        "engagement": FiltreConnu(_MOTS, EffetDeFiltre.ENGAGEMENT, "dispositif"),
        "n_min": FiltreConnu(_NOMBRE, EffetDeFiltre.MINIMUM, "n"),
    },
    "Convention": {
        "engagement": FiltreConnu(_MOTS, EffetDeFiltre.ENGAGEMENT, "action"),
        "actif_mois": FiltreConnu(_NOMBRE, EffetDeFiltre.ACTIVITE),
    },
    "DemandeAppui": {
        "delai_jours_max": FiltreConnu(_NOMBRE, EffetDeFiltre.DELAI, "jours_depot_decision"),
    },
    "FicheAction": {"complete": FiltreConnu(_OUI, EffetDeFiltre.ETAT)},
    "Financement": {
        "financeurs_min": FiltreConnu(_NOMBRE, EffetDeFiltre.FINANCEURS),
        "etat": FiltreConnu(_MOTS, EffetDeFiltre.JOURS),
    },
    "Lieu": {
        "actif_mois": FiltreConnu(_NOMBRE, EffetDeFiltre.ACTIVITE),
        "niveaux_dedoubles": FiltreConnu(_NOMBRE, EffetDeFiltre.NIVEAUX),
    },
    TERRITOIRE: {
        "genre": FiltreConnu(_MOTS, EffetDeFiltre.IDENTITE),
        "convention": FiltreConnu(_MOTS, EffetDeFiltre.CONVENTION),
    },
    CONSTAT: {
        "engagement": FiltreConnu(_MOTS, EffetDeFiltre.IDENTITE),
        "mode": FiltreConnu(_MOTS, EffetDeFiltre.IDENTITE),
        "statut": FiltreConnu(_MOTS, EffetDeFiltre.ETAT),
        "principal": FiltreConnu(_OUI, EffetDeFiltre.ETAT),
        "applicable": FiltreConnu(_OUI, EffetDeFiltre.ETAT),
        "renseigne": FiltreConnu(_OUI, EffetDeFiltre.ETAT),
        "valeur_positive": FiltreConnu(_OUI, EffetDeFiltre.ETAT),
        "devenu_positif": FiltreConnu(_OUI, EffetDeFiltre.ETAT),
    },
}
DU_CADRE = (TERRITOIRE, CONSTAT)
"""What a derivation counts besides records: territoires, and constats once all the others are made."""


@cache
def list_genres() -> tuple[str, ...]:
    """What a derivation may count."""
    return tuple(sorted((*(de for de in GENRES_DERIVES if de != "Pointage"), *DU_CADRE)))


@cache
def get_filtres(de: str) -> Mapping[str, FiltreConnu]:
    """The filters of a kind; its fields first, then what only it has."""
    if de in DU_CADRE:
        return _PROPRES[de]
    genre = GENRES_DERIVES[de]
    lus = {
        cle: FiltreConnu(_MOTS, _get_effet(genre, champ), champ)
        for cle, champ in genre.ALIAS.items()
    }
    champs = {
        nom: connu
        for nom, decrit in describe(genre).items()
        if nom not in genre.ALIAS.values()
        and (connu := _read_champ(genre, nom, decrit.type, decrit.champ.vocabulaire)) is not None
    }
    periodes = {cle: FiltreConnu(_OUI, EffetDeFiltre.PERIODE) for cle in genre.PERIODES}
    return {**_FENETRES, **champs, **lus, **periodes, **_PROPRES.get(de, {})}


def _read_champ(
    genre: type[Contenu], nom: str, type_de_champ: TypeDeChamp, vocabulaire: str
) -> FiltreConnu | None:
    """The filter that a field makes, None for a field that is no filter."""
    if type_de_champ is TypeDeChamp.MOT and vocabulaire:
        return FiltreConnu(_MOTS, _get_effet(genre, nom))
    if type_de_champ is TypeDeChamp.SOUS_ENSEMBLE:
        return FiltreConnu(_MOTS, EffetDeFiltre.POIDS)
    if get_type(genre, nom) == TypeDeChamp.OUI_NON.value:
        # What an event is not, nobody counts: a meeting that was not held is no meeting.
        is_etat = genre.SORTE is Sorte.ETAT
        return FiltreConnu(TypeDeFiltre.OUI_NON if is_etat else _OUI, EffetDeFiltre.ETAT)
    return None


def _get_effet(genre: type[Contenu], champ: str) -> EffetDeFiltre:
    """One word says what a thing is; several say what an event is, and how a state stands."""
    is_multiple = describe(genre)[champ].multiple
    if genre.SORTE is Sorte.ETAT and (is_multiple or champ == _ETAT):
        return EffetDeFiltre.ETAT
    return EffetDeFiltre.IDENTITE
