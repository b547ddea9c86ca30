"""A tableau in JSON (formats.md): the same frame for a quartier and above it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from quartiers.core.tableau import EngagementVu, Tableau, Taux
from quartiers.reports.constat_json import render_indicateur, render_statuts
from quartiers.reports.nombres import get_jour, get_nombre


def render_tableau(tableau: Tableau) -> dict[str, Any]:
    """The whole tableau as plain values."""
    return {
        **render_entete(tableau),
        **_render_taux(tableau.taux),
        "engagements": [_render_engagement(e) for e in tableau.engagements],
    }


def render_entete(tableau: Tableau) -> dict[str, Any]:
    """Who, at which dates, from which data and rules."""
    territoire = tableau.territoire
    return {
        "territoire": {
            "code": territoire.code,
            "nom": territoire.nom,
            "genre": territoire.genre.value,
        },
        "vu_le": get_jour(tableau.vu_le),
        "connu_le": get_jour(tableau.connu_le),
        "donnees_version": tableau.donnees_version,
        "referentiel": {"programme": tableau.programme, "version": tableau.version_referentiel},
    }


def _render_taux(taux: Taux) -> dict[str, Any]:
    return {
        "couverture": get_nombre(taux.couverture),
        "statuts": render_statuts(taux.statuts),
        "taux_min": get_nombre(taux.taux_min),
        "taux_max": get_nombre(taux.taux_max),
    }


def _render_engagement(vu: EngagementVu) -> dict[str, Any]:
    return {
        "code": vu.engagement.code,
        "libelle": vu.engagement.libelle,
        "statut": None if vu.statut is None else vu.statut.value,
        "cause": vu.cause,
        **_render_taux(vu.taux),
        "objectifs": [
            {
                "code": o.objectif.code,
                "libelle": o.objectif.texte_corrige or o.objectif.texte,
                "indicateurs": [render_indicateur(c) for c in o.indicateurs],
            }
            for o in vu.objectifs
        ],
        "actions": [
            {
                "code": a.action.code,
                "libelle": a.action.libelle,
                "mode": a.action.mode.value,
                "statut": None if a.statut is None else a.statut.value,
                "indicateurs": [render_indicateur(c) for c in a.indicateurs],
            }
            for a in vu.actions
        ],
    }


def write_json(valeur: Mapping[str, Any]) -> str:
    """Readable UTF-8 JSON, the same bytes for the same values."""
    return json.dumps(valeur, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
