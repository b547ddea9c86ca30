"""What feeds each indicateur, and the shortest way to declare each action: a list to read, or to sort in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from quartiers.core.referentiel import Indicateur, Referentiel
from quartiers.core.voie_de_saisie import list_voies
from quartiers.reports.derivation_en_mots import say_genres
from quartiers.reports.presentation.nombre import NombreDeCase
from quartiers.reports.table import Ligne
from quartiers.reports.tableau_csv import write_lignes

COLONNES = (
    "engagement",
    "action",
    "indicateur",
    "principal",
    "nourri_par",
    "page",
    "champs",
    "sources",
)
CALCUL = "calculé par l’outil lui-même"
VALEUR = "valeur déclarée"


def list_saisies(referentiel: Referentiel) -> Iterator[Ligne]:
    """One line per indicateur, in the order of the programme."""
    for engagement in referentiel.engagements:
        for objectif in engagement.objectifs:
            for indicateur in objectif.indicateurs:
                yield make_ligne(referentiel, engagement.code, "", indicateur)
        for action in engagement.actions:
            for indicateur in action.indicateurs:
                yield make_ligne(referentiel, engagement.code, action.code, indicateur)


def make_ligne(
    referentiel: Referentiel, engagement: str, action: str, indicateur: Indicateur
) -> Ligne:
    """What feeds it, and the shortest form."""
    voies = list_voies(indicateur)
    courte = voies[0] if voies else None
    nourri = [say_genres(indicateur)] if indicateur.derivations else []
    nourri += [VALEUR] if indicateur.saisissants else []
    return (
        engagement,
        action,
        indicateur.code,
        "oui" if indicateur.principal else "",
        ", ".join(filter(None, nourri)) or CALCUL,
        "" if courte is None else courte.chemin,
        None if courte is None else NombreDeCase(Fraction(courte.champs)),
        ", ".join(referentiel.get_libelle("source", s.code) for s in indicateur.sources),
    )


def write_saisies(referentiel: Referentiel) -> str:
    """As a CSV."""
    return write_lignes(COLONNES, list_saisies(referentiel))
