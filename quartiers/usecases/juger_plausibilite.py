"""What is too unlikely to be believed: bounds kept as data, each with its reason (plausibilite.toml).

An implausible value is refused where two readings exist, told where it may be true; an implausible place is unknown.
Nothing here touches the base.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Any

from quartiers.core.anomalie import Carnet
from quartiers.core.dire import say_nombre
from quartiers.core.referentiel import Agregation, GenreIndicateur, Indicateur
from quartiers.geo.zone import get_zone
from quartiers.sources.jour import parse_jour
from quartiers.sources.nombre import DECIMALES

CENT = 100
Boite = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""


@dataclass(frozen=True, slots=True)
class Bornes:
    """The bounds of the file, by their names there."""

    premier_jour: date
    ambigue_jusqu_a: int
    rapport_max: int
    rayon_du_point_nul: float
    marge_de_boite: float
    part_sans_point_max: float
    sans_point_min: int
    taille_min: float
    taille_max: float


@cache
def load_bornes() -> Bornes:
    """Read once; a missing or unknown name is an error of the product."""
    lues = _read_fichier()
    return Bornes(
        **{nom: v for titre, part in lues.items() if titre != "boites" for nom, v in part.items()}
    )


@cache
def load_boites() -> dict[str, Boite]:
    """The box of each département."""
    return {code: (o, s, e, n) for code, (o, s, e, n) in _read_fichier()["boites"].items()}


def _read_fichier() -> dict[str, dict[str, Any]]:
    texte = resources.files("quartiers.usecases").joinpath("plausibilite.toml").read_text("utf-8")
    return tomllib.loads(texte)


def parse_jour_plausible(texte: str) -> date:
    """A day of the programme's time: of a fact, a base, an effect, a deadline."""
    jour = parse_jour(texte)
    premier = load_bornes().premier_jour
    if jour < premier:
        raise ValueError(f"« {texte} » : avant le {premier:%d/%m/%Y}, vérifier l’année")
    return jour


def is_part(indicateur: Indicateur) -> bool:
    """Measured by a numerator over a denominator, in percent."""
    return indicateur.genre is GenreIndicateur.PART or (
        indicateur.agregation is Agregation.RAPPORT and indicateur.unite == "%"
    )


@dataclass(frozen=True, slots=True)
class PartNue:
    """A share given as one number, at its place. `sure`: its sign is written, or the base already holds it as it is."""

    ligne: int
    colonne: str
    valeur: Fraction
    sure: bool = False

    @property
    def is_fraction(self) -> bool:
        """It may be a fraction of one; 0 is the same number either way."""
        return 0 < self.valeur <= load_bornes().ambigue_jusqu_a

    @property
    def has_decimales(self) -> bool:
        """Not a whole number of percent."""
        return self.valeur.denominator != 1


def judge_parts(parts: Sequence[PartNue], carnet: Carnet, autre_ecriture: str = "") -> None:
    """Refuse the shares of a file that are all between 0 and 1, some with decimals; tell of those that stand alone.

    `autre_ecriture`: another way to write a share without doubt, when there is one.
    """
    douteuses = [p for p in parts if p.is_fraction and p.has_decimales and not p.sure]
    if not douteuses:
        return
    toutes = all(p.is_fraction for p in parts if p.valeur)
    if not toutes:
        for part in douteuses:
            carnet.notice(part.ligne, part.colonne, _say_lectures(part.valeur, autre_ecriture))
        return
    for part in (p for p in parts if p.is_fraction and not p.sure):
        raison = _say_lectures(part.valeur, autre_ecriture)
        dite = say_nombre(part.valeur, DECIMALES)
        raison += " (aucune part du fichier ne dépasse 1)"
        suite = f" ; pour {dite} % écrire « {dite} % », en texte"
        carnet.refuse(part.ligne, part.colonne, raison + suite)


def _say_lectures(valeur: Fraction, autre_ecriture: str) -> str:
    dite, centuple = say_nombre(valeur, DECIMALES), say_nombre(CENT * valeur, DECIMALES)
    return f"{dite} se lit {dite} % ; pour {centuple} % écrire {centuple}{autre_ecriture}"


