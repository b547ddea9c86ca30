"""The official sources this product reads, and the last millésime of each that the base holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from quartiers.sources import list_sources
from quartiers.storage.models import Ecriture


@dataclass(frozen=True, slots=True)
class SourceConnue:
    """A source, and the last file of it that entered: its name, its millésime, the day it was known."""

    code: str
    libelle: str
    producteur: str
    colonnes: tuple[str, ...]
    exhaustive: bool
    fichier: str | None
    millesime: date | None
    connu_le: date | None


def list_sources_connues() -> list[SourceConnue]:
    """Every source, by code, with what was last loaded of it."""
    derniers: dict[str, tuple[str, date | None, date]] = {}
    ecritures = Ecriture.objects.order_by("millesime", "numero")
    for genre, fichier, millesime, connu_le in ecritures.values_list(
        "genre", "fichier", "millesime", "connu_le"
    ):
        precedent = derniers.get(genre)
        if precedent is None or (millesime or connu_le) >= (precedent[1] or precedent[2]):
            derniers[genre] = (fichier, millesime, connu_le)
    vide = (None, None, None)
    return [
        SourceConnue(
            source.code,
            source.libelle,
            source.producteur,
            source.colonnes,
            source.exhaustive,
            *derniers.get(source.code, vide),
        )
        for source in list_sources()
    ]


@dataclass(frozen=True, slots=True)
class Chargement:
    """A file of an official source that entered: its rows, and what was added, put right and set aside."""

    source: str
    fichier: str
    millesime: date | None
    connu_le: date
    lues: int
    ajoutees: int
    reparees: tuple[str, ...]
    ecartees: tuple[str, ...]
    nombre_ecartees: int


def list_chargements(connu_le: date) -> list[Chargement]:
    """Every file of an official source known by `connu_le`, the last first. Declared files are left out."""
    codes = [source.code for source in list_sources()]
    ecritures = Ecriture.objects.filter(genre__in=codes, connu_le__lte=connu_le)
    return [
        Chargement(
            source=i.genre,
            fichier=i.fichier,
            millesime=i.millesime,
            connu_le=i.connu_le,
            lues=i.lues,
            ajoutees=i.ajoutees,
            reparees=tuple(i.rapport.get("reparees", ())),
            ecartees=tuple(i.rapport.get("ecartees", ())),
            nombre_ecartees=i.ecartees,
        )
        for i in ecritures.order_by("-millesime", "-numero")
    ]
