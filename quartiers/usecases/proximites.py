"""How far places are from perimeters, measured when either enters (performance.md, shape 6).

Only fixed places are measured: the published point of a bus is its garage. Distances are worked out, not
learnt: they can be thrown away and measured again, and are known as soon as the place is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from quartiers.core.genres.lieu import Lieu
from quartiers.geo.distance import Points, measure_distances
from quartiers.geo.perimetre import Perimetre
from quartiers.storage.models import Enregistrement, Proximite
from quartiers.storage.models.base import LOT
from quartiers.usecases.lieux_de_liste import filter_lieux, find_point
from quartiers.usecases.rattachements import load_perimetres


def measure_lieux(ecriture: int) -> int:
    """Distances from the fixed places of one write to every perimeter."""
    ecrits = Enregistrement.objects.filter(genre=Lieu.GENRE, ecriture_id=ecriture)
    return _measure(load_perimetres(), ecrits)


def measure_territoires(codes: Sequence[str]) -> int:
    """Distances from every fixed place to the perimeters that just entered or moved."""
    if not codes:
        return 0
    for debut in range(0, len(codes), LOT):
        Proximite.objects.filter(territoire__in=codes[debut : debut + LOT]).delete()
    voulus = set(codes)
    perimetres = [p for p in load_perimetres() if p.code in voulus]
    return _measure(perimetres, filter_lieux())


def _measure(perimetres: Sequence[Perimetre], lieux: QuerySet[Any]) -> int:
    """Each list by itself: the nearest place of one list is not that of another."""
    lots: dict[int, list[tuple[str, float | None, float | None]]] = {}
    for pk, lot, champs in lieux.order_by("pk").values_list("pk", "ecriture_id", "champs"):
        if (point := find_point(champs)) is not None:
            lots.setdefault(lot, []).append((str(pk), *point))
    nombre = 0
    for points in lots.values():
        lignes = [
            Proximite(
                enregistrement_id=int(d.point), territoire=d.perimetre, distance_m=d.distance_m
            )
            for d in measure_distances(perimetres, Points.build(points))
        ]
        Proximite.objects.bulk_create(lignes, batch_size=LOT)
        nombre += len(lignes)
    return nombre
