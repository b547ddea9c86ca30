"""Perimeters as GeoJSON geometries (RFC 7946): degrees, outer rings anticlockwise."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from quartiers.geo.perimetre import keep_areal


def render_geometrie(geometrie: BaseGeometry) -> dict[str, Any]:
    """A geometry in degrees; its coordinates are those that are kept, unrounded."""
    rendu: dict[str, Any] = json.loads(shapely.to_geojson(shapely.orient_polygons(geometrie)))
    return rendu


def merge_geometries(geometries: Sequence[BaseGeometry]) -> BaseGeometry:
    """The areas of several perimeters as one, in the order of their codes (the same bytes each time)."""
    return keep_areal(shapely.union_all(list(geometries)))
