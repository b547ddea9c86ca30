"""QPV and QRR on small files written by us in their true shapes, oddities included."""

from __future__ import annotations

import gzip
from typing import Any

import pytest

from quartiers.core.anomalie import DonneesRefusees
from quartiers.sources import get_source, list_sources, qpv, qrr
from quartiers.sources.corrections import load_corrections
from quartiers.sources.qrr_communes import load_qrr_communes
from tests.sources.formes import CARRE, TROU, collect, encode


def test_sources_are_found_by_walking_the_folder() -> None:
    assert [s.code for s in list_sources()] == ["cog", "france-services", "qpv", "qrr"]
    source = get_source("qpv")
    assert source.producteur == "ANCT"
    assert source.exhaustive
    assert "code_qp" in source.colonnes
    with pytest.raises(KeyError):
        get_source("inconnue")


# --- QPV


def build_qpv(**champs: Any) -> dict[str, Any]:
    """One QPV of the compact file."""
    return {"code": "QN09388N", "label": "Les Essais", "insee": ["93008"], "g": [[CARRE]]} | champs


BON = {"code_qp": "QN09388N", "lib_qp": "Les Essais", "insee_com": "93008"}


def test_qpv_compact_gzipped() -> None:
    octets = gzip.compress(
        encode({"meta": {}, "qpvs": [build_qpv(), build_qpv(code="QN02A99M", insee=["2A004"])]})
    )
    lecture = qpv.parse(octets, "qpv.json.gz")
    premier, second = lecture.donnees
    assert (
        premier.code,
        premier.generation,
        premier.departement,
        premier.communes,
        premier.ligne,
    ) == (*("QN09388N", 2024, "93", ("93008",), 1),)
    assert (second.departement, second.ligne) == ("2A", 2)
    assert premier.contour.polygones == (((*map(tuple, CARRE),),),)
    assert (lecture.rapport.lues, lecture.rapport.gardees) == (2, 2)
    assert len(lecture.empreinte) == 64


def test_qpv_geojson_of_both_generations() -> None:
    de_2024 = collect(
        [{"code_qp": "QN09388N", "lib_qp": " Les Essais ", "insee_com": "93008; 93010", "extra": 1}]
    )
    de_2015 = collect(
        [
            {
                "code_qp": "QP093088",
                "nom_qp": "Les Essais",
                "code_commune": "93008",
                "nom_commune": "A, B",
            }
        ]
    )
    lu = qpv.parse(encode(de_2024), "2024.geojson")
    assert (lu.donnees[0].nom, lu.donnees[0].communes) == ("Les Essais", ("93008", "93010"))
    assert [a.colonne for a in lu.rapport.avis] == ["extra"]
    assert qpv.parse(encode(de_2015), "2015.geojson").donnees[0].generation == 2015


def test_a_file_of_points_has_no_perimeter() -> None:
    points = collect(
        [{"code_qp": "QN09388N", "lib_qp": "x", "insee_com": "93008"}],
        {"type": "Point", "coordinates": [2, 48]},
    )
    with pytest.raises(DonneesRefusees, match="aucun périmètre"):
        qpv.parse(encode(points), "centroide.geojson")


def test_the_known_error_of_boueni_is_corrected_beside_the_source() -> None:
    (correction,) = load_corrections().values()
    assert (correction.cle, correction.avant, correction.apres) == (
        "QN97654C",
        ("97602",),
        ("97604",),
    )
    entree = build_qpv(code="QN97654C", insee=["97602"])
    lecture = qpv.parse(encode({"qpvs": [entree]}), "f")
    assert lecture.donnees[0].communes == ("97604",)
    assert "97602 corrigé en 97604" in str(lecture.rapport.reparees[0])
    deja = qpv.parse(encode({"qpvs": [entree | {"insee": ["97604"]}]}), "f")
    assert deja.donnees[0].communes == ("97604",)
    assert not deja.rapport.reparees
    assert "sans objet" in deja.rapport.avis[0].raison


