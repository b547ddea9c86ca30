"""Perimeters: rings as published, made valid, measured in metres; every repair is told with its areas.

Published coordinates are rounded (to 4 decimals, about 10 m, in the QPV file), which makes a third of the
perimeters cross themselves. They are rebuilt by the even-odd rule and only areal parts are kept. `aire_avant`
is the area of the rings as published (outer rings minus holes; rings of even depth minus odd ones when they
are one list): on the 1,751 real perimeters it differs from the rebuilt one by 0.87 % at most, so that more
than 1 % means something else than rounding, and is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from quartiers.core.anomalie import Carnet, Rapport
from quartiers.geo.projection import project, project_coordonnees
from quartiers.geo.zone import Zone, contains, get_epsg, get_zone

ECART_MAX = 0.01

Anneau = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Trace:
    """A perimeter as a source publishes it, in degrees: polygons of closed rings (see `pair_impair`).

    `pair_impair`: the rings are one list, a point being inside when an odd number of them turn around it.
    """

    code: str
    polygones: Sequence[Sequence[Anneau]]
    pair_impair: bool = False
    ligne: int | None = None


@dataclass(frozen=True, slots=True)
class Perimetre:
    """A valid perimeter. `wgs84`: in degrees, to be kept and shown; `plan`: in metres of `epsg`, to measure."""

    code: str
    zone: str
    epsg: int
    wgs84: BaseGeometry
    plan: BaseGeometry

    @property
    def aire_m2(self) -> float:
        """Area in its own projection."""
        return float(self.plan.area)

    def to_wkb(self) -> bytes:
        """The valid geometry in degrees, as it is stored."""
        return shapely.to_wkb(self.wgs84)


@dataclass(frozen=True, slots=True)
class Reparation:
    """One perimeter made valid: its areas in m² as published and as rebuilt."""

    code: str
    ligne: int | None
    aire_avant_m2: float
    aire_apres_m2: float

    @property
    def ecart(self) -> float:
        """Relative change of area; infinite when nothing could be measured before."""
        if self.aire_avant_m2 <= 0:
            return float("inf")
        return abs(self.aire_apres_m2 - self.aire_avant_m2) / self.aire_avant_m2


@dataclass(frozen=True, slots=True)
class Perimetres:
    """What became of the traces of a file."""

    perimetres: tuple[Perimetre, ...]
    reparations: tuple[Reparation, ...]
    rapport: Rapport


def build_perimetres(traces: Iterable[Trace], fichier: str) -> Perimetres:
    """Valid perimeters of a file, or its refusal naming each perimeter that cannot be trusted."""
    carnet = Carnet(fichier)
    perimetres: list[Perimetre] = []
    reparations: list[Reparation] = []
    for trace in traces:
        try:
            perimetre, reparation = build_perimetre(trace)
        except ValueError as erreur:
            carnet.refuse(trace.ligne, None, str(erreur))
            continue
        perimetres.append(perimetre)
        if reparation is None:
            continue
        aires = f"{reparation.aire_avant_m2:.0f} m² publiés, {reparation.aire_apres_m2:.0f} m² reconstruits"
        if reparation.ecart > ECART_MAX:
            carnet.refuse(trace.ligne, None, f"{trace.code} : périmètre irréparable ({aires})")
        reparations.append(reparation)
        carnet.repair(
            trace.ligne, None, f"{trace.code} : périmètre qui se croise, reconstruit ({aires})"
        )
    return Perimetres(tuple(perimetres), tuple(reparations), carnet.close(len(perimetres)))


def build_perimetre(trace: Trace) -> tuple[Perimetre, Reparation | None]:
    """One valid perimeter and its repair, if one was needed; ValueError when it is empty or misplaced."""
    anneaux = [anneau for polygone in trace.polygones for anneau in polygone]
    coordonnees = np.array([point for anneau in anneaux for point in anneau], dtype=np.float64)
    if not len(coordonnees) or not np.isfinite(coordonnees).all():
        raise ValueError(f"{trace.code} : périmètre vide ou sans coordonnées")
    zone = get_zone(trace.code)
    if zone is None:
        raise ValueError(f"{trace.code} : aucune projection pour mesurer ce territoire")
    if not contains(zone, *coordonnees.min(axis=0), *coordonnees.max(axis=0)):
        raise ValueError(
            f"{trace.code} : périmètre hors de sa zone ({zone.nom}) ; longitude et latitude inversées ?"
        )
    wgs84, sain = _assemble(trace, anneaux)
    perimetre = _finish(trace.code, zone, wgs84)
    if sain:
        return perimetre, None
    avant = _measure_published(trace, perimetre.epsg)
    return perimetre, Reparation(trace.code, trace.ligne, avant, perimetre.aire_m2)


def load_perimetre(code: str, wkb: bytes) -> Perimetre:
    """A perimeter that was stored; ValueError when it is not a valid area of its zone."""
    zone = get_zone(code)
    geometrie = shapely.from_wkb(wkb)
    if zone is None or geometrie.is_empty or not geometrie.is_valid:
        raise ValueError(f"{code} : périmètre enregistré inutilisable")
    return _finish(code, zone, geometrie)


def _finish(code: str, zone: Zone, wgs84: BaseGeometry) -> Perimetre:
    if wgs84.is_empty:
        raise ValueError(f"{code} : périmètre sans surface")
    ouest, _, est, _ = wgs84.bounds
    epsg = get_epsg(zone, (ouest + est) / 2)
    plan = project(wgs84, epsg)
    if not plan.is_valid:  # two edges a hair apart may touch once in metres
        plan = keep_areal(shapely.make_valid(plan))
    return Perimetre(code, zone.nom, epsg, wgs84, plan)


def _assemble(trace: Trace, anneaux: Sequence[Anneau]) -> tuple[BaseGeometry, bool]:
    """The valid geometry, and whether the published one already was."""
    if trace.pair_impair:
        return build_even_odd(anneaux), all(Polygon(anneau).is_valid for anneau in anneaux)
    polygones = [Polygon(polygone[0], polygone[1:]) for polygone in trace.polygones]
    publie = polygones[0] if len(polygones) == 1 else MultiPolygon(polygones)
    if publie.is_valid:
        return publie, True
    # Each polygon by itself, then their union: two parts that overlap by rounding are not a hole.
    return shapely.union_all([build_even_odd(polygone) for polygone in trace.polygones]), False


def build_even_odd(anneaux: Sequence[Anneau]) -> BaseGeometry:
    """The valid geometry of the points that an odd number of rings turn around.

    `make_valid` comes close, but draws once an edge that is published twice, and then takes a loop traced
    twice for a surface (four real QPV). Here the faces between all the edges are judged one by one.
    """
    lignes = shapely.union_all([LineString(anneau) for anneau in anneaux])
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lignes)))
    if not len(faces):
        return MultiPolygon()
    temoins = shapely.get_coordinates(shapely.point_on_surface(faces))
    dedans = np.array([_count_turns(anneaux, x, y) % 2 == 1 for x, y in temoins], dtype=bool)
    return keep_areal(shapely.union_all(faces[dedans]))


def _count_turns(anneaux: Sequence[Anneau], x: float, y: float) -> int:
    """How many edges of the rings a ray going east from (x, y) crosses."""
    total = 0
    for anneau in anneaux:
        points = np.asarray(anneau, dtype=np.float64)
        x0, y0, x1, y1 = points[:-1, 0], points[:-1, 1], points[1:, 0], points[1:, 1]
        franchit = (y0 > y) != (y1 > y)
        x0, y0, x1, y1 = x0[franchit], y0[franchit], x1[franchit], y1[franchit]
        total += int(np.sum(x0 + (y - y0) * (x1 - x0) / (y1 - y0) > x))
    return total


def keep_areal(geometrie: BaseGeometry) -> BaseGeometry:
    """The areal parts of a geometry: lines and points left by a repair enclose nothing."""
    parties = [p for p in shapely.get_parts(geometrie) if shapely.get_dimensions(p) == 2]
    parties = [p for partie in parties for p in shapely.get_parts(partie)]
    if len(parties) == 1:
        seule: BaseGeometry = parties[0]
        return seule
    return MultiPolygon(parties)


def _measure_published(trace: Trace, epsg: int) -> float:
    """Area in m² of the rings as published, by the shoelace formula, before any repair."""
    if not trace.pair_impair:
        return sum(
            _measure_anneau(polygone[0], epsg)
            - sum(_measure_anneau(trou, epsg) for trou in polygone[1:])
            for polygone in trace.polygones
        )
    anneaux = [anneau for polygone in trace.polygones for anneau in polygone]
    aires = [_measure_anneau(anneau, epsg) for anneau in anneaux]
    return float(sum(aire * signe for aire, signe in zip(aires, _get_signes(anneaux), strict=True)))


def _measure_anneau(anneau: Anneau, epsg: int) -> float:
    points = np.asarray(anneau, dtype=np.float64)
    x, y = project_coordonnees(points[:, 0], points[:, 1], epsg)
    x, y = x - x[0], y - y[0]  # near the origin, the products keep their last digits
    return abs(float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]))) / 2


def _get_signes(anneaux: Sequence[Anneau]) -> npt.NDArray[np.int64]:
    """+1 for a ring enclosed by an even number of others, −1 for an odd number."""
    polygones = np.array([shapely.make_valid(Polygon(anneau)) for anneau in anneaux], dtype=object)
    temoins = shapely.point_on_surface(polygones)
    profondeurs = np.zeros(len(polygones), dtype=np.int64)
    for rang, polygone in enumerate(polygones):
        dedans = shapely.contains(polygone, temoins)
        dedans[rang] = False
        profondeurs += dedans
    return 1 - 2 * (profondeurs % 2)
