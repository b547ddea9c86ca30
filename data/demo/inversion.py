# ruff: noqa: INP001 - a script beside its data, not a package
"""From the values that cells must have to the records from which the product derives them.

One writer per kind and count. Nothing here computes a value: a test compares every cell with what the product says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import actes
import cohortes
import etats
import saisons
from fiches import Cellule, Fiche, Impossible, get_filtre

from quartiers.core.referentiel import GenreIndicateur, Indicateur

Ecrivain = Callable[[Cellule], Iterator[Fiche]]

# What one indicateur of a quartier is told by the records of another: it keeps its relevés where that one does.
SUIVENT = {
    "e02-a1-operations-lancees": "e02-a5-operations-avec-exigence",
    "e02-a1-convention-npnru": "e02-a5-operations-avec-exigence",
    "e03-a2-jours-ouverture": "e03-a2-centre-social",
    "e05-a2-montant": "e05-a2-associations-soutenues",
    "e05-a2-domaines-offre": "e05-a2-associations-soutenues",
    "e05-a3-taux-cofinancement": "e05-a2-associations-soutenues",
    "e06-a2-taux-pourvoi": "e06-a2-adultes-relais",
    "e08-a2-jours-presence": "e08-a2-dcpp",
    "e08-a4-maraudes": "e08-a4-mediation-pied-immeuble",
    "e08-a6-jeunes-ambassadeurs": "e08-a6-dispositifs-jeunesse",
    "e08-a8-associations-soutenues": "e05-a2-associations-soutenues",
    "e09-a1-formation-vacances": "e09-a1-formation-mobilisee",
    "e09-a4-jours-animes": "e09-a4-themes-couverts",
    "e09-a5-soir-weekend": "e09-a5-action-soir-weekend",
}
# One thing for all the quartiers of a commune that have the same values.
PARTAGES = frozenset(
    {
        "e01-a3-cite-educative",
        "e07-a2-cite-emploi",
        "e08-a4-partenariat",
        "e10-a3-delegue-nomme",
    }
)
PROPRES: dict[str, Ecrivain] = {
    "e01-a5-semaines-couvertes": saisons.write_semaines,
    "e02-a4-locaux-activite": etats.write_locaux,
    "e02-a5-operations-avec-exigence": etats.write_renovation,
    "e03-a5-ateliers-creation": actes.write_ateliers,
    "e05-a4-projets-impact-2024": actes.write_projets_finances,
    "e06-a2-adultes-relais": etats.write_adultes_relais,
    "e08-a2-dcpp": etats.write_delegues,
    "e08-a4-mediation-pied-immeuble": actes.write_tournees,
    "e08-a7-jours-clj": saisons.write_ouvertures,
    "e09-a1-formation-mobilisee": saisons.write_formations,
    "e09-a4-themes-couverts": saisons.write_themes,
    "e09-a5-action-soir-weekend": actes.write_soirees,
    "e09-a7-sejours": saisons.write_sejours,
    "e10-o2-instances-partenariales": actes.write_colleges,
}
ECRIVAINS: dict[tuple[str, str], Ecrivain] = {
    ("Cohorte", "somme"): cohortes.write_cohortes,
    ("Cohorte", "valeurs_distinctes"): cohortes.write_presence,
    ("Convention", "jalon"): etats.write_etapes,
    ("Convention", "distinct"): etats.write_choses,
    ("Decision", "distinct"): etats.write_choses,
    ("Financement", "distinct"): actes.write_financements,
    ("InstanceLocale", "distinct"): etats.write_instance,
    ("InstanceLocale", "somme"): etats.write_champs,
    ("Lieu", "distinct"): etats.write_choses,
    ("Organisme", "distinct"): etats.write_choses,
    ("Organisme", "valeurs_distinctes"): etats.write_domaines,
    ("Poste", "distinct"): etats.write_choses,
    ("Poste", "somme"): etats.write_choses,
    ("Projet", "distinct"): etats.write_choses,
}
BEAUCOUP = 8
"""More sessions than that are those of activities that come back each week."""


def write_fiches(cellule: Cellule) -> list[Fiche]:
    """The records of a cell; Impossible when none can say its values."""
    ecrivain = find_ecrivain(cellule)
    if ecrivain is None:
        raise Impossible(cellule.indicateur.code)
    return list(ecrivain(cellule))


def find_ecrivain(cellule: Cellule) -> Ecrivain | None:
    """Who writes the records of a cell; None for what no record can say yet."""
    indicateur = cellule.indicateur
    if not indicateur.derivations or indicateur.code in SUIVENT:
        return None
    if indicateur.code in PROPRES:
        return PROPRES[indicateur.code]
    if asks_calendrier(indicateur) or indicateur.genre is GenreIndicateur.NATIONAL:
        return None  # of the nation: only what quartiers are linked to feeds it
    derivation = cellule.derivation
    de, compte = str(derivation.de), str(derivation.compte)
    if de in {"Seance", "Activite"}:
        return find_ecrivain_d_actes(cellule)
    if derivation.champ == "signataire":
        return etats.write_signataires
    return ECRIVAINS.get((de, compte))


def find_ecrivain_d_actes(cellule: Cellule) -> Ecrivain | None:
    """Of things that took place: in a window, in cycles, each week, or one by one."""
    derivation = cellule.derivation
    if derivation.compte != "distinct":
        return None
    if get_filtre(derivation, "fenetre_mois"):
        return actes.write_presences
    if derivation.champ == "serie":
        return actes.write_series
    nombreuses = max(nombre for nombre, _ in cellule.list_nombres()) > BEAUCOUP
    is_activite = derivation.de == "Activite"
    return actes.write_hebdomadaires if nombreuses and is_activite else actes.write_tenues


def asks_calendrier(indicateur: Indicateur) -> bool:
    """It reads the school holidays, or an official statistic."""
    return any(
        derivation.calendrier
        or derivation.source
        or derivation.produit
        or get_filtre(derivation, "dans_vacances")
        or get_filtre(derivation, "fenetre")
        for derivation in indicateur.derivations
    )
