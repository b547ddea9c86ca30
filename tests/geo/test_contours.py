"""Outlines: few points, in place, at their distance; north where it is."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from quartiers.geo.contours import POINTS_MAX, build_aires, build_contours, keep_visible, simplify
from quartiers.geo.perimetre import Perimetre, Trace, build_perimetre, build_perimetres
from quartiers.geo.projection import project
from quartiers.sources import qrr

RAYONS = (300, 1000)


def build_carre(code: str, lon: float, lat: float, cote: float = 0.006) -> Perimetre:
    """A square of degrees."""
    anneau = [
        (lon, lat),
        (lon + cote, lat),
        (lon + cote, lat + cote),
        (lon, lat + cote),
        (lon, lat),
    ]
    return build_perimetre(Trace(code, [[anneau]]))[0]


def build_dentelle(sommets: int) -> Perimetre:
    """A circle of 1 km whose edge is all teeth."""
    points = []
    for i in range(sommets):
        angle, rayon = 2 * math.pi * i / sommets, 0.01 * (1 + 0.05 * (i % 2))
        points.append((2.5 + rayon * math.cos(angle), 46.5 + rayon * math.sin(angle)))
    return build_perimetre(Trace("QN00001M", [[[*points, points[0]]]]))[0]


CARRE = build_carre("QN00001M", 2.5, 46.5)


def test_lines_stand_at_their_distance() -> None:
    contours = build_contours([CARRE], RAYONS)
    for rayon, anneaux in contours.portees:
        for anneau in anneaux:
            distances = [CARRE.plan.distance(shapely.Point(p)) for p in anneau]
            assert max(distances) == pytest.approx(rayon, rel=0.01)
            assert min(distances) == pytest.approx(rayon, rel=0.03)


def test_the_frame_holds_the_farthest_line() -> None:
    contours = build_contours([CARRE], RAYONS)
    ouest, sud, est, nord = contours.cadre
    o, s, e, n = CARRE.plan.bounds
    assert (ouest, sud, est, nord) == pytest.approx((o - 1000, s - 1000, e + 1000, n + 1000))


def test_a_perimeter_of_thousands_of_points_is_drawn_with_few() -> None:
    dentelle = build_dentelle(4000)
    contours = build_contours([dentelle], RAYONS)
    for anneaux in (contours.perimetre, *(a for _, a in contours.portees)):
        assert 8 < sum(map(len, anneaux)) <= POINTS_MAX
    dessin = Polygon(contours.perimetre[0])
    assert dessin.area == pytest.approx(dentelle.plan.area, rel=0.06)


def test_simplify_ends_even_when_it_cannot() -> None:
    """A hundred islets have more corners than is wanted: they stay, nothing loops, nothing is deformed."""
    ilots = shapely.union_all([shapely.box(i * 10, 0, i * 10 + 1, 1) for i in range(100)])
    simple = simplify(ilots, 0.1)
    assert len(shapely.get_parts(simple)) == 100
    assert simple.area == pytest.approx(ilots.area)


def test_what_cannot_be_seen_is_left_out_and_the_rest_is_not() -> None:
    grand = shapely.box(0, 0, 100, 100) - shapely.box(10, 10, 11, 11) - shapely.box(50, 50, 60, 60)
    miette = shapely.box(200, 0, 201, 1)
    vu = keep_visible(grand | miette, 1.0)
    assert vu.area == pytest.approx(10_000 - 100)
    assert keep_visible(miette, 1.0).area == pytest.approx(1)


def test_a_hole_stays_a_hole() -> None:
    dehors = [(2.5, 46.5), (2.52, 46.5), (2.52, 46.52), (2.5, 46.52), (2.5, 46.5)]
    dedans = [(2.505, 46.505), (2.515, 46.505), (2.515, 46.515), (2.505, 46.515), (2.505, 46.505)]
    perimetre, _ = build_perimetre(Trace("QN00001M", [[dehors, dedans]]))
    assert len(build_contours([perimetre], RAYONS).perimetre) == 2


def test_several_perimeters_make_one_drawing() -> None:
    voisin = build_carre("QN00002M", 2.503, 46.5)
    loin = build_carre("QN00003M", 2.6, 46.5)
    assert len(build_contours([CARRE, voisin], RAYONS).perimetre) == 1
    contours = build_contours([CARRE, loin], RAYONS)
    assert len(contours.perimetre) == 2
    assert contours.cadre[2] == pytest.approx(loin.plan.bounds[2] + 1000)


def test_nothing_to_draw_is_refused() -> None:
    with pytest.raises(ValueError, match="aucun périmètre"):
        build_contours([], RAYONS)


@pytest.mark.parametrize(
    ("code", "lon", "lat", "angle"),
    [
        ("QN00001M", 3.0, 46.5, 0.0),  # the axis of Lambert-93
        ("QN02901M", -4.49, 48.39, 5.4),  # Brest: true north leans to the right
        ("QN02B01M", 9.45, 42.7, -4.7),  # Bastia: to the left
        ("QN97401M", 55.45, -20.9, -0.55),  # UTM 40 south, axis at 57°
    ],
)
def test_north(code: str, lon: float, lat: float, angle: float) -> None:
    """Convergence of Lambert-93: 0.7256 × (3° − longitude)."""
    contours = build_contours([build_carre(code, lon, lat)], RAYONS)
    assert contours.nord == pytest.approx(angle, abs=0.25)


def test_a_place_is_located_in_the_same_metres() -> None:
    contours = build_contours([CARRE], RAYONS)
    (attendu,) = project(shapely.Point(2.51, 46.51), CARRE.epsg).coords
    assert contours.locate(2.51, 46.51) == pytest.approx(attendu, abs=0.001)


def test_areas_in_degrees_are_the_same_areas() -> None:
    aires = dict(build_aires([CARRE], (0, *RAYONS)))
    assert aires[0].equals(CARRE.wgs84)
    for rayon in RAYONS:
        retour: BaseGeometry = project(aires[rayon], CARRE.epsg)
        exact = CARRE.plan.buffer(rayon)
        assert retour.symmetric_difference(exact).area / exact.area < 0.01


@pytest.mark.donnees
def test_every_official_qrr_is_drawn_with_few_points(donnees: Path) -> None:
    lecture = qrr.read(donnees / "qrr" / "sensible_zones.json.gz")
    traces = [
        Trace(d.code, d.contour.polygones, d.contour.pair_impair, d.ligne) for d in lecture.donnees
    ]
    perimetres = build_perimetres(traces, "qrr").perimetres
    assert len(perimetres) == 62
    for perimetre in perimetres:
        contours = build_contours([perimetre], RAYONS)
        for anneaux in (contours.perimetre, *(a for _, a in contours.portees)):
            assert 0 < sum(map(len, anneaux)) <= POINTS_MAX, perimetre.code
        dessin: BaseGeometry = Polygon()
        for anneau in contours.perimetre:
            dessin = dessin.symmetric_difference(Polygon(anneau).buffer(0))
        ecart = dessin.symmetric_difference(perimetre.plan).area / perimetre.aire_m2
        assert ecart < 0.08, perimetre.code
