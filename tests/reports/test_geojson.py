"""GeoJSON (RFC 7946): one feature per territoire, a perimeter that nobody knows is null."""

from __future__ import annotations

import json

import pytest
from shapely import from_wkt
from shapely.geometry import Polygon, shape

from quartiers.geo.geojson import merge_geometries, render_geometrie
from quartiers.reports.tableau_geojson import write_geojson
from tests.reports.monde import list_monde

CARRE = "POLYGON ((0 0, 0 1, 1 1, 1 0, 0 0), (0.2 0.2, 0.4 0.2, 0.4 0.4, 0.2 0.4, 0.2 0.2))"


def test_une_entite_par_territoire() -> None:
    geometrie = render_geometrie(from_wkt(CARRE))
    rendu = json.loads(write_geojson(list_monde(), {"QRR-1_1": geometrie}))
    assert rendu["type"] == "FeatureCollection"
    assert [f["id"] for f in rendu["features"]] == ["DEP-1", "QRR-1_1", "QRR-1_2"]
    assert [f["geometry"] for f in rendu["features"]] == [None, geometrie, None]
    dep, connu, inconnu = (f["properties"] for f in rendu["features"])
    assert dep["nom"] == "=Val & <Brume>"
    assert (dep["E1"], dep["genre"]) == (None, "departement")
    assert (connu["vu_le"], connu["connu_le"]) == ("2026-11-23", "2026-11-24")
    assert connu["couverture"] == 1
    assert sum(connu["statuts"].values()) == 7
    assert inconnu["E1"] == "donnees_insuffisantes"
    assert inconnu["couverture"] == 0


def test_les_memes_octets() -> None:
    assert write_geojson(list_monde(), {}) == write_geojson(list_monde(), {})


def test_les_anneaux_tournent_comme_le_veut_la_rfc() -> None:
    """3.1.6: the outer ring anticlockwise, the holes clockwise."""
    rendu = render_geometrie(from_wkt(CARRE))
    polygone = shape(rendu)
    assert isinstance(polygone, Polygon)
    assert polygone.exterior.is_ccw
    assert not polygone.interiors[0].is_ccw
    assert polygone.area == pytest.approx(0.96)


def test_un_quartier_cible_a_le_perimetre_de_ce_qu_il_tient() -> None:
    gauche, droite = from_wkt("POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0))"), from_wkt("POLYGON ((1 0, 2 0, 2 1, 1 1, 1 0))")  # fmt: skip
    assert merge_geometries([gauche, droite]).equals(
        from_wkt("POLYGON ((0 0, 2 0, 2 1, 0 1, 0 0))")
    )
