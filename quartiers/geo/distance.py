"""Exact distances from points to perimeters: all within a threshold, and the nearest beyond it.

Never a buffered polygon, whose rounded corners lose pairs at the very threshold. A distance is rounded once,
to the millimetre, so that the figure shown is the figure compared with 50, 300 and 1,000 m.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import shapely

from quartiers.geo.perimetre import Perimetre
from quartiers.geo.projection import Geometries, project_points
from quartiers.geo.zone import ZONES, locate_points

SEUIL_M = 1_000.0
RAYON_MAX_M = 5_000_000.0
"""Farther than any two points of one zone."""


@dataclass(frozen=True, slots=True)
class Points:
    """Places by key, in degrees WGS84 (NaN = unknown)."""

    cles: tuple[str, ...]
    lon: npt.NDArray[np.float64]
    lat: npt.NDArray[np.float64]

    @classmethod
    def build(cls, points: Sequence[tuple[str, float | None, float | None]]) -> Points:
        """From (key, longitude, latitude)."""
        return cls(
            tuple(cle for cle, _, _ in points),
            np.array([np.nan if lon is None else lon for _, lon, _ in points], dtype=np.float64),
            np.array([np.nan if lat is None else lat for _, _, lat in points], dtype=np.float64),
        )


@dataclass(frozen=True, slots=True)
class Distance:
    """One perimeter, one point, metres between them (0 = inside or on the edge)."""

    perimetre: str
    point: str
    distance_m: float


@dataclass(frozen=True, slots=True)
class Distances:
    """Measured pairs as columns, sorted by perimeter, then distance, then key of the point.

    `perimetre`, `point`: indexes in `perimetres` and `points`. `hors_zone`: keys of points that are nowhere,
    which were compared with nothing. A perimeter without any pair has no known distance, which is not far.
    """

    perimetres: tuple[str, ...]
    points: tuple[str, ...]
    perimetre: npt.NDArray[np.int64]
    point: npt.NDArray[np.int64]
    distance_m: npt.NDArray[np.float64]
    hors_zone: tuple[str, ...]

    def __iter__(self) -> Iterator[Distance]:
        for i, j, d in zip(
            self.perimetre.tolist(), self.point.tolist(), self.distance_m.tolist(), strict=True
        ):
            yield Distance(self.perimetres[i], self.points[j], d)

    def __len__(self) -> int:
        return len(self.perimetre)

    def get_minima(self) -> npt.NDArray[np.float64]:
        """Distance of the nearest point of each perimeter, NaN when none is known."""
        minima = np.full(len(self.perimetres), np.nan)
        np.fmin.at(minima, self.perimetre, self.distance_m)
        return minima


class Classe(StrEnum):
    """Reach classes of domaine 4.2: in the quartier, 300 m band, near, same commune, farther."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"


LIMITES_M = ((50.0, Classe.A), (300.0, Classe.B), (1_000.0, Classe.C))


def get_classe(distance_m: float | None, *, meme_commune: bool = False) -> Classe | None:
    """The class of a distance; beyond 1,000 m the commune decides; None when the distance is unknown."""
    if distance_m is None or np.isnan(distance_m):
        return None
    for limite, classe in LIMITES_M:
        if distance_m <= limite:
            return classe
    return Classe.D if meme_commune else Classe.E


def measure_distances(
    perimetres: Sequence[Perimetre],
    points: Points,
    *,
    seuil_m: float = SEUIL_M,
    au_dela: bool = True,
) -> Distances:
    """Every pair within `seuil_m`, and, unless it is not asked, for each perimeter the nearest point beyond it.

    Zone by zone: nothing is measured across an ocean.
    """
    zones = locate_points(points.lon, points.lat)
    morceaux = []
    for (nom, epsg), rangs in _group(perimetres).items():
        candidats = np.flatnonzero(zones == _RANG[nom])
        if not len(candidats):
            continue
        nuage = project_points(points.lon[candidats], points.lat[candidats], epsg)
        plans: Geometries = np.array([perimetres[rang].plan for rang in rangs], dtype=object)
        i, j, d = _measure_group(plans, nuage, seuil_m, au_dela=au_dela)
        morceaux.append((np.asarray(rangs)[i], candidats[j], d))
    perimetre, point, distance = _join(morceaux)
    cles = np.array(points.cles, dtype=object)
    ordre = np.lexsort((_rank(cles)[point], distance, perimetre))
    return Distances(
        perimetres=tuple(p.code for p in perimetres),
        points=points.cles,
        perimetre=perimetre[ordre],
        point=point[ordre],
        distance_m=distance[ordre],
        hors_zone=tuple(cle for cle, zone in zip(points.cles, zones, strict=True) if zone < 0),
    )


