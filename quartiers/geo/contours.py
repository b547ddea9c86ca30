"""Outlines to be drawn: a perimeter and the lines at some distance of it, in metres, with few enough points.

Only for the eye: every distance that is written is measured by `distance`, on the perimeter as it is kept.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from quartiers.geo.perimetre import Perimetre, keep_areal
from quartiers.geo.projection import project, project_coordonnees, project_inverse

POINTS_MAX = 160
FINESSE = 800
"""A detail smaller than this part of the drawing is not seen."""
COTE_VISIBLE = 4
"""In such details: a hole or an islet smaller than this square is left out."""
TOURS_MAX = 14
ECART_D_AIRE = 0.08
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
    rayons = sorted(rayons_m)
    marge = rayons[-1] if rayons else 0
    ouest, sud, est, nord = plan.bounds
    cadre = (ouest - marge, sud - marge, est + marge, nord + marge)
    tolerance = _get_tolerance(cadre)
    simple = simplify(plan, tolerance)
    return Contours(
        epsg=epsg,
        perimetre=list_anneaux(simple),
        portees=tuple(
            (rayon, list_anneaux(simplify(_grow(simple, rayon), tolerance))) for rayon in rayons
        ),
        cadre=cadre,
        nord=_measure_nord(perimetres[0]),
    )


def _get_tolerance(cadre: tuple[float, float, float, float]) -> float:
    return max(cadre[2] - cadre[0], cadre[3] - cadre[1]) / FINESSE


def _grow(simple: BaseGeometry, rayon: int) -> BaseGeometry:
    """The area at some distance, from the outline as drawn: a jagged one of thousands of points takes minutes."""
    return simple.buffer(rayon, quad_segs=SEGMENTS)


def build_aires(
    perimetres: Sequence[Perimetre], rayons_m: Iterable[int]
) -> list[tuple[int, BaseGeometry]]:
    """The areas at each distance, in degrees; 0 is the perimeter itself, as it is kept."""
    plan, epsg = _merge(perimetres)
    rayons = sorted(rayons_m)
    ouest, sud, est, nord = plan.bounds
    marge = rayons[-1]
    tolerance = _get_tolerance((ouest - marge, sud - marge, est + marge, nord + marge))
    simple = simplify(plan, tolerance)
    exact = keep_areal(shapely.union_all([p.wgs84 for p in perimetres]))
    return [
        (rayon, project_inverse(simplify(_grow(simple, rayon), tolerance), epsg))
        if rayon
        else (0, exact)
        for rayon in rayons
    ]


def _merge(perimetres: Sequence[Perimetre]) -> tuple[BaseGeometry, int]:
    if not perimetres:
        raise ValueError("aucun périmètre à dessiner")
    epsg = perimetres[0].epsg
    plans = [p.plan if p.epsg == epsg else project(p.wgs84, epsg) for p in perimetres]
    return keep_areal(shapely.union_all(plans)), epsg


def simplify(aire: BaseGeometry, tolerance: float) -> BaseGeometry:
    """The same area with at most POINTS_MAX points, unless that would change its shape for the eye."""
    visible = keep_visible(aire, tolerance)
    simple = visible
    for tour in range(TOURS_MAX):
        essai = shapely.simplify(visible, tolerance * 1.3**tour, preserve_topology=True)
        if abs(essai.area - visible.area) > ECART_D_AIRE * visible.area:
            break
        simple = essai
        if shapely.get_num_coordinates(simple) <= POINTS_MAX:
            break
    return simple


def keep_visible(aire: BaseGeometry, tolerance: float) -> BaseGeometry:
    """Without the holes and the parts too small to be seen; the largest part always stays."""
    minimum = (COTE_VISIBLE * tolerance) ** 2
    parties = [
        Polygon(partie.exterior, [t for t in partie.interiors if Polygon(t).area >= minimum])
        for partie in shapely.get_parts(aire)
    ]
    grandes = [p for p in parties if p.area >= minimum]
    return MultiPolygon(grandes or [max(parties, key=lambda p: p.area)])


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
