"""How far places are from perimeters, measured when either enters (performance.md, shape 6).

Only fixed places are measured: the published point of a bus is its garage. Distances are worked out, not
learnt: they can be thrown away and measured again, and are known as soon as the place is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from quartiers.geo.distance import Points, measure_distances
from quartiers.geo.perimetre import Perimetre
from quartiers.storage.models import Lieu, Proximite
from quartiers.storage.models.base import LOT
from quartiers.usecases.rattachements import load_perimetres


def measure_lieux(ecriture: int) -> int:
    """Distances from the fixed places of one write to every perimeter."""
    return _measure(load_perimetres(), Lieu.objects.filter(ecriture_id=ecriture))


def measure_territoires(codes: Sequence[str]) -> int:
    """Distances from every fixed place to the perimeters that just entered or moved."""
    if not codes:
        return 0
    for debut in range(0, len(codes), LOT):
        Proximite.objects.filter(territoire__in=codes[debut : debut + LOT]).delete()
    voulus = set(codes)
    perimetres = [p for p in load_perimetres() if p.code in voulus]
    return _measure(perimetres, Lieu.objects.all())


def _measure(perimetres: Sequence[Perimetre], lieux: QuerySet[Any]) -> int:
    """Each list by itself: the nearest place of one list is not that of another."""
    lots: dict[int, list[tuple[str, float | None, float | None]]] = {}
    fixes = lieux.filter(mobile=False).order_by("pk")
    for pk, lot, lon, lat in fixes.values_list("pk", "ecriture_id", "longitude", "latitude"):
        lots.setdefault(lot, []).append((str(pk), lon, lat))
    nombre = 0
    for points in lots.values():
        lignes = [
            Proximite(lieu_id=int(d.point), territoire=d.perimetre, distance_m=d.distance_m)
            for d in measure_distances(perimetres, Points.build(points))
        ]
        Proximite.objects.bulk_create(lignes, batch_size=LOT)
        nombre += len(lignes)
    return nombre
