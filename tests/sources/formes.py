"""Small shapes in the true format of the official files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

CARRE = [[2.4, 48.9], [2.41, 48.9], [2.41, 48.91], [2.4, 48.91], [2.4, 48.9]]
TROU = [[2.404, 48.904], [2.406, 48.904], [2.406, 48.906], [2.404, 48.906], [2.404, 48.904]]


def encode(valeur: object) -> bytes:
    """JSON bytes."""
    return json.dumps(valeur, ensure_ascii=False).encode()


def collect(
    proprietes: list[dict[str, Any]], geometrie: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """A feature collection; the same square for all unless told."""
    forme = {"type": "Polygon", "coordinates": [CARRE]} if geometrie is None else geometrie
    return {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": p, "geometry": forme} for p in proprietes],
    }
