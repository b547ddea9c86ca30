"""How far places are from perimeters, measured when either enters (performance.md, shape 6)."""

from __future__ import annotations

from collections.abc import Sequence

from quartiers.geo.distance import Points, measure_distances
from quartiers.geo.perimetre import Perimetre
from quartiers.storage.models import Lieu, Proximite
from quartiers.usecases.territoires import load_perimetres

LOT = 2000


def measure_lieux(source: str | None = None, millesime: object = None) -> int:
    """Distances from the fixed places of a millésime (of all of them by default) to every perimeter."""
    lieux = Lieu.objects.filter(mobile=False)
    if source is not None:
        lieux = lieux.filter(source=source, millesime=millesime)
    return _measure(load_perimetres(), lieux.order_by("source", "millesime", "ordre"))


def measure_territoires(codes: Sequence[str]) -> int:
    """Distances from every fixed place to the perimeters that just entered or moved."""
    voulus = set(codes)
    perimetres = [p for p in load_perimetres() if p.code in voulus]
    for debut in range(0, len(codes), LOT):
        Proximite.objects.filter(territoire__in=codes[debut : debut + LOT]).delete()
    return _measure(
        perimetres, Lieu.objects.filter(mobile=False).order_by("source", "millesime", "ordre")
    )


def _measure(perimetres: Sequence[Perimetre], lieux: object) -> int:
    """Each millésime by itself: the nearest place of one list is not that of another."""
    groupes: dict[tuple[object, object], list[tuple[int, float | None, float | None]]] = {}
    champs = ("pk", "source", "millesime", "longitude", "latitude")
    for pk, source, millesime, lon, lat in lieux.values_list(*champs):  # type: ignore[attr-defined]
        groupes.setdefault((source, millesime), []).append((pk, lon, lat))
    nombre = 0
    for points in groupes.values():
        distances = measure_distances(
            perimetres, Points.build([(str(pk), lon, lat) for pk, lon, lat in points])
        )
        lignes = [
            Proximite(lieu_id=int(d.point), territoire=d.perimetre, distance_m=d.distance_m)
            for d in distances
        ]
        Proximite.objects.bulk_create(lignes, batch_size=LOT)
        nombre += len(lignes)
    return nombre
