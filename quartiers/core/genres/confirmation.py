"""ConfirmationDeclaree: a délégué attests that a nearby place does serve a quartier."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, ClassVar

from quartiers.core.contenu import Champ, CodeIndicateur, CodeTerritoire
from quartiers.core.petit_genre import PetitGenre


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationDeclaree(PetitGenre):
    """The place, for a presence measured by distance, and who says so."""

    GENRE = "confirmation"
    FICHIER = "confirmations"
    LIBELLE = "Desserte confirmée"
    AIDE = "Une ligne par desserte que le délégué confirme."
    IDENTITE = ("indicateur", "territoire", "lieu", "date")
    QUOI = "même indicateur, même territoire, même lieu, même jour"
    LE: ClassVar = "date"

    indicateur: Annotated[CodeIndicateur, Champ("Indicateur", "Code de l’indicateur.")]
    territoire: Annotated[CodeTerritoire, Champ("Territoire", "Code du territoire.")]
    lieu: Annotated[str, Champ("Lieu", "Son identifiant dans la liste officielle.", maximum=80)]
    date: Annotated[dt.date, Champ("Date", "Jour où il est constaté que le lieu dessert.")]
    motif: Annotated[str, Champ("Motif", "Par quoi il dessert : un bus, une permanence…")]
    par: Annotated[str, Champ("Confirmé par")]