_MILLIERS = re.compile(r"([1-9]\d{0,2})[.,](\d{3})", re.ASCII)


def say_milliers(texte: str) -> str | None:
    """« 1.234 » is one and some for us, and a thousand for who writes so; None when there is one reading."""
    trouve = _MILLIERS.fullmatch(texte)
    if trouve is None:
        return None
    entier, suite = trouve.groups()
    return f"« {texte} » se lit {entier} virgule {suite} ; pour {entier} {suite} écrire {entier}{suite}"


Cellule = tuple[str, str]
"""Indicateur, territoire."""
Historique = Mapping[Cellule, Sequence[tuple[date, Fraction]]]
"""The values known of each cell, by date, the last known of one day last."""


def get_jour(connue: tuple[date, Fraction]) -> date:
    """The day of a known value."""
    return connue[0]


def is_connue(connues: Sequence[tuple[date, Fraction]], jour: date, valeur: Fraction) -> bool:
    """The value was known of that very day; only that day is looked at."""
    debut = bisect_left(connues, jour, key=get_jour)
    fin = bisect_right(connues, jour, lo=debut, key=get_jour)
    return (jour, valeur) in connues[debut:fin]


def say_saut(connues: Sequence[tuple[date, Fraction]], jour: date, valeur: Fraction) -> str | None:
    """What is odd in a new value, given those known up to its day; None when it is not, or already known."""
    rang = bisect_right(connues, jour, key=get_jour)
    if not rang or is_connue(connues, jour, valeur):
        return None
    quand, ancienne = connues[rang - 1]
    if not ancienne:
        return None
    dite = f"{say_nombre(ancienne)} le {quand:%d/%m/%Y}"
    if not valeur:
        return f"0, alors que la dernière valeur connue est {dite}"
    rapport_max = load_bornes().rapport_max
    if abs(valeur) > rapport_max * abs(ancienne):
        return (
            f"{say_nombre(valeur)} : plus de {rapport_max} fois la dernière valeur connue, {dite}"
        )
    return None


def get_boite(departement: str) -> Boite | None:
    """Where a département may have places, margin included; None where nothing can be said."""
    boite, marge = load_boites().get(departement), load_bornes().marge_de_boite
    if boite is None:
        zone = get_zone(f"DEP-{departement}")
        return None if zone is None else zone.boite
    ouest, sud, est, nord = boite
    return (ouest - marge, sud - marge, est + marge, nord + marge)


def say_point_incroyable(departement: str, lon: float, lat: float) -> str | None:
    """Why nothing of this département can stand at that point; None when it may."""
    if max(abs(lon), abs(lat)) <= load_bornes().rayon_du_point_nul:
        return "au large de l’Afrique"
    boite = get_boite(departement)
    if boite is None or _holds(boite, lon, lat):
        entiers = lon == round(lon) and lat == round(lat)
        return "degrés entiers, décimales perdues" if entiers else None
    if _holds(boite, lat, lon):
        return "latitude et longitude inversées"
    return f"hors du département {departement}"


def _holds(boite: Boite, lon: float, lat: float) -> bool:
    ouest, sud, est, nord = boite
    return ouest <= lon <= est and sud <= lat <= nord


def is_massif(sans_point: int, fixes: int) -> bool:
    """Too many unknown points to be accidents: the file itself is wrong."""
    bornes = load_bornes()
    return sans_point >= bornes.sans_point_min and sans_point > bornes.part_sans_point_max * fixes


def check_taille(nombre: int, avant: int | None) -> tuple[str | None, str | None]:
    """A refusal and a notice about the number of rows of a list, given that of the list before; None: nothing odd."""
    bornes = load_bornes()
    if not nombre:
        return "aucune structure sous l’en-tête", None
    if avant is None:
        return None, None
    if nombre < bornes.taille_min * avant:
        return (
            f"{nombre} structures au lieu de {avant}, moins de {bornes.taille_min * CENT:.0f} %",
            None,
        )
    if nombre > bornes.taille_max * avant:
        return (
            None,
            f"{nombre} structures au lieu de {avant}, plus de {bornes.taille_max * CENT:.0f} %",
        )
    return None, None
