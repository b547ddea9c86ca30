"""Organisme: an organisation of the quartier, never its members."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from quartiers.core.contenu import (
    Champ,
    Contenu,
    Intervalle,
    Mot,
    Sorte,
    list_dits,
    list_futurs,
    list_inverses,
    list_lendemains,
)

_SIRET = re.compile(r"\d{14}", re.ASCII)


def _find_activite(organisme: Organisme, _: date) -> Intervalle | None:
    if organisme.actif_depuis is None:
        return None
    return organisme.actif_depuis, organisme.actif_jusqu_au


def _find_mobilisation(organisme: Organisme, _: date) -> Intervalle | None:
    if organisme.mobilisable_depuis is None:
        return None
    return organisme.mobilisable_depuis, organisme.mobilisable_jusqu_au


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisme(Contenu):
    """An organisation as it was on the day of the record."""

    GENRE = "organisme"
    DE = "Organisme"
    LIBELLE = "Organisme"
    SORTE = Sorte.ETAT
    PERIODES: ClassVar = {"actif": _find_activite, "mobilisable": _find_mobilisation}

    nom: Annotated[str, Champ("Nom")]
    genre: Annotated[Mot | None, Champ("Genre de l’organisme", vocabulaire="genre_organisme")] = (
        None
    )
    siret: Annotated[str, Champ("Siret", "Quatorze chiffres.")] = ""
    domaine: Annotated[tuple[Mot, ...], Champ("Domaines", vocabulaire="domaine")] = ()
    actif_depuis: Annotated[date | None, Champ("En activité depuis le")] = None
    actif_jusqu_au: Annotated[
        date | None, Champ("En activité jusqu’au", "Vide si l’activité dure.")
    ] = None
    mobilisable_depuis: Annotated[date | None, Champ("Mobilisable depuis le")] = None
    mobilisable_jusqu_au: Annotated[
        date | None, Champ("Mobilisable jusqu’au", "Vide si cela dure.")
    ] = None

    def list_changements(self) -> tuple[date, ...]:
        """Its beginnings, and the days after its ends."""
        return (
            *list_dits(self.actif_depuis, self.mobilisable_depuis),
            *list_lendemains(self.actif_jusqu_au, self.mobilisable_jusqu_au),
        )

    def list_fautes(self, le: date) -> Iterator[tuple[str, str]]:
        """What contradicts itself."""
        yield from list_inverses(
            self,
            ("actif_depuis", "actif_jusqu_au"),
            ("mobilisable_depuis", "mobilisable_jusqu_au"),
        )
        if self.siret and not _SIRET.fullmatch(self.siret):
            yield "siret", f"« {self.siret} » : un Siret a quatorze chiffres"
        yield from list_futurs(self, le, "actif_depuis")
