"""The thirteen counts of a derivation, and what each asks of the records it counts."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Union, cast, get_args, get_origin, get_type_hints

from quartiers.core.contenu import Contenu, Sorte, TypeDeChamp, describe
from quartiers.core.genres.lieu import Lieu
from quartiers.core.referentiel import Portee


class CompteDeDerivation(StrEnum):
    """What is made of the records that pass the filters."""

    DISTINCT = "distinct"
    VALEURS_DISTINCTES = "valeurs_distinctes"
    SOMME = "somme"
    MAX = "max"
    JALON = "jalon"
    DELAI_MEDIAN = "delai_median"
    DISTANCE_MIN = "distance_min"
    HEURES_HEBDO = "heures_hebdo"
    JOURS_HEBDO = "jours_hebdo"
    JOURS = "jours"
    SEMAINES = "semaines"
    PERIODES = "periodes"
    COUPLES = "couples_lieu_periode"

    @property
    def is_unites(self) -> bool:
        """It counts units of a calendar, which only a denominator made of the same units can measure."""
        return self in UNITES


UNITES = frozenset(
    {
        CompteDeDerivation.JOURS,
        CompteDeDerivation.SEMAINES,
        CompteDeDerivation.PERIODES,
        CompteDeDerivation.COUPLES,
    }
)


class CalendrierDeDerivation(StrEnum):
    """What a calendar counts: the units that are over."""

    SEMAINES = "semaines_echues"
    SEMAINES_SCOLAIRES = "semaines_scolaires_echues"
    PERIODES = "periodes_vacances_echues"
    JOURS = "jours_vacances_echus"
    JOURS_OUVRES = "jours_ouvres_vacances_echus"


UNITES_DES_CALENDRIERS: Mapping[str, CompteDeDerivation] = {
    CalendrierDeDerivation.SEMAINES: CompteDeDerivation.SEMAINES,
    CalendrierDeDerivation.SEMAINES_SCOLAIRES: CompteDeDerivation.SEMAINES,
    CalendrierDeDerivation.PERIODES: CompteDeDerivation.PERIODES,
    CalendrierDeDerivation.JOURS: CompteDeDerivation.JOURS,
    CalendrierDeDerivation.JOURS_OUVRES: CompteDeDerivation.JOURS,
}

DUREE = "durée"
"""What a kind works out from its own days: a number that only a median of delays reads."""
_NOMBRES = frozenset({TypeDeChamp.ENTIER.value, TypeDeChamp.NOMBRE.value})
_DESIGNATIONS = frozenset(
    t.value for t in (TypeDeChamp.MOT, TypeDeChamp.TEXTE, TypeDeChamp.REFERENCE)
)
_NOMS_DES_TYPES = {
    TypeDeChamp.ENTIER.value: "un nombre",
    TypeDeChamp.NOMBRE.value: "un nombre",
    TypeDeChamp.MOT.value: "un mot",
    TypeDeChamp.TEXTE.value: "un texte",
    TypeDeChamp.REFERENCE.value: "un renvoi",
    TypeDeChamp.ETAPE.value: "une étape",
    DUREE: "une durée",
}
CHAMPS_DES_LIENS = {"Poste": frozenset({"quartiers"})}
"""Numbers read in the links of a record, not in its fields: how many quartiers a post serves."""


@dataclass(frozen=True, slots=True)
class Besoin:
    """What a count needs. `champs`: types of field it may read; `is_requis`: without one it counts nothing."""

    champs: frozenset[str] = frozenset()
    is_requis: bool = False
    sorte: Sorte | None = None
    genre: type[Contenu] | None = None
    portee: Portee | None = None
    has_liens: bool = False
    has_lieu: bool = False


_CALENDAIRE = Besoin(sorte=Sorte.EVENEMENT)
BESOINS: Mapping[CompteDeDerivation, Besoin] = {
    CompteDeDerivation.DISTINCT: Besoin(_DESIGNATIONS),
    CompteDeDerivation.VALEURS_DISTINCTES: Besoin(
        frozenset({TypeDeChamp.MOT.value}), is_requis=True
    ),
    CompteDeDerivation.SOMME: Besoin(_NOMBRES, is_requis=True),
    CompteDeDerivation.MAX: Besoin(_NOMBRES, is_requis=True, has_liens=True),
    CompteDeDerivation.JALON: Besoin(
        frozenset({TypeDeChamp.ETAPE.value}), is_requis=True, sorte=Sorte.ETAT
    ),
    CompteDeDerivation.DELAI_MEDIAN: Besoin(frozenset({DUREE}), is_requis=True),
    CompteDeDerivation.DISTANCE_MIN: Besoin(genre=Lieu, portee=Portee.ILLIMITEE),
    CompteDeDerivation.HEURES_HEBDO: Besoin(genre=Lieu),
    CompteDeDerivation.JOURS_HEBDO: Besoin(genre=Lieu),
    CompteDeDerivation.JOURS: _CALENDAIRE,
    CompteDeDerivation.SEMAINES: _CALENDAIRE,
    CompteDeDerivation.PERIODES: _CALENDAIRE,
    CompteDeDerivation.COUPLES: Besoin(sorte=Sorte.EVENEMENT, has_lieu=True),
}


def list_raisons_du_compte(
    genre: type[Contenu], compte: CompteDeDerivation, champ: str | None, portee: Portee | None
) -> Iterator[str]:
    """Why a count cannot be made of a kind."""
    besoin = BESOINS[compte]
    if besoin.genre is not None and besoin.genre is not genre:
        yield f"compte « {compte} » : seulement de {besoin.genre.DE}, pas de {genre.DE}"
    if besoin.sorte is Sorte.EVENEMENT and genre.SORTE is Sorte.ETAT:
        yield f"compte « {compte} » : {genre.DE} n’a pas de jours où elle se tient"
    elif besoin.sorte is Sorte.ETAT and genre.SORTE is Sorte.EVENEMENT:
        yield f"compte « {compte} » : {genre.DE} n’est pas un état"
    if besoin.has_lieu and "lieu" not in describe(genre):
        yield f"compte « {compte} » : {genre.DE} ne dit pas son lieu"
    if compte is CompteDeDerivation.DISTANCE_MIN and portee is not besoin.portee:
        yield f"compte « {compte} » : portée « {portee or 'absente'} » : « illimitee » est attendue"
    elif portee is Portee.ILLIMITEE and compte is not CompteDeDerivation.DISTANCE_MIN:
        yield f"compte « {compte} » : portée « illimitee » : elle va avec « distance_min », et lui seul"
    yield from _list_raisons_du_champ(genre, compte, champ)


def _list_raisons_du_champ(
    genre: type[Contenu], compte: CompteDeDerivation, champ: str | None
) -> Iterator[str]:
    besoin = BESOINS[compte]
    possibles = list_champs(genre, besoin)
    connus = f" ; possibles : {', '.join(possibles) or 'aucun'}"
    if champ is None:
        if besoin.is_requis:
            yield f"compte « {compte} » : champ absent{connus}"
    elif not besoin.champs:
        yield f"compte « {compte} » : champ « {champ} » en trop"
    elif champ not in possibles:
        type_lu = get_type(genre, champ)
        dit = "inconnu" if type_lu is None else _NOMS_DES_TYPES.get(type_lu, "d’un autre type")
        yield f"compte « {compte} » : champ « {champ} » de {genre.DE} : {dit}{connus}"


def list_champs(genre: type[Contenu], besoin: Besoin) -> list[str]:
    """The fields of a kind that a count may read."""
    noms = {nom for nom in _list_noms(genre) if get_type(genre, nom) in besoin.champs}
    if besoin.has_liens:
        noms |= CHAMPS_DES_LIENS.get(genre.DE, frozenset())
    return sorted(noms)


def _list_noms(genre: type[Contenu]) -> Iterator[str]:
    yield from describe(genre)
    yield from (nom for nom, membre in vars(genre).items() if isinstance(membre, property))


def get_type(genre: type[Contenu], nom: str) -> str | None:
    """What a field holds, or what a kind works out under that name; None when it has nothing of that name."""
    return _read_type(cast("Hashable", genre), nom)


@cache
def _read_type(genre: type[Contenu], nom: str) -> str | None:
    decrit = describe(genre).get(nom)
    if decrit is not None:
        return decrit.type.value
    membre = getattr(genre, nom, None)
    if not isinstance(membre, property) or membre.fget is None:
        return None
    rendu = get_type_hints(membre.fget)["return"]
    types = set(get_args(rendu)) if get_origin(rendu) in {Union, UnionType} else {rendu}
    if int in types:
        return DUREE
    return TypeDeChamp.OUI_NON.value if bool in types else None
