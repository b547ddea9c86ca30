"""QuartierDeclare: the perimeter of a plan, as one of its versions says it; the last known holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from quartiers.core.contenu import Champ, CodeTerritoire
from quartiers.core.petit_genre import PetitGenre


@dataclass(frozen=True, slots=True, kw_only=True)
class QuartierDeclare(PetitGenre):
    """What a quartier cible holds, and when a plan is expected of it."""

    GENRE = "quartier_cible"
    FICHIER = "quartiers"
    LIBELLE = "Quartier cible"
    AIDE = "Une ligne par quartier cible ; une version plus récente remplace."
    IDENTITE = ("code",)
    QUOI = "même quartier"
    OU: ClassVar = "code"

    code: Annotated[str, Champ("Code", "QC-…", maximum=40)]
    nom: Annotated[str, Champ("Nom")]
    departement: Annotated[CodeTerritoire, Champ("Département", "DEP-93, ou 93.")]
    rattaches: Annotated[
        tuple[CodeTerritoire, ...], Champ("Rattachés", "Codes de QPV et de QRR.", separateur=" ")
    ] = ()
    attendu_du: Annotated[date | None, Champ("Plan attendu du")] = None
    attendu_au: Annotated[date | None, Champ("Plan attendu jusqu’au")] = None