def measure_paires(
    perimetres: Sequence[Perimetre], points: Points, paires: Iterable[tuple[str, str]]
) -> Iterator[Distance]:
    """The pairs (perimeter, point) that are asked, those of one zone; a pair across an ocean has no distance."""
    par_code = {perimetre.code: perimetre for perimetre in perimetres}
    rangs = {cle: rang for rang, cle in enumerate(points.cles)}
    zones = locate_points(points.lon, points.lat)
    groupes: dict[int, list[tuple[Perimetre, int]]] = {}
    for code, cle in paires:
        perimetre, rang = par_code.get(code), rangs[cle]
        if perimetre is not None and zones[rang] == _RANG[perimetre.zone]:
            groupes.setdefault(perimetre.epsg, []).append((perimetre, rang))
    for epsg, couples in groupes.items():
        lus = np.array([rang for _, rang in couples])
        plans: Geometries = np.array([perimetre.plan for perimetre, _ in couples], dtype=object)
        nuage = project_points(points.lon[lus], points.lat[lus], epsg)
        metres = np.round(shapely.distance(plans, nuage), 3).tolist()
        for (perimetre, rang), distance in zip(couples, metres, strict=True):
            yield Distance(perimetre.code, points.cles[rang], distance)


_RANG = {zone.nom: rang for rang, zone in enumerate(ZONES)}

Colonnes = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float64]]


def _group(perimetres: Sequence[Perimetre]) -> dict[tuple[str, int], list[int]]:
    groupes: dict[tuple[str, int], list[int]] = {}
    for rang, perimetre in enumerate(perimetres):
        groupes.setdefault((perimetre.zone, perimetre.epsg), []).append(rang)
    return groupes


def _rank(cles: npt.NDArray[np.object_]) -> npt.NDArray[np.int64]:
    rangs = np.empty(len(cles), dtype=np.int64)
    rangs[np.argsort(cles, kind="stable")] = np.arange(len(cles))
    return rangs


def _join(morceaux: Sequence[Colonnes]) -> Colonnes:
    vide = np.empty(0, dtype=np.int64)
    if not morceaux:
        return vide, vide, np.empty(0, dtype=np.float64)
    return (
        np.concatenate([m[0] for m in morceaux]),
        np.concatenate([m[1] for m in morceaux]),
        np.concatenate([m[2] for m in morceaux]),
    )


def _measure_group(
    plans: Geometries, nuage: Geometries, seuil_m: float, *, au_dela: bool
) -> Colonnes:
    arbre = shapely.STRtree(nuage)
    proches = _query(arbre, plans, nuage, np.arange(len(plans)), seuil_m)
    dedans = proches[2] <= seuil_m
    morceaux = [(proches[0][dedans], proches[1][dedans], proches[2][dedans])]
    attente = np.arange(len(plans) if au_dela else 0)
    rayon = 4 * seuil_m
    # Twice the radius until each perimeter has met a point beyond the threshold: then the nearest is among them.
    while len(attente) and rayon <= RAYON_MAX_M:
        i, j, d = _query(arbre, plans, nuage, attente, rayon)
        loin = d > seuil_m
        i, j, d = i[loin], j[loin], d[loin]
        ordre = np.lexsort((j, d, i))
        _, premiers = np.unique(i[ordre], return_index=True)
        retenus = ordre[premiers]
        morceaux.append((i[retenus], j[retenus], d[retenus]))
        attente = np.setdiff1d(attente, i)
        rayon *= 2
    return _join(morceaux)


def _query(
    arbre: shapely.STRtree,
    plans: Geometries,
    nuage: Geometries,
    rangs: npt.NDArray[np.int64],
    rayon: float,
) -> Colonnes:
    """Pairs within a radius, a millimetre of slack included since distances are rounded to it."""
    i, j = arbre.query(plans[rangs], predicate="dwithin", distance=rayon + 0.001)
    i = rangs[i]
    distances = np.round(shapely.distance(plans[i], nuage[j]), 3)
    return i, j, distances
