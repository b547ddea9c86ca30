"""The words and the steps that a programme gives to the fields of a record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quartiers.core.contenu import ChampDecrit, Contenu, describe
from quartiers.core.referentiel import Referentiel

Echelle = tuple[str, ...]
"""The steps of a jalon, in order: the rank of a step is its place."""


def get_mots(decrit: ChampDecrit, referentiel: Referentiel) -> Mapping[str, str]:
    """The closed list of a field, each word with its French label; empty when the programme has none."""
    return decrit.champ.mots or referentiel.get_mots(decrit.champ.vocabulaire)


def find_echelles(
    referentiel: Referentiel, genre: type[Contenu], valeurs: Mapping[str, Any] | None = None
) -> list[Echelle]:
    """The scales that a record of a kind may be read in; with `valeurs`, those of a record that holds them."""
    champs = describe(genre)
    return sorted(
        {
            echelle
            for derivation, echelle in referentiel.list_echelles(genre.DE)
            if valeurs is None
            or all(
                valeurs.get(cle) in derivation.get_mots(cle)
                for cle, _ in derivation.filtre
                if cle in champs
            )
        }
    )
