"""The 62 QRR and the real QPV: measured twice, by two hands that share no code."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from pyproj import Transformer

from quartiers.geo.distance import Points, measure_distances
from quartiers.geo.perimetre import Perimetre, Perimetres, Trace, build_perimetres
from quartiers.geo.recouvrement import measure_overlaps
from quartiers.sources import france_services, qpv, qrr
from quartiers.sources.lecture import Lecture
from quartiers.sources.lecture_geojson import Contour
from tests.geo.aire_independante import (
    Tableau,
    measure_area,
    measure_common_area,
    measure_distance,
)

pytestmark = pytest.mark.donnees


def trace(lecture: Lecture[qpv.Qpv] | Lecture[qrr.Qrr]) -> list[Trace]:
    """The published perimeters of a source."""
    return [
        Trace(d.code, d.contour.polygones, d.contour.pair_impair, d.ligne) for d in lecture.donnees
    ]


@pytest.fixture(scope="module")
def lus(donnees: Path) -> dict[str, tuple[list[Trace], Perimetres]]:
    """Traces and perimeters of the real files."""
    lectures: dict[str, Lecture[qpv.Qpv] | Lecture[qrr.Qrr]] = {
        "qrr": qrr.read(donnees / "qrr" / "sensible_zones.json.gz"),
        "qrr-geojson": qrr.read(donnees / "qrr" / "qrr_reserialise.geojson"),
        "qpv": qpv.read(donnees / "qpv-2024" / "qpv.json.gz"),
        "qpv-2015": qpv.read(donnees / "qpv-2015-occitanie" / "qp.geojson"),
    }
    return {
        nom: (traces := trace(lecture), build_perimetres(traces, nom))
        for nom, lecture in lectures.items()
    }


@cache
def make_machine(epsg: int) -> Transformer:
    """Degrees into metres; a projection takes longer to prepare than a quartier to draw."""
    return Transformer.from_crs(4326, epsg, always_xy=True)


def flatten(contour: Trace | Contour, epsg: int) -> list[Tableau]:
    """All the published rings, unrepaired, in metres."""
    machine = make_machine(epsg)
    anneaux = [np.array(anneau) for polygone in contour.polygones for anneau in polygone]
    return [np.column_stack(machine.transform(a[:, 0], a[:, 1])) for a in anneaux]


def test_repairs_stay_under_one_percent(lus: dict[str, tuple[list[Trace], Perimetres]]) -> None:
    comptes = {nom: (len(p.perimetres), len(p.reparations)) for nom, (_, p) in lus.items()}
    assert comptes == {
        "qrr": (62, 6),
        "qrr-geojson": (62, 0),
        "qpv": (1584, 586),
        "qpv-2015": (105, 32),
    }
    ecarts = [r.ecart for _, p in lus.values() for r in p.reparations]
    assert 0.008 < max(ecarts) < 0.01
    assert all(
        p.wgs84.is_valid and p.plan.is_valid for _, ps in lus.values() for p in ps.perimetres
    )


def test_both_files_of_qrr_give_the_same_areas(
    lus: dict[str, tuple[list[Trace], Perimetres]],
) -> None:
    for a, b in zip(lus["qrr"][1].perimetres, lus["qrr-geojson"][1].perimetres, strict=True):
        assert a.code == b.code
        assert a.aire_m2 == pytest.approx(b.aire_m2, rel=1e-9)


@pytest.mark.lent
def test_areas_of_all_qrr_and_invalid_qpv_measured_twice(
    lus: dict[str, tuple[list[Trace], Perimetres]],
) -> None:
    qpv_invalides = {r.code for r in lus["qpv"][1].reparations}
    for nom in ("qrr", "qpv"):
        for publie, perimetre in zip(lus[nom][0], lus[nom][1].perimetres, strict=True):
            if nom == "qrr" or perimetre.code in qpv_invalides:
                aire = measure_area(flatten(publie, perimetre.epsg))
                assert perimetre.aire_m2 == pytest.approx(aire, rel=1e-6, abs=0.5), perimetre.code


def is_near(a: Perimetre, b: Perimetre) -> bool:
    """Whether the boxes of two perimeters of one projection meet."""
    o, s, e, n = a.plan.bounds
    ob, sb, eb, nb = b.plan.bounds
    return a.epsg == b.epsg and bool(o <= eb and ob <= e and s <= nb and sb <= n)


@pytest.mark.lent
def test_overlaps_of_62_qrr_with_every_qpv_measured_twice(
    lus: dict[str, tuple[list[Trace], Perimetres]],
) -> None:
    qrrs, qpvs = (
        list(zip(lus[nom][0], lus[nom][1].perimetres, strict=True)) for nom in ("qrr", "qpv")
    )
    lu = {
        (r.a, r.b): r
        for r in measure_overlaps([p for _, p in qrrs], [p for _, p in qpvs], aire_min_m2=0)
    }
    compares = 0
    for trace_a, a in qrrs:
        for trace_b, b in qpvs:
            if not is_near(a, b):
                assert (a.code, b.code) not in lu
                continue
            aire = measure_common_area(flatten(trace_a, a.epsg), flatten(trace_b, b.epsg))
            mesure = lu.get((a.code, b.code))
            assert (mesure.aire_m2 if mesure else 0.0) == pytest.approx(aire, rel=1e-6, abs=0.5), (
                a.code,
                b.code,
            )
            compares += 1
    assert compares > 124


def test_what_the_domaine_measured(lus: dict[str, tuple[list[Trace], Perimetres]]) -> None:
    qrrs, qpvs = lus["qrr"][1].perimetres, lus["qpv"][1].perimetres
    lu = measure_overlaps(qrrs, qpvs)
    assert len({r.b for r in lu}) == 121
    assert len({r.b for r in lu if r.part_b >= 0.5}) == 100
    assert {p.code for p in qrrs} - {r.a for r in lu} == {"QRR-95_1", "QRR-988_1"}
    contenus = Counter(Counter(r.a for r in lu if r.part_b >= 0.5).values())
    assert (contenus[1], contenus[2] + contenus[3] + contenus[4], 62 - sum(contenus.values())) == (
        28,
        29,
        5,
    )
    aires = sorted(p.aire_m2 / 1e6 for p in qrrs)
    assert (round(aires[0], 2), round(aires[-1]), round(float(np.median(aires)), 1)) == (
        0.29,
        101,
        2.7,
    )


def test_fixed_france_services_of_the_quartiers(
    donnees: Path, lus: dict[str, tuple[list[Trace], Perimetres]]
) -> None:
    structures = france_services.read(donnees / "france-services" / "liste-fs-20240801.csv").donnees
    points = Points.build([(s.cle, s.lon, s.lat) for s in structures if s.fixe])
    attendus = {"qrr": (41, 45, 47, 54, 59), "qpv": (318, 467, 541, 735, 1038)}
    for nom, comptes in attendus.items():
        perimetres = [p for p in lus[nom][1].perimetres if p.zone != "polynesie"]
        distances = measure_distances(perimetres, points)
        assert distances.hors_zone == ()
        minima = distances.get_minima()
        inconnus = [p.code for p, d in zip(perimetres, minima, strict=True) if np.isnan(d)]
        assert inconnus == (["QRR-988_1"] if nom == "qrr" else [])
        assert tuple(int((minima <= m).sum()) for m in (0, 300, 500, 1_000, 2_000)) == comptes


def test_distances_to_every_qrr_measured_twice(
    donnees: Path, lus: dict[str, tuple[list[Trace], Perimetres]]
) -> None:
    structures = [
        s
        for s in france_services.read(donnees / "france-services" / "liste-fs-20240801.csv").donnees
        if s.fixe
    ]
    points = Points.build([(s.cle, s.lon, s.lat) for s in structures])
    traces, perimetres = lus["qrr"][0], lus["qrr"][1].perimetres
    distances = measure_distances(perimetres, points)
    par_cle = {s.cle: s for s in structures}
    plats = {p.code: flatten(t, p.epsg) for t, p in zip(traces, perimetres, strict=True)}
    epsg = {p.code: p.epsg for p in perimetres}
    for d in distances:
        s = par_cle[d.point]
        x, y = make_machine(epsg[d.perimetre]).transform(s.lon, s.lat)
        assert d.distance_m == pytest.approx(measure_distance(plats[d.perimetre], x, y), abs=0.01)
