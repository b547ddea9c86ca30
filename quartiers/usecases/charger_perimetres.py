"""Perimeters of some territoires as GeoJSON; a quartier cible has that of all it holds, or none."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from shapely.geometry.base import BaseGeometry

from quartiers.core.attendus import list_quartiers_cibles
from quartiers.core.vue import Vue
from quartiers.geo.geojson import merge_geometries, render_geometrie
from quartiers.usecases.rattacher import LOT, load_perimetres


def load_geometries(vue: Vue, codes: Collection[str]) -> dict[str, dict[str, Any]]:
    """By code; a territoire whose perimeter is not known, or not wholly, is left out."""
    cibles = {
        quartier.code: sorted(quartier.rattaches)
        for quartier in list_quartiers_cibles(vue.dossier, vue.connu_le)
        if quartier.code in codes
    }
    connues = _load({*codes, *(code for parts in cibles.values() for code in parts)})
    rendus = {code: render_geometrie(connues[code]) for code in sorted(codes) if code in connues}
    for code, parts in cibles.items():
        if parts and all(part in connues for part in parts):
            rendus[code] = render_geometrie(merge_geometries([connues[p] for p in parts]))
    return rendus


def _load(codes: Collection[str]) -> dict[str, BaseGeometry]:
    tous = sorted(codes)
    return {
        perimetre.code: perimetre.wgs84
        for debut in range(0, len(tous), LOT)
        for perimetre in load_perimetres(code__in=tous[debut : debut + LOT])
    }
