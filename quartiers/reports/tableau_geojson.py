"""A tableau in GeoJSON (RFC 7946): one feature per territoire, with its perimeter when it is known."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from quartiers.core.tableau import Tableau
from quartiers.reports.constat_json import render_statuts
from quartiers.reports.nombres import get_jour, get_nombre

Geometries = Mapping[str, Mapping[str, Any]]
"""GeoJSON geometries in degrees, by code of territoire."""


def write_geojson(tableaux: Iterable[Tableau], geometries: Geometries) -> str:
    """Compact UTF-8, the same bytes for the same values; a perimeter that nobody knows is null."""
    collection = {
        "type": "FeatureCollection",
        "features": [_render_feature(t, geometries.get(t.territoire.code)) for t in tableaux],
    }
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"


def _render_feature(tableau: Tableau, geometrie: Mapping[str, Any] | None) -> dict[str, Any]:
    territoire = tableau.territoire
    return {
        "type": "Feature",
        "id": territoire.code,
        "geometry": geometrie,
        "properties": {
            "code": territoire.code,
            "nom": territoire.nom,
            "genre": territoire.genre.value,
            "vu_le": get_jour(tableau.vu_le),
            "connu_le": get_jour(tableau.connu_le),
            "donnees_version": tableau.donnees_version,
            "couverture": get_nombre(tableau.taux.couverture),
            "statuts": render_statuts(tableau.taux.statuts),
            # One flat property per engagement: mapping tools filter and draw by it.
            **{
                vu.engagement.code: None if vu.statut is None else vu.statut.value
                for vu in tableau.engagements
            },
        },
    }
