# ruff: noqa: INP001 - a script beside its data, not a package
"""A record as it is written in a file, and what the writers of a kind are given: the values that a cell must have."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from recettes import Releve
from reperes import MOTS_CHOISIS, NOMS_DES_DECLARANTS

from quartiers.core.contenu import SEPARATEUR
from quartiers.core.genres import GENRES_DERIVES
from quartiers.core.referentiel import Derivation, Indicateur, Periode

UN_JOUR = timedelta(days=1)
OUI = "oui"
AVANT_LE_PREMIER = timedelta(days=400)
"""What is there at the first value came during the months before it."""


class Impossible(Exception):  # noqa: N818 - not an error: the cell stays in relevés
    """No record can say these values."""


@dataclass(frozen=True, slots=True)
class Fiche:
    """One line of the file of a kind."""

    genre: str
    objet: str
    le: date
    liens: str
    champs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cellule:
    """The values that an indicateur must have in a territoire.

    `voisines`: those of the others there, by code; `partages`: territoires that have the very same values, and the
    same things.
    """

    indicateur: Indicateur
    territoire: str
    releves: Sequence[Releve]
    voisines: Mapping[str, Sequence[Releve]] = field(default_factory=dict)
    lieu_dit: str = ""
    partages: Sequence[str] = ()

    @property
    def liens(self) -> str:
        """The territoires that a record of this cell names."""
        return SEPARATEUR.join((self.territoire, *self.partages))

    @property
    def derivation(self) -> Derivation:
        """Of its value; of the numerator of a share."""
        return self.indicateur.derivations[0]

    @property
    def dates(self) -> tuple[date, ...]:
        """The days it speaks of."""
        return tuple(releve.date for releve in self.releves)

    def list_nombres(self) -> list[tuple[int, int | None]]:
        """(numerator, denominator) of each value; no denominator but for a share."""
        return [read_nombre(releve.valeur) for releve in self.releves]

    def name(self, *suite: object) -> str:
        """The name of a thing of this territoire."""
        return "/".join(map(str, (self.territoire, *suite)))

    def get_mots(self, derivation: Derivation | None = None) -> dict[str, str]:
        """The words that a record must say, field by field: the first that the derivation asks, or the one chosen."""
        voulue = derivation or self.derivation
        choisis = MOTS_CHOISIS.get(self.indicateur.code, {})
        alias = GENRES_DERIVES[str(voulue.de)].ALIAS
        return {
            alias.get(cle, cle): choisis.get(cle, valeur[0])
            for cle, valeur in voulue.filtre
            if isinstance(valeur, tuple) and cle not in {"etat", "dont", "engagement", "lieu"}
        }

    def write_pointage(self, le: date) -> Fiche:
        """All there is was recorded: nothing, or nothing more."""
        genre = GENRES_DERIVES[str(self.derivation.de)]
        mots = [
            f"{genre.ALIAS.get(cle, cle)}={mot}"
            for cle, valeur in self.derivation.filtre
            if isinstance(valeur, tuple) and cle not in {"etat", "dont", "engagement", "lieu"}
            for mot in valeur
        ]
        champs = {"genre": genre.GENRE, "mot": SEPARATEUR.join(mots)}
        objet = self.name("pointage", *list(self.get_mots().values())[:1], le)
        return Fiche("pointage", objet, le, self.liens, champs)

    def list_depuis(self, comptes: Sequence[int], total: int) -> list[date]:
        """The day from which each of `total` things is there, so that there are as many as counted at each date."""
        depuis: list[date] = []
        veille = self.dates[0] - AVANT_LE_PREMIER
        for jour, compte in zip(self.dates, comptes, strict=True):
            nouvelles = compte - len(depuis)
            duree = (jour - veille).days
            depuis += [
                veille + timedelta(days=max(1, duree * (rang + 1) // (nouvelles + 1)))
                for rang in range(nouvelles)
            ]
            veille = jour
        return depuis[:total]


def read_nombre(valeur: str) -> tuple[int, int | None]:
    """« 34/41 » or « 3 »."""
    dessus, _, dessous = valeur.partition("/")
    return int(dessus), int(dessous) if dessous else None


def draw(*noms: object) -> int:
    """A number from 0 to 99 drawn from names."""
    texte = "/".join(map(str, noms))
    return int.from_bytes(hashlib.sha256(texte.encode()).digest()[:4]) % 100


def get_debut_de_periode(indicateur: Indicateur, jour: date) -> date:
    """The first day counted by a running total that goes up to a day."""
    if indicateur.periode is Periode.ANNEE_SCOLAIRE or indicateur.frequence.value == "RS":
        return date(jour.year - (jour.month < 9), 9, 1)
    return date(jour.year, 1, 1)


def get_organisme(indicateur: Indicateur) -> str:
    """Who records: the first who may declare, invented."""
    declarant = indicateur.declarants[0] if indicateur.declarants else "prefet"
    return f"{NOMS_DES_DECLARANTS.get(declarant, 'Association des quartiers')} (fictif)"


def get_filtre(derivation: Derivation, cle: str) -> object:
    """What a derivation asks by a filter; None when it does not."""
    return dict(derivation.filtre).get(cle)
