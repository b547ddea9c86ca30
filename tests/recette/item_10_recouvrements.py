"""10. The overlap shares of the 62 QRR against an independent area computation."""

from __future__ import annotations

import sqlite3

import numpy as np
from pyproj import Transformer

from quartiers.geo.zone import get_epsg, get_zone
from quartiers.sources import qpv, qrr
from quartiers.sources.lecture_geojson import Contour
from tests.geo.aire_independante import Tableau, measure_area, measure_common_area
from tests.recette import reel
from tests.recette.outils import Atelier, expect, play

ECART_MAX = 1e-4


def main(atelier: Atelier) -> str:
    """Shares as stored by the imports; the published rings, unrepaired, measured by another hand."""
    for charger in (reel.load_cog, reel.load_qpv_2024, reel.load_qrr):
        charger(atelier)
    parts = read_parts(atelier)
    qrrs = {
        q.code: q.contour
        for q in qrr.read(atelier.donnees / "qrr" / "sensible_zones.json.gz").donnees
    }
    qpvs = {
        q.code: q.contour for q in qpv.read(atelier.donnees / "qpv-2024" / "qpv.json.gz").donnees
    }
    pire, mesurees = 0.0, 0
    for code_qrr, contour in qrrs.items():
        zone = get_zone(code_qrr)
        expect(zone is not None, f"{code_qrr} sans projection")
        epsg = get_epsg(zone, contour.polygones[0][0][0][0]) if zone else 0
        anneaux = flatten(contour, epsg)
        boite = get_boite(contour)
        aire = measure_area(anneaux)
        for code_qpv, autre in qpvs.items():
            if not meets(boite, get_boite(autre)):
                continue
            communs = flatten(autre, epsg)
            commune = measure_common_area(anneaux, communs)
            attendue = (commune / measure_area(communs), commune / aire)
            stockee = parts.get((code_qrr, code_qpv), (0.0, 0.0))
            pire = max(pire, *(abs(a - b) for a, b in zip(attendue, stockee, strict=True)))
            mesurees += 1
    touches = len({code for code, _ in parts})
    expect(pire <= ECART_MAX, f"écart de {pire:.6f} entre les deux mains")
    expect(len(qrrs) == 62, f"{len(qrrs)} QRR")
    return (
        f"62 QRR, {mesurees} couples mesurés deux fois, {len(parts)} recouvrements sur {touches} QRR, "
        f"écart maximal des parts {pire:.1e}"
    )


def read_parts(atelier: Atelier) -> dict[tuple[str, str], tuple[float, float]]:
    """(share of the QPV, share of the QRR) by (QRR, QPV), from the base."""
    base = sqlite3.connect(atelier.dossier / "var" / "quartiers.sqlite3")
    try:
        lignes = base.execute(
            "SELECT parent, enfant, part, part_du_parent FROM storage_rattachement WHERE genre = 'recouvre'"
        ).fetchall()
    finally:
        base.close()
    return {
        (parent, enfant): (part, part_du_parent) for parent, enfant, part, part_du_parent in lignes
    }


def flatten(contour: Contour, epsg: int) -> list[Tableau]:
    """All the published rings, unrepaired, in metres."""
    machine = Transformer.from_crs(4326, epsg, always_xy=True)
    anneaux = [np.array(anneau) for polygone in contour.polygones for anneau in polygone]
    return [np.column_stack(machine.transform(a[:, 0], a[:, 1])) for a in anneaux]


Boite = tuple[float, float, float, float]


def get_boite(contour: Contour) -> Boite:
    """West, south, east, north in degrees."""
    points = np.array(
        [point for polygone in contour.polygones for anneau in polygone for point in anneau]
    )
    (ouest, sud), (est, nord) = points.min(axis=0), points.max(axis=0)
    return float(ouest), float(sud), float(est), float(nord)


def meets(a: Boite, b: Boite) -> bool:
    """The two boxes share a point."""
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


if __name__ == "__main__":
    play(main)
