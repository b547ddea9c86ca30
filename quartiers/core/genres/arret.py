"""ArretDeclare: where and when a mobile place stops, every week."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Annotated, ClassVar

from quartiers.core.contenu import Champ, CodeTerritoire, Coordonnee
from quartiers.core.petit_genre import PetitGenre


@dataclass(frozen=True, slots=True, kw_only=True)
class ArretDeclare(PetitGenre):
    """A stop. `distance_m`: from its territoire, measured when it enters; None without a point (then inside)."""

    GENRE = "arret"
    FICHIER = "arrets"
    LIBELLE = "Arrêt"
    AIDE = "Une ligne par arrêt d’un bus, chaque semaine."
    IDENTITE = ("lieu", "territoire", "jour", "adresse", "du")
    QUOI = "même lieu, même territoire, même adresse, même jour, même début"
    LE: ClassVar = "du"
    A_VENIR: ClassVar = True

    lieu: Annotated[str, Champ("Lieu", "Son identifiant dans la liste officielle.", maximum=80)]
    territoire: Annotated[CodeTerritoire, Champ("Territoire", "Code du quartier.")]
    adresse: Annotated[str, Champ("Adresse")] = ""
    longitude: Annotated[
        Coordonnee | None, Champ("Longitude", "En degrés décimaux.", borne=180)
    ] = None
    latitude: Annotated[Coordonnee | None, Champ("Latitude", "En degrés décimaux.", borne=90)] = (
        None
    )
    jour: Annotated[str, Champ("Jour", "Un ou plusieurs jours de la semaine.", maximum=60)]
    heures: Annotated[str, Champ("Heures")] = ""
    du: Annotated[date | None, Champ("Du")] = None
    au: Annotated[date | None, Champ("Au")] = None
    distance_m: Annotated[Fraction | None, Champ("Distance", deduit=True)] = field(
        default=None, compare=False
    )