def test_one_bad_qpv_in_two_hundred_is_set_aside_and_three_refuse_the_file() -> None:
    bons = [
        build_qpv(code=f"QN{d:03d}{n:02d}N", insee=[f"{d:02d}001"])
        for d in (11, 12)
        for n in range(100)
    ]
    ouvert = build_qpv(g=[[CARRE[:-1]]])
    lecture = qpv.parse(encode({"qpvs": [*bons, ouvert]}), "f")
    assert (lecture.rapport.lues, lecture.rapport.gardees) == (201, 200)
    assert [(a.ligne, a.raison) for a in lecture.rapport.ecartees] == [
        (201, "périmètre dont un anneau n’est pas fermé")
    ]
    with pytest.raises(DonneesRefusees, match="3 enregistrements sur 203 à écarter, plus de 1 %"):
        qpv.parse(encode({"qpvs": [*bons, ouvert, ouvert, ouvert]}), "f")


@pytest.mark.parametrize(
    ("valeur", "raison"),
    [
        ({"qpvs": [build_qpv(), build_qpv()]}, "déjà lu à la ligne 1"),
        ({"qpvs": []}, "ni une collection"),
        ({"zones": []}, "ni une collection"),
        ([], "ni une collection"),
        ({"qpvs": [{"code": "QN09388N"}]}, "QPV sans « label »"),
        ({"qpvs": [build_qpv(code="93_3")]}, "code de QPV"),
        ({"qpvs": [build_qpv(insee=[])]}, "aucune commune"),
        ({"qpvs": [build_qpv(g=[])]}, "périmètre vide"),
        ({"qpvs": [build_qpv(insee=None)]}, "ligne 1, colonne « insee » : rien"),
        ({"qpvs": [build_qpv(insee=[{}])]}, "ligne 1, colonne « insee » : un objet"),
        ({"qpvs": [build_qpv(code=["QN09388N"])]}, "ligne 1, colonne « code » : une liste"),
        ({"qpvs": [build_qpv(label=None)]}, "ligne 1, colonne « label » : rien"),
        ({"qpvs": [build_qpv(label="\x00A")]}, r"colonne « label » : .* \(U\+0000\) en place 1"),
        ({"qpvs": [build_qpv(g=[[[[2, 48], [2, 49], [10**400, 48], [2, 48]]]])]}, "hors du globe"),
        ({"qpvs": [build_qpv(g=[[[[2, 48], [2, 49], [[], 48], [2, 48]]]])]}, "nombre : une liste"),
        (collect([BON | {"lib_qp": ["x"]}]), "ligne 1, colonne « lib_qp » : une liste"),
        (collect([BON | {"lib_qp": "  "}]), "ligne 1, colonne « lib_qp » : nom vide"),
        (collect([BON | {"lib_qp": "é" * 256}]), r"colonne « lib_qp » : plus de 255 .* \(256\)"),
        (collect([BON]) | {"crs": {"properties": {"name": ["x"]}}}, "une liste ; attendues"),
        ({"qpvs": [build_qpv(g=[[[[2, 48], [2, 49], "x", [2, 48]]]])]}, "coordonnées absentes"),
        ({"qpvs": [build_qpv(g=[[[[2, 48], [2, 490], [3, 48], [2, 48]]]])]}, "hors du globe"),
        (collect([{"code_qp": "QN09388N"}]), "propriété obligatoire absente"),
        (collect([]), "vide"),
        (collect([{"code_qp": "x"}]) | {"crs": {"properties": {"name": "urn:ogc:def:crs:EPSG::2154"}}}, "2154"),
    ],
)  # fmt: skip
def test_a_qpv_file_that_cannot_be_trusted_is_refused(valeur: object, raison: str) -> None:
    with pytest.raises(DonneesRefusees, match=raison):
        qpv.parse(encode(valeur), "f")


def test_half_a_character_is_refused() -> None:
    octets = encode(collect([BON | {"lib_qp": "demi"}])).replace(b"demi", b"A\\ud800B")
    with pytest.raises(DonneesRefusees, match=r"« lib_qp » : moitié de caractère \(U\+D800\)"):
        qpv.parse(octets, "f")


def test_a_frame_of_coordinates_without_properties_says_nothing() -> None:
    assert qpv.parse(encode(collect([BON]) | {"crs": {"properties": None}}), "f").donnees


