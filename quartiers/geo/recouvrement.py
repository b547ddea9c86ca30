"""How much of one perimeter lies in another, both ways, in square metres of their own projection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from quartiers.geo.perimetre import Perimetre
from quartiers.geo.projection import Geometries, project

AIRE_MIN_M2 = 1.0


@dataclass(frozen=True, slots=True)
class Recouvrement:
    """`a` and `b` share `aire_m2`; it is `part_a` of the area of `a` and `part_b` of that of `b` (0 to 1)."""

    a: str
    b: str
    aire_m2: float
    part_a: float
    part_b: float


def measure_overlaps(
    a: Sequence[Perimetre], b: Sequence[Perimetre], *, aire_min_m2: float = AIRE_MIN_M2
) -> tuple[Recouvrement, ...]:
    """Pairs that share at least `aire_min_m2`, sorted by codes; edges that only touch share nothing."""
    return tuple(sorted(_iterate(a, b, aire_min_m2), key=lambda r: (r.a, r.b)))


def _iterate(
    a: Sequence[Perimetre], b: Sequence[Perimetre], aire_min_m2: float
) -> Iterator[Recouvrement]:
    for zone, epsg in sorted({(p.zone, p.epsg) for p in a}):
        gauche = [p for p in a if (p.zone, p.epsg) == (zone, epsg)]
        droite = [p for p in b if p.zone == zone]
        if not droite:
            continue
        plans_a: Geometries = np.array([p.plan for p in gauche], dtype=object)
        plans_b: Geometries = np.array(
            [p.plan if p.epsg == epsg else project(p.wgs84, epsg) for p in droite], dtype=object
        )
        i, j, aires = _measure_pairs(plans_a, plans_b)
        for ia, jb, aire in zip(i.tolist(), j.tolist(), aires.tolist(), strict=True):
            if aire >= aire_min_m2:
                yield Recouvrement(
                    gauche[ia].code,
                    droite[jb].code,
                    aire,
                    min(aire / plans_a[ia].area, 1.0),
                    min(aire / plans_b[jb].area, 1.0),
                )


def _measure_pairs(
    plans_a: Geometries, plans_b: Geometries
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    i, j = shapely.STRtree(plans_b).query(plans_a, predicate="intersects")
    aires = shapely.area(shapely.intersection(plans_a[i], plans_b[j]))
    return i, j, aires
