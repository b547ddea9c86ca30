"""The official sources this product reads, and the last millésime of each that the base holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from quartiers.sources import list_sources
from quartiers.storage.models import Importation


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
    imports = Importation.objects.order_by("millesime", "pk")
    for genre, fichier, millesime, connu_le in imports.values_list(
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
