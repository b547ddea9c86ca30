"""What a record says, whatever its kind: a frozen dataclass whose fields say how they are called, checked and shown.

The declaration of a kind is all that the readers, writers, templates, schemas, forms and proofs of that kind need.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import date, time, timedelta
from enum import Enum
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    ClassVar,
    NewType,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

from quartiers.core.territoire import Genre

Mot = NewType("Mot", str)
"""A word of a closed list, which the programme gives."""
Reference = NewType("Reference", str)
"""The `objet` of a record of another kind."""
CodeIndicateur = NewType("CodeIndicateur", str)
"""The code of an indicateur of the programme."""
CodeTerritoire = NewType("CodeTerritoire", str)
"""The code of a territoire."""
Etape = NewType("Etape", int)
"""The rank of a step among those that the programme lists for a jalon."""
Coordonnee = NewType("Coordonnee", float)
"""Decimal degrees: six decimals at most when it is declared (a tenth of a metre), as published in an official list."""
Intervalle = tuple[date, date | None]
"""From a day to a day, both included; no last day while it lasts."""
SEPARATEUR = " | "
"""What stands between the values of one cell."""
TEXTE_MAX = 200
LONG_TEXTE_MAX = 2000


class Sorte(Enum):
    """A state holds until another one is said; an event took place for ever, on its days."""

    ETAT = "etat"
    EVENEMENT = "evenement"


class TypeDeChamp(Enum):
    """What a field holds."""

    TEXTE = "texte"
    MOT = "mot"
    REFERENCE = "reference"
    INDICATEUR = "indicateur"
    TERRITOIRE = "territoire"
    JOUR = "jour"
    HEURE = "heure"
    ENTIER = "entier"
    NOMBRE = "nombre"
    COORDONNEE = "coordonnee"
    ETAPE = "etape"
    OUI_NON = "oui_non"
    SOUS_ENSEMBLE = "sous_ensemble"
    MOT_DE_CHAMP = "mot_de_champ"


@dataclass(frozen=True, slots=True)
class SousEnsemble:
    """How many of those counted are of a sort: « residant_qrr_qpv 12 »."""

    mot: Mot
    n: int


@dataclass(frozen=True, slots=True)
class MotDeChamp:
    """A word of a field: « fonction=dcpp »."""

    champ: str
    mot: Mot


_TYPES: Mapping[object, TypeDeChamp] = {
    str: TypeDeChamp.TEXTE,
    Mot: TypeDeChamp.MOT,
    Reference: TypeDeChamp.REFERENCE,
    CodeIndicateur: TypeDeChamp.INDICATEUR,
    CodeTerritoire: TypeDeChamp.TERRITOIRE,
    date: TypeDeChamp.JOUR,
    time: TypeDeChamp.HEURE,
    int: TypeDeChamp.ENTIER,
    Fraction: TypeDeChamp.NOMBRE,
    Coordonnee: TypeDeChamp.COORDONNEE,
    Etape: TypeDeChamp.ETAPE,
    bool: TypeDeChamp.OUI_NON,
    SousEnsemble: TypeDeChamp.SOUS_ENSEMBLE,
    MotDeChamp: TypeDeChamp.MOT_DE_CHAMP,
}


@dataclass(frozen=True, slots=True)
class Champ:
    """How a field is called and explained.

    `vocabulaire`: where the programme keeps its words; `mots`: the words themselves, when no programme changes them.
    `genre`: the kind that a reference names. `borne`: the greatest value of a coordinate. `maximum`: signs of a text.
    `negatif`: a number that may be less than 0; `pourcents`: that may bear its sign. `separateur`: what stands between several values. `prive`: no proof
    shows it. `deduit`: worked out when the line is read, no column of its file.
    """

    libelle: str
    aide: str = ""
    vocabulaire: str = ""
    mots: Mapping[str, str] = field(default_factory=dict)
    genre: str = ""
    borne: int = 0
    maximum: int = TEXTE_MAX
    negatif: bool = False
    pourcents: bool = False
    separateur: str = SEPARATEUR
    prive: bool = False
    deduit: bool = False


@dataclass(frozen=True, slots=True)
class ChampDecrit:
    """A field of a kind, its type worked out. `requis`: a record without it is refused."""

    nom: str
    type: TypeDeChamp
    multiple: bool
    requis: bool
    champ: Champ


@dataclass(frozen=True, slots=True, kw_only=True)
class Contenu:
    """What a record of a kind says. A kind is a subclass in `core/genres/`.

    `GENRE`: its word in files and tables; `DE`: its name in the derivations of a programme, none when they read no
    such record. `QUOI`: what makes two lines versions of one another, in words. `A_ENTETE`: its file has the header of
    records. `CADRE`: it belongs to the frame of a plan and no file brings it in. For the derivations: `PERIODES` and `JOURS` (what is true from a day to a
    day, the day a progress was reached; None when the record cannot tell), `ALIAS` (a filter that reads a field of
    another name), `VOCABULAIRES` (where the words of a filter that reads no field of words are), `TOUS` (fields that
    must hold all the words asked), `VIDES` (fields that must be empty when they are not asked), `SERIE` (what makes
    records say one running total again and again). `GENRES_LIES`: the only kinds of territoires it may be linked to. For the form:
    `PREMIERS` (fields shown at once, with those demanded) and `SUPPOSES` (what is assumed of a field until changed).
    """

    GENRE: ClassVar[str]
    DE: ClassVar[str] = ""
    QUOI: ClassVar[str] = "même objet, même jour"
    LIBELLE: ClassVar[str]
    AIDE: ClassVar[str] = ""
    SORTE: ClassVar[Sorte]
    A_ENTETE: ClassVar[bool] = True
    CADRE: ClassVar[bool] = False
    PERIODES: ClassVar[Mapping[str, Callable[[Any, date], Intervalle | None]]] = {}
    JOURS: ClassVar[Mapping[str, str]] = {}
    ALIAS: ClassVar[Mapping[str, str]] = {}
    VOCABULAIRES: ClassVar[Mapping[str, str]] = {}
    TOUS: ClassVar[frozenset[str]] = frozenset()
    VIDES: ClassVar[frozenset[str]] = frozenset()
    SERIE: ClassVar[tuple[str, ...]] = ()
    PREMIERS: ClassVar[tuple[str, ...]] = ()
    SUPPOSES: ClassVar[Mapping[str, str]] = {}
    GENRES_LIES: ClassVar[tuple[Genre, ...] | None] = None

    @classmethod
    def get_mot(cls) -> str:
        """The word of its file and of its commands."""
        return cls.GENRE

    def get_serie(self) -> tuple[object, ...]:
        """What makes records say one running total again and again; nothing for a kind without series."""
        return tuple(getattr(self, nom) for nom in self.SERIE)

    def list_changements(self) -> tuple[date, ...]:
        """The days on which the state it describes began, changed or ended, as it says them."""
        return ()

    def get_depuis(self, le: date) -> date:
        """First day of the state described by a record of the day `le`: from then on it takes over the one before."""
        return max((jour for jour in self.list_changements() if jour <= le), default=le)

    def get_debut(self, le: date) -> date:
        """From when it holds if nothing was said before it: the first of the days it says, at most `le` (L-64)."""
        return (
            min((*self.list_changements(), le)) if self.list_changements() else self.get_depuis(le)
        )

    def get_temoin(self, le: date) -> date:
        """The last day that a record of the day `le` attests by itself."""
        return le

    def count_delai(self, jour: date) -> int | None:
        """Days of its delay that ran out by the end of a day; None when it has none."""
        del jour
        return None

    def is_situe(self) -> bool:
        """Its own fields say where it is, were it linked to no territoire."""
        return False

    def list_fautes(self, le: date) -> Iterator[tuple[str, str]]:
        """(field, reason) of everything by which a record of the day `le` contradicts itself."""
        del le
        yield from ()


def describe(genre: type[Contenu]) -> Mapping[str, ChampDecrit]:
    """The fields of a kind, in the order of its file."""
    return _describe(cast("Hashable", genre))


@cache
def _describe(genre: type[Contenu]) -> Mapping[str, ChampDecrit]:
    types = get_type_hints(genre, include_extras=True)
    return {
        f.name: _describe_one(
            f.name, types[f.name], requis=f.default is MISSING and f.default_factory is MISSING
        )
        for f in fields(genre)
    }


def list_champs(genre: type[Contenu]) -> Mapping[str, ChampDecrit]:
    """Those of its fields that have a column in its file, in order."""
    return {nom: decrit for nom, decrit in describe(genre).items() if not decrit.champ.deduit}


def _describe_one(nom: str, annote: object, *, requis: bool) -> ChampDecrit:
    """`Annotated[tuple[Mot, ...], Champ("Thèmes")]` → several words called « Thèmes »."""
    if get_origin(annote) is not Annotated:
        msg = f"{nom} : un champ s’écrit Annotated[type, Champ(…)]"
        raise TypeError(msg)
    ecrit, champ = get_args(annote)
    if get_origin(ecrit) in {Union, UnionType}:
        (ecrit,) = (arg for arg in get_args(ecrit) if arg is not NoneType)
    multiple = get_origin(ecrit) is tuple
    return ChampDecrit(
        nom, _TYPES[get_args(ecrit)[0] if multiple else ecrit], multiple, requis, champ
    )


def list_dits(*jours: date | None) -> Iterator[date]:
    """The days that are said."""
    yield from (jour for jour in jours if jour is not None)


def list_lendemains(*jours: date | None) -> Iterator[date]:
    """The days after the last ones that are said."""
    yield from (jour + timedelta(days=1) for jour in jours if jour is not None)


def list_futurs(contenu: Contenu, le: date, *noms: str) -> Iterator[tuple[str, str]]:
    """Faults of the days that a record says to be past and that come after the day it speaks of."""
    for nom in noms:
        jour = getattr(contenu, nom)
        if jour is not None and jour > le:
            yield nom, f"après le jour dont parle la ligne ({le:%d/%m/%Y})"


def list_inverses(contenu: Contenu, *paires: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """Faults of the ends that come before their beginnings."""
    for debut, fin in paires:
        premier, dernier = getattr(contenu, debut), getattr(contenu, fin)
        if premier is not None and dernier is not None and dernier < premier:
            yield fin, f"avant « {debut} »"


def list_depassements(contenu: Contenu, *paires: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """Faults of the parts that are more than their whole."""
    for part, tout in paires:
        compte, total = getattr(contenu, part), getattr(contenu, tout)
        if compte is not None and total is not None and compte > total:
            yield part, f"plus que « {tout} »"
