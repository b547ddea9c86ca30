"""A declaration in a few words."""

from __future__ import annotations

from quartiers.core.vue import Vue
from quartiers.reports.presentation.chiffre import write_valeur
from quartiers.reports.typographie import format_date
from quartiers.usecases.lire_enregistrements import EnregistrementLu
from quartiers.usecases.releve_lu import ReleveLu


def write_dit(vue: Vue, lu: ReleveLu | EnregistrementLu) -> str:
    """« 4 postes, au 23 novembre 2026 »."""
    if isinstance(lu, EnregistrementLu):
        return f"au {format_date(lu.le)}"
    indicateur = vue.dossier.referentiel.get_indicateur(lu.indicateur)
    if indicateur is None or lu.is_retrait:
        return f"valeur du {format_date(lu.date)} retirée"
    valeur = write_valeur(indicateur, lu.dite)
    return f"{valeur}, au {format_date(lu.date)}"
