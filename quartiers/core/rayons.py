"""How far a place reaches, in metres from the perimeter of a territoire (L-06, L-07, L-09)."""

from __future__ import annotations

from collections.abc import Mapping

from quartiers.core.referentiel import Portee

TOLERANCE_M = 50
RAYON_PROCHE_M = 300
RAYON_A_PROXIMITE_M = 1000
RAYONS: Mapping[Portee, int] = {Portee.DANS: TOLERANCE_M, Portee.PROCHE: RAYON_PROCHE_M}
"""Of the reaches that are measured; beyond, up to `RAYON_A_PROXIMITE_M`, a place is near."""
