"""CibleDeclaree: one target line of a plan or an avenant, in force from its effect on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Annotated, ClassVar

from quartiers.core.contenu import Champ, CodeIndicateur, CodeTerritoire, Mot
from quartiers.core.petit_genre import PetitGenre
from quartiers.core.referentiel import Operateur, Origine

OPERATEURS = {
    Operateur.AU_MOINS.value: "au moins",
    Operateur.AU_PLUS.value: "au plus",
    Operateur.EXACTEMENT.value: "égal",
}
_PLAN = Mot(Origine.PLAN.value)
ORIGINES = {origine.value: origine.value for origine in Origine}


@dataclass(frozen=True, slots=True, kw_only=True)
class CibleDeclaree(PetitGenre):
    """A threshold as it is written; a doublement has none, its base says it. `etape`: the step planned, for a jalon."""

    GENRE = "cible"
    FICHIER = "cibles"
    LIBELLE = "Cible déclarée"
    AIDE = "Une ligne par cible d’un plan ou d’un avenant."
    IDENTITE = ("indicateur", "territoire", "origine", "effet", "etape")
    QUOI = "même indicateur, même territoire, même origine, même effet"
    LE: ClassVar = "effet"
    A_VENIR: ClassVar = True

    indicateur: Annotated[CodeIndicateur, Champ("Indicateur", "Code de l’indicateur.")]
    territoire: Annotated[CodeTerritoire, Champ("Territoire", "Code du territoire.")]
    operateur: Annotated[Mot, Champ("Opérateur", "Au moins, au plus ou égal.", mots=OPERATEURS)]
    valeur: Annotated[
        Fraction | None,
        Champ("Valeur", "Seuil ; vide pour un doublement.", negatif=True, pourcents=True),
    ] = None
    echeance: Annotated[date | None, Champ("Échéance", "Dernier jour pour atteindre la cible.")] = (
        None
    )
    base: Annotated[
        Fraction | None, Champ("Base", "Valeur de départ.", negatif=True, pourcents=True)
    ] = None
    base_date: Annotated[date | None, Champ("Date de la base", "Jour de la valeur de départ.")] = (
        None
    )
    base_source: Annotated[str, Champ("Source de la base", "D’où vient la valeur de départ.")] = ""
    origine: Annotated[Mot, Champ("Origine", "Vide : le plan.", mots=ORIGINES)] = _PLAN
    effet: Annotated[
        date | None,
        Champ("Effet", "Jour où la cible entre en vigueur ; vide : toujours."),
    ] = None
    etape: Annotated[int | None, Champ("Étape", deduit=True)] = None
