"""Zones, repairs, distances and overlaps on perimeters drawn by hand in degrees."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quartiers.core.anomalie import DonneesRefusees
from quartiers.geo.distance import Classe, Points, get_classe, measure_distances, measure_paires
from quartiers.geo.perimetre import (
    Perimetre,
    Trace,
    build_perimetre,
    build_perimetres,
    load_perimetre,
)
from quartiers.geo.projection import project_coordonnees
from quartiers.geo.recouvrement import measure_overlaps
from quartiers.geo.zone import ZONES, get_departement, get_epsg, get_zone, locate_points
from tests.geo.aire_independante import measure_area, measure_common_area, measure_distance

Anneau = list[tuple[float, float]]

# One place of each zone, by the département that names it.
LIEUX = {
    "93": (2.45, 48.9, 2154),
    "2A": (8.74, 41.92, 2154),
    "971": (-61.53, 16.24, 5490),
    "978": (-63.08, 18.06, 5490),
    "973": (-52.31, 4.92, 2972),
    "974": (55.45, -20.88, 2975),
    "976": (45.23, -12.78, 4471),
    "975": (-56.18, 46.78, 4467),
    "988": (166.45, -22.27, 3163),
}


def draw_square(lon: float, lat: float, cote: float = 0.01) -> Anneau:
    """A closed ring of `cote` degrees, its south-west corner there."""
    coins = [(lon, lat), (lon + cote, lat), (lon + cote, lat + cote), (lon, lat + cote)]
    return [*coins, coins[0]]


def build(code: str, *anneaux: Anneau, pair_impair: bool = False) -> Perimetre:
    """The valid perimeter of polygons of one ring each (or of one list of rings)."""
    polygones = [list(anneaux)] if pair_impair else [[anneau] for anneau in anneaux]
    return build_perimetre(Trace(code, polygones, pair_impair))[0]


# --- zones


@pytest.mark.parametrize(("departement", "lieu"), LIEUX.items())
def test_code_and_coordinates_agree_on_the_zone(
    departement: str, lieu: tuple[float, float, int]
) -> None:
    lon, lat, epsg = lieu
    for code in (f"QRR-{departement}_1", f"DEP-{departement}", f"QN{departement:0>3}01N"):
        assert get_departement(code) == departement
        zone = get_zone(code)
        assert zone is not None
        assert get_epsg(zone, lon) == epsg
        assert ZONES[locate_points(np.array([lon]), np.array([lat]))[0]] is zone


def test_zones_never_touch() -> None:
    boites = [shapely.box(*zone.boite) for zone in ZONES]
    assert min(a.distance(b) for i, a in enumerate(boites) for b in boites[:i]) > 1


@pytest.mark.parametrize(
    "code", ["FR", "DEP-984", "DEP-986", "DEP-989", "QN09", "EPCI-200054781x", ""]
)
def test_what_has_no_projection_is_said_so(code: str) -> None:
    assert get_zone(code) is None or code.startswith("EPCI")


def test_points_nowhere() -> None:
    lon = np.array([48.9, np.nan, 0.0, 180.0])
    lat = np.array([2.45, 48.9, 0.0, 0.0])
    assert locate_points(lon, lat).tolist() == [-1, -1, -1, -1]


def test_polynesia_is_cut_by_longitude() -> None:
    zone = get_zone("QN98701N")
    assert zone is not None
    assert [get_epsg(zone, lon) for lon in (-151.7, -149.5, -140.1, -135.0)] == [
        3296,
        3297,
        3298,
        3299,
    ]


@pytest.mark.parametrize(("departement", "lieu"), LIEUX.items())
def test_metres_are_metres(departement: str, lieu: tuple[float, float, int]) -> None:
    """A square of 0.01° has the area of the sphere there, within 1 %: the projection is the right one."""
    lon, lat, _ = lieu
    rayon = 6_371_000 * math.radians(0.01)
    attendue = rayon * rayon * math.cos(math.radians(lat + 0.005))
    assert build(f"QRR-{departement}_1", draw_square(lon, lat)).aire_m2 == pytest.approx(
        attendue, rel=0.01
    )


# --- repairs


def test_a_valid_perimeter_is_left_alone() -> None:
    lu = build_perimetres([Trace("QN09301N", [[draw_square(2.4, 48.9)]])], "f")
    assert lu.reparations == ()
    assert lu.rapport.reparees == ()
    assert lu.perimetres[0].zone == "metropole"


def test_rings_side_by_side_in_one_list_are_several_and_a_nested_one_is_a_hole() -> None:
    grand, petit, autre = (
        draw_square(2.4, 48.9),
        draw_square(2.404, 48.904, 0.002),
        draw_square(2.42, 48.9),
    )
    entier = build("QRR-93_1", grand).aire_m2
    assert build("QRR-93_1", grand, petit, pair_impair=True).aire_m2 == pytest.approx(
        0.96 * entier, rel=1e-4
    )
    assert build("QRR-93_1", petit, autre, grand, pair_impair=True).aire_m2 == pytest.approx(
        1.96 * entier, rel=1e-4
    )


def test_parts_of_a_multipolygon_that_overlap_are_one_and_not_a_hole() -> None:
    grand, petit = draw_square(2.4, 48.9), draw_square(2.404, 48.904, 0.002)
    entier = build("QN09301N", grand).aire_m2
    perimetre, reparation = build_perimetre(Trace("QN09301N", [[grand], [petit]], ligne=4))
    assert perimetre.aire_m2 == pytest.approx(entier)
    assert reparation is not None
    assert reparation.ecart == pytest.approx(0.04 / 1.04, rel=1e-3)


def test_a_small_crossing_is_repaired_and_told_with_both_areas() -> None:
    boucle = [(2.41, 48.906), (2.4102, 48.905), (2.4098, 48.905)]
    ligne = [(2.4, 48.9), (2.41, 48.9), *boucle, (2.41, 48.91), (2.4, 48.91), (2.4, 48.9)]
    lu = build_perimetres([Trace("QN09301N", [[ligne]], ligne=7)], "qpv.json")
    (reparation,) = lu.reparations
    assert 0 < reparation.ecart < 0.01
    assert (reparation.ligne, lu.rapport.reparees[0].ligne) == (7, 7)
    assert f"{reparation.aire_apres_m2:.0f} m² reconstruits" in lu.rapport.reparees[0].raison
    assert lu.perimetres[0].wgs84.is_valid


def test_a_line_left_by_a_repair_encloses_nothing() -> None:
    antenne = [
        (2.4, 48.9),
        (2.41, 48.9),
        (2.42, 48.9),
        (2.41, 48.9),
        (2.41, 48.91),
        (2.4, 48.91),
        (2.4, 48.9),
    ]
    perimetre, reparation = build_perimetre(Trace("QN09301N", [[antenne]]))
    assert perimetre.wgs84.geom_type == "Polygon"
    assert reparation is not None
    assert perimetre.aire_m2 == pytest.approx(build("QN09301N", draw_square(2.4, 48.9)).aire_m2)


def test_a_loop_traced_twice_encloses_nothing() -> None:
    """By the even-odd rule; GEOS alone draws a doubled edge once, and fills the loop."""
    boucle = [(2.412, 48.901), (2.412, 48.902), (2.41, 48.9)]
    ligne = [(2.4, 48.9), (2.41, 48.9), *boucle, *boucle, (2.41, 48.91), (2.4, 48.91), (2.4, 48.9)]
    carre = build("QN09301N", draw_square(2.4, 48.9)).aire_m2
    perimetre, reparation = build_perimetre(Trace("QN09301N", [[ligne]]))
    assert perimetre.aire_m2 == pytest.approx(carre, rel=1e-6)
    assert reparation is not None
    assert reparation.ecart > 0.01


@pytest.mark.parametrize(
    ("trace", "raison"),
    [
        (Trace("QN09301N", [[[(2.4, 48.9), (2.41, 48.91), (2.41, 48.9), (2.4, 48.91), (2.4, 48.9)]]], ligne=3), "irréparable"),
        (Trace("QN09301N", [[draw_square(48.9, 2.4)]], ligne=3), "inversées"),
        (Trace("QN97101N", [[draw_square(2.4, 48.9)]], ligne=3), r"hors de sa zone \(antilles\)"),
        (Trace("QN09301N", [], ligne=3), "vide"),
        (Trace("QN09301N", [[[(2.4, 48.9), (2.41, math.nan), (2.41, 48.9), (2.4, 48.9)]]], ligne=3), "sans coordonnées"),
        (Trace("QN09301N", [[[(2.4, 48.9), (2.41, 48.9), (2.42, 48.9), (2.4, 48.9)]]], ligne=3), "sans surface"),
        (Trace("QRR-986_1", [[draw_square(2.4, 48.9)]], ligne=3), "aucune projection"),
    ],
)  # fmt: skip
def test_a_perimeter_that_cannot_be_trusted_refuses_the_file(trace: Trace, raison: str) -> None:
    bon = Trace("QN09302N", [[draw_square(2.4, 48.9)]], ligne=1)
    with pytest.raises(DonneesRefusees, match=rf"^f\.json, ligne 3 : .*{raison}"):
        build_perimetres([bon, trace], "f.json")


def test_a_stored_perimeter_comes_back() -> None:
    for code, lon, lat in (("QRR-974_1", 55.45, -20.88), ("QN98701N", -150.009, -17.5)):
        ecrit = build(code, draw_square(lon, lat))
        assert load_perimetre(code, ecrit.to_wkb()) == ecrit
    vide = shapely.to_wkb(shapely.Polygon())
    with pytest.raises(ValueError, match="inutilisable"):
        load_perimetre("QRR-974_1", vide)


SOMMETS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=3, max_size=9, unique=True
)


def close(sommets: list[tuple[int, int]]) -> Anneau:
    """A ring on a grid of about 10 m near Paris, rounded coordinates that cross as they like."""
    points = [(2.4 + x / 10_000, 48.9 + y / 10_000) for x, y in sommets]
    return [*points, points[0]]


def flatten(anneau: Anneau) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """A ring in metres, for the second hand."""
    points = np.array(anneau)
    return np.column_stack(project_coordonnees(points[:, 0], points[:, 1], 2154))


@settings(max_examples=150, deadline=None)
@given(st.lists(SOMMETS, min_size=1, max_size=3), SOMMETS)
def test_any_rings_are_measured_as_the_second_hand_does(
    listes: list[list[tuple[int, int]]], autre: list[tuple[int, int]]
) -> None:
    anneaux, seul = [close(liste) for liste in listes], close(autre)
    plats, plat = [flatten(anneau) for anneau in anneaux], flatten(seul)
    aire, commune = measure_area(plats), measure_common_area(plats, [plat])
    assume(aire > 10 and measure_area([plat]) > 10)
    a, b = build("QRR-93_1", *anneaux, pair_impair=True), build("QN09301N", seul, pair_impair=True)
    # A crossing is found in degrees by one hand, in metres by the other: millimetres over half a kilometre.
    assert a.aire_m2 == pytest.approx(aire, abs=5)
    lus = measure_overlaps([a], [b], aire_min_m2=0)
    assert sum(r.aire_m2 for r in lus) == pytest.approx(commune, abs=5)


# --- distances


@pytest.mark.parametrize(
    ("metres", "meme_commune", "classe"),
    [(0, False, "A"), (50, False, "A"), (50.001, False, "B"), (300, True, "B"), (300.001, False, "C"),
     (1000, False, "C"), (1000.001, True, "D"), (1000.001, False, "E"), (math.nan, True, None), (None, True, None)],
)  # fmt: skip
def test_classes(metres: float | None, meme_commune: bool, classe: str | None) -> None:
    assert get_classe(metres, meme_commune=meme_commune) == (
        None if classe is None else Classe(classe)
    )


def place_east(perimetre: Perimetre, metres: float) -> tuple[float, float]:
    """A point (lon, lat) this far east of the middle of the eastern side of a square perimeter."""
    from pyproj import Transformer

    _, sud, est, nord = perimetre.plan.bounds
    lon, lat = Transformer.from_crs(perimetre.epsg, 4326, always_xy=True).transform(
        est + metres, (sud + nord) / 2
    )
    return float(lon), float(lat)


def test_all_within_and_the_nearest_beyond() -> None:
    carre = build("QN97401N", draw_square(55.45, -20.88))
    points = [(f"p{m}", *place_east(carre, m)) for m in (5_000, 900, 20, 1_800, 200, 40_000)]
    lues = [(d.point, d.distance_m) for d in measure_distances([carre], Points.build(points))]
    assert [cle for cle, _ in lues] == ["p20", "p200", "p900", "p1800"]
    assert lues[-1][1] == pytest.approx(1_800, abs=25)


def test_without_the_nearest_beyond() -> None:
    carre = build("QN97401N", draw_square(55.45, -20.88))
    points = Points.build([(f"p{m}", *place_east(carre, m)) for m in (900, 1_800)])
    proches = measure_distances([carre], points, au_dela=False)
    assert [d.point for d in proches] == ["p900"]


def test_pairs_that_are_asked_are_measured_as_the_others_are() -> None:
    carre, bobigny = (
        build("QN97401N", draw_square(55.45, -20.88)),
        build("QRR-93_1", draw_square(2.4, 48.9)),
    )
    points = Points.build(
        [
            ("p1800", *place_east(carre, 1_800)),
            ("p900", *place_east(carre, 900)),
            ("sans", None, None),
        ]
    )
    paires = [(code, cle) for code in ("QN97401N", "QRR-93_1", "QN09999N") for cle in points.cles]
    lues = {
        (d.perimetre, d.point): d.distance_m
        for d in measure_paires([carre, bobigny], points, paires)
    }
    toutes = measure_distances([carre, bobigny], points)
    assert lues == {(d.perimetre, d.point): d.distance_m for d in toutes}
    assert {cle for _, cle in lues} == {"p1800", "p900"}, "rien d’un océan à l’autre"
    assert not list(measure_paires([carre], points, []))


def test_inside_is_zero_and_ties_follow_the_key() -> None:
    carre = build("QN09301N", draw_square(2.4, 48.9))
    points = Points.build([("b", 2.405, 48.905), ("a", 2.405, 48.905), ("bord", 2.4, 48.9)])
    assert [(d.point, d.distance_m) for d in measure_distances([carre], points)] == [
        *(("a", 0.0), ("b", 0.0), ("bord", 0.0)),
    ]


def test_oceans_are_never_crossed_and_unknown_is_not_far() -> None:
    noumea, bobigny = (
        build("QRR-988_1", draw_square(166.45, -22.27)),
        build("QRR-93_1", draw_square(2.4, 48.9)),
    )
    points = Points.build([("paris", 2.35, 48.85), ("sans", None, None), ("inverse", 48.85, 2.35)])
    distances = measure_distances([noumea, bobigny], points)
    assert [(d.perimetre, d.point) for d in distances] == [("QRR-93_1", "paris")]
    assert distances.hors_zone == ("sans", "inverse")
    minima = distances.get_minima()
    assert np.isnan(minima[0])
    assert minima[1] > 1_000
    assert len(measure_distances([noumea], Points.build([]))) == 0


def test_a_far_nearest_is_found_across_the_whole_zone() -> None:
    corse = build("QRR-2A_1", draw_square(8.74, 41.92))
    points = Points.build([("brest", -4.48, 48.39), ("lille", 3.06, 50.63)])
    (distance,) = measure_distances([corse], points)
    assert (distance.point, distance.distance_m > 900_000) == ("lille", True)


def test_polynesian_islands_are_measured_each_in_its_projection() -> None:
    bora, tahiti = (
        build("QN98701N", draw_square(-151.74, -16.5)),
        build("QN98702N", draw_square(-149.57, -17.55)),
    )
    assert (bora.epsg, tahiti.epsg) == (3296, 3297)
    points = Points.build([("papeete", -149.565, -17.545)])
    lues = {d.perimetre: d.distance_m for d in measure_distances([bora, tahiti], points)}
    assert lues["QN98702N"] == 0
    assert 240_000 < lues["QN98701N"] < 270_000
    assert measure_overlaps([bora, tahiti], [bora])[0].part_b == pytest.approx(1)


@settings(max_examples=60, deadline=None)
@given(
    SOMMETS,
    st.lists(
        st.tuples(st.integers(-400, 400), st.integers(-400, 400)),
        min_size=1,
        max_size=12,
        unique=True,
    ),
)
def test_distances_are_those_of_the_second_hand(
    sommets: list[tuple[int, int]], lieux: list[tuple[int, int]]
) -> None:
    anneau = close(sommets)
    plat = flatten(anneau)
    assume(measure_area([plat]) > 10)
    points = Points.build(
        [(f"{i:02d}", 2.4 + x / 10_000, 48.9 + y / 10_000) for i, (x, y) in enumerate(lieux)]
    )
    est, nord = project_coordonnees(points.lon, points.lat, 2154)
    attendues = {
        cle: measure_distance([plat], x, y)
        for cle, x, y in zip(points.cles, est, nord, strict=True)
    }
    perimetre = build("QN09301N", anneau, pair_impair=True)
    lues = {d.point: d.distance_m for d in measure_distances([perimetre], points)}
    for cle, distance in lues.items():
        # A spike without area is an edge for the second hand only: it can only bring it nearer.
        assert attendues[cle] <= distance + 0.05
    assert {cle for cle, d in attendues.items() if d <= 1_000} >= {
        c for c, d in lues.items() if d <= 999.9
    }
    assert sum(d > 1_000 for d in lues.values()) <= 1


# --- overlaps


def test_shares_both_ways() -> None:
    grand, petit = (
        build("QRR-93_1", draw_square(2.4, 48.9)),
        build("QN09301N", draw_square(2.408, 48.908, 0.004)),
    )
    voisin, loin = (
        build("QN09302N", draw_square(2.41, 48.9)),
        build("QN97401N", draw_square(55.45, -20.88)),
    )
    (lu,) = measure_overlaps([grand], [petit, voisin, loin])
    assert (lu.a, lu.b) == ("QRR-93_1", "QN09301N")
    assert lu.part_a == pytest.approx(0.04, rel=1e-3)
    assert lu.part_b == pytest.approx(0.25, rel=1e-3)
    assert measure_overlaps([grand], [grand])[0].part_a == 1
