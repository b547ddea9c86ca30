"""Outlines to be drawn: a perimeter and the lines at some distance of it, in metres, with few enough points.

Only for the eye: every distance that is written is measured by `distance`, on the perimeter as it is kept.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from quartiers.geo.perimetre import Perimetre, keep_areal
from quartiers.geo.projection import project, project_coordonnees, project_inverse

POINTS_MAX = 160
FINESSE = 800
"""A detail smaller than this part of the drawing is not seen."""
SEGMENTS = 12
PAS_DU_NORD = 0.01

Point = tuple[float, float]
Anneaux = tuple[tuple[Point, ...], ...]


@dataclass(frozen=True, slots=True)
class Contours:
    """In metres of `epsg`. `portees`: rings at each distance; `cadre`: west, south, east, north of them all.

    `nord`: true north, in degrees clockwise from the top of the drawing.
    """

    epsg: int
    perimetre: Anneaux
    portees: tuple[tuple[int, Anneaux], ...]
    cadre: tuple[float, float, float, float]
    nord: float

    def locate(self, lon: float, lat: float) -> Point:
        """A place in degrees, in metres."""
        est, nord = project_coordonnees(np.array([lon]), np.array([lat]), self.epsg)
        return float(est[0]), float(nord[0])


def build_contours(perimetres: Sequence[Perimetre], rayons_m: Iterable[int]) -> Contours:
    """The outlines of one or several perimeters as one, in the projection of the first; ValueError without any."""
    plan, epsg = _merge(perimetres)
    portees = [(rayon, plan.buffer(rayon, quad_segs=SEGMENTS)) for rayon in sorted(rayons_m)]
    ouest, sud, est, nord = (portees[-1][1] if portees else plan).bounds
    tolerance = max(est - ouest, nord - sud) / FINESSE
    return Contours(
        epsg=epsg,
        perimetre=list_anneaux(simplify(plan, tolerance)),
        portees=tuple((rayon, list_anneaux(simplify(aire, tolerance))) for rayon, aire in portees),
        cadre=(ouest, sud, est, nord),
        nord=_measure_nord(perimetres[0]),
    )


def build_aires(
    perimetres: Sequence[Perimetre], rayons_m: Iterable[int]
) -> list[tuple[int, BaseGeometry]]:
    """The areas at each distance, in degrees; 0 is the perimeter itself, as it is kept."""
    plan, epsg = _merge(perimetres)
    aires = []
    for rayon in sorted(rayons_m):
        if rayon == 0:
            aires.append((0, keep_areal(shapely.union_all([p.wgs84 for p in perimetres]))))
            continue
        aire = plan.buffer(rayon, quad_segs=SEGMENTS)
        ouest, sud, est, nord = aire.bounds
        simple = simplify(aire, max(est - ouest, nord - sud) / FINESSE)
        aires.append((rayon, project_inverse(simple, epsg)))
    return aires


def _merge(perimetres: Sequence[Perimetre]) -> tuple[BaseGeometry, int]:
    if not perimetres:
        raise ValueError("aucun périmètre à dessiner")
    epsg = perimetres[0].epsg
    plans = [p.plan if p.epsg == epsg else project(p.wgs84, epsg) for p in perimetres]
    return keep_areal(shapely.union_all(plans)), epsg


def simplify(aire: BaseGeometry, tolerance: float) -> BaseGeometry:
    """The same area with at most POINTS_MAX points, as far as its number of rings allows (four points each)."""
    simple = aire
    while True:
        simple = shapely.simplify(aire, tolerance, preserve_topology=True)
        trop = shapely.get_num_coordinates(simple) > POINTS_MAX
        if not trop or tolerance > _measure_cote(aire):
            return simple
        tolerance *= 1.5


def _measure_cote(aire: BaseGeometry) -> float:
    ouest, sud, est, nord = aire.bounds
    return float(max(est - ouest, nord - sud))


def list_anneaux(aire: BaseGeometry) -> Anneaux:
    """Every ring, outer and inner, its last point (the first again) left out."""
    return tuple(
        tuple((float(x), float(y)) for x, y in anneau.coords[:-1])
        for polygone in shapely.get_parts(aire)
        for anneau in (polygone.exterior, *polygone.interiors)
    )


def _measure_nord(perimetre: Perimetre) -> float:
    """Lambert-93 leans by 2 degrees in Brest and 5 in Bastia: the arrow says so."""
    centre = perimetre.wgs84.centroid
    est, nord = project_coordonnees(
        np.array([centre.x, centre.x]), np.array([centre.y, centre.y + PAS_DU_NORD]), perimetre.epsg
    )
    return math.degrees(math.atan2(float(est[1] - est[0]), float(nord[1] - nord[0])))