def test_a_geometry_whose_kind_is_no_word_is_no_perimeter() -> None:
    valeur = collect([BON, BON | {"code_qp": "QN09389N"}])
    valeur["features"][1]["geometry"] = {"type": ["Polygon"], "coordinates": []}
    with pytest.raises(DonneesRefusees, match="géométrie une liste là où un périmètre"):
        qpv.parse(encode(valeur), "f")


def test_infinite_coordinates_are_refused() -> None:
    texte = encode({"qpvs": [build_qpv(g=[[[[2, 48], [2, 49], [3, 77777], [2, 48]]]])]}).replace(
        b"77777", b"1e999"
    )
    with pytest.raises(DonneesRefusees, match="pas un nombre"):
        qpv.parse(texte, "f")


# --- QRR


def build_zone(**champs: Any) -> dict[str, Any]:
    """One zone of the compact file: two rings, one inside the other, in one list."""
    zone = {
        "name": "Essai - Nord",
        "dep": "93",
        "service": "PP",
        "vague": 1,
        "code": "93_9",
        "g": [[CARRE, TROU]],
    }
    return zone | champs


def test_qrr_of_both_shapes() -> None:
    (compact,) = qrr.parse(encode({"meta": {}, "zones": [build_zone()]}), "f").donnees
    assert (compact.code, compact.departement, compact.vague, compact.contour.pair_impair) == (
        "QRR-93_9",
        "93",
        1,
        True,
    )
    assert [len(anneaux) for anneaux in compact.contour.polygones] == [2]
    proprietes = {
        "nom": "Essai - Nord",
        "dep": "93",
        "service": "PP",
        "vague": "1",
        "code_qrr": "93_9",
    }
    (officiel,) = qrr.parse(encode(collect([proprietes])), "f").donnees
    assert (officiel.code, officiel.nom, officiel.contour.pair_impair) == (
        compact.code,
        compact.nom,
        False,
    )


def test_even_odd_rings_side_by_side_stay_one_list() -> None:
    (zone,) = qrr.parse(encode({"zones": [build_zone(g=[[CARRE], [TROU]])]}), "f").donnees
    assert [len(anneaux) for anneaux in zone.contour.polygones] == [2]


@pytest.mark.parametrize(
    ("valeur", "raison"),
    [
        ({"zones": [build_zone(), build_zone()]}, "déjà lu"),
        ({"zones": [build_zone(vague=4)]}, "vague « 4 » inconnue"),
        ({"zones": [build_zone(code="93-9")]}, "code de QRR"),
        ({"zones": [build_zone(code={})]}, "ligne 1, colonne « code_qrr » : un objet"),
        ({"zones": [build_zone(name=None)]}, "ligne 1, colonne « nom » : rien"),
        ({"zones": [build_zone(name=" ")]}, "ligne 1, colonne « nom » : nom vide"),
        ({"zones": [build_zone(name="x" * 256)]}, "ligne 1, colonne « nom » : plus de 255"),
        ({"zones": [build_zone(service=["PP"])]}, "ligne 1, colonne « service » : une liste"),
        ({"zones": [build_zone(vague=[1])]}, "ligne 1, colonne « vague » : une liste"),
        ({"zones": [{"code": "93_9"}]}, "QRR sans « name »"),
        ({"qpvs": []}, "ni une collection"),
    ],
)
def test_a_qrr_file_that_cannot_be_trusted_is_refused(valeur: object, raison: str) -> None:
    with pytest.raises(DonneesRefusees, match=raison):
        qrr.parse(encode(valeur), "f")


def test_a_qrr_said_elsewhere_than_its_code_is_told() -> None:
    lecture = qrr.parse(encode({"zones": [build_zone(dep="75")]}), "f")
    assert "93_9 dit dans le département 75" in lecture.rapport.avis[0].raison


def test_communes_of_qrr_are_62_and_say_where_they_come_from() -> None:
    table = load_qrr_communes()
    assert len(table) == 62
    for lues in table.values():
        assert all(lue.source and (lue.part is None) == lue.deduit for lue in lues)
        assert sum(lue.part or 0 for lue in lues) <= 1
    assert [lue.commune for lue in table["QRR-93_3"]] == ["93005", "93071"]
