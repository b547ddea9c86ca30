"""QPV and QRR on small files written by us in their true shapes, oddities included."""

from __future__ import annotations

import gzip
from collections.abc import Callable
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


# --- GeoJSON born of a shapefile


def list_refus(valeur: object, parse: Callable[[bytes, str], object] = qpv.parse) -> list[str]:
    """The lines of a refusal."""
    with pytest.raises(DonneesRefusees) as refus:
        parse(encode(valeur), "f")
    return str(refus.value).splitlines()


def test_properties_in_capitals_are_read() -> None:
    """Names compare folded, like those of columns: case alone is not worth a word."""
    de_2015 = collect([{"CODE_QP": "QP093088", "NOM_QP": "Les Essais", "CODE_COMMUNE": "93008"}])
    lu = qpv.parse(encode(de_2015), "f")
    (qp,) = lu.donnees
    assert (qp.code, qp.nom, qp.communes, qp.generation) == ("QP093088", "Les Essais", ("93008",), 2015)  # fmt: skip
    assert not lu.rapport.reparees
    assert not lu.rapport.avis
    de_2024 = collect([{"Code QP": "QN09388N", "LIB-QP": "Les Essais", "Insee_Com": "93008"}])
    lu = qpv.parse(encode(de_2024), "f")
    assert lu.donnees[0].communes == ("93008",)
    assert [(a.ligne, a.colonne, a.raison) for a in lu.rapport.reparees] == [
        (None, "code_qp", "propriété « Code QP » lue « code_qp »"),
        (None, "lib_qp", "propriété « LIB-QP » lue « lib_qp »"),
    ]


@pytest.mark.parametrize("coupee", ["code_commu", "CODE_COMMU"])
def test_properties_cut_at_ten_letters_are_read_and_told(coupee: str) -> None:
    objets = [{"code_qp": f"QP09308{n}", "nom_qp": f"Essai {n}", coupee: "93008"} for n in range(3)]
    lu = qpv.parse(encode(collect(objets)), "f")
    assert [q.communes for q in lu.donnees] == [("93008",)] * 3
    assert [a.raison for a in lu.rapport.reparees] == [
        f"propriété « {coupee} » lue « code_commune »"
    ]


def test_a_name_cut_elsewhere_is_not_guessed() -> None:
    (refus,) = list_refus(collect([{"code_qp": "QP093088", "nom_qp": "A", "code_com": "93008"}]))
    assert refus == (
        "f, colonne « code_commune » : propriété obligatoire absente (1 objet) ; "
        "la plus proche trouvée est « code_com »"
    )


def test_the_whole_name_wins_over_the_one_cut_at_ten() -> None:
    entier = {"code_qp": "QP093088", "nom_qp": "A", "code_commune": "93008", "code_commu": "x"}
    lu = qpv.parse(encode(collect([entier])), "f")
    assert lu.donnees[0].communes == ("93008",)
    assert [a.colonne for a in lu.rapport.avis] == ["code_commu"]


def test_one_refusal_for_each_property_however_many_features_lack_it() -> None:
    objets: list[dict[str, Any]] = [{"id": n, "CODE_QUART": n} for n in range(1584)]
    refus = list_refus(collect(objets))
    assert len(refus) == 3
    assert refus[0] == (
        "f, colonne « code_qp » : propriété obligatoire absente (1\u202f584 objets) ; "
        "la plus proche trouvée est « CODE_QUART »"
    )


def test_the_name_of_a_commune_is_not_its_code() -> None:
    objets = [{"CODE_QP": f"QP09308{n}", "NOM_QP": "A", "COMMUNE_QP": "Bobigny"} for n in range(4)]
    (refus,) = list_refus(collect(objets))
    assert refus == (
        "f, colonne « code_commune » : propriété obligatoire absente (4 objets) ; la plus proche trouvée est "
        "« COMMUNE_QP », qui donne le nom de la commune, là où son code Insee est attendu"
    )


def test_a_property_that_some_features_lack_says_which() -> None:
    objets = [BON | {"code_qp": f"QN0938{n}N"} for n in range(10, 20)]
    for rang in (2, 5):
        del objets[rang]["insee_com"]
    assert list_refus(collect(objets)) == [
        "f, ligne 3, colonne « insee_com » : propriété obligatoire absente (2 objets sur 10, lignes 3, 6)"
    ]


def test_one_property_under_two_writings_is_refused() -> None:
    objets = [BON | {"Code_QP": "QN09389N"}] * 3
    (refus,) = list_refus(collect(objets))
    assert refus == (
        "f, ligne 1, colonne « code_qp » : propriété présente deux fois : « code_qp » et « Code_QP » ; "
        "n’en garder qu’une"
    )


def test_features_without_geometry_are_named_as_such_in_one_line() -> None:
    valeur = collect([BON | {"code_qp": f"QN093{n}N"} for n in range(10, 50)])
    for rang in range(7):
        valeur["features"][4 * rang]["geometry"] = None
    assert list_refus(valeur) == [
        "f, ligne 1 : géométrie absente (null) : 7 objets sur 40, lignes 1, 5, 9, 13, 17, …"
    ]
    for feature in valeur["features"]:
        feature["geometry"] = None
    assert list_refus(valeur) == ["f, ligne 1 : géométrie absente (null) : 40 objets"]


def test_one_feature_without_geometry_in_two_hundred_is_set_aside() -> None:
    valeur = collect([BON | {"code_qp": f"QN{d}{n:02d}N"} for d in ("093", "092") for n in range(100)])  # fmt: skip
    valeur["features"][6]["geometry"] = None
    lu = qpv.parse(encode(valeur), "f")
    assert [(a.ligne, a.raison) for a in lu.rapport.ecartees] == [(7, "géométrie absente (null)")]


@pytest.mark.parametrize("code", [93008.0, "93008.0"])
def test_a_commune_code_that_went_through_a_float_is_read_and_told(code: object) -> None:
    lu = qpv.parse(encode(collect([BON | {"insee_com": code}])), "f")
    assert lu.donnees[0].communes == ("93008",)
    assert [(a.ligne, a.raison) for a in lu.rapport.reparees] == [(1, f"« {code} » lu 93008")]


def test_a_lost_zero_is_given_back_after_a_float() -> None:
    lu = qpv.parse(encode(collect([BON | {"code_qp": "QN00188N", "insee_com": 1004.0}])), "f")
    assert lu.donnees[0].communes == ("01004",)
    assert [a.raison for a in lu.rapport.reparees] == ["« 1004.0 » lu 01004"]


@pytest.mark.parametrize("code", ["93008.5", "93008.", "930.08", "93008.0.0"])
def test_what_is_no_whole_number_is_no_commune(code: str) -> None:
    with pytest.raises(DonneesRefusees, match=f"« {code} » n’est pas un code de commune"):
        qpv.parse(encode(collect([BON | {"insee_com": code}])), "f")


def test_qrr_born_of_a_shapefile() -> None:
    proprietes = {"NOM": "Essai", "DEP": 93.0, "SERVICE": "PP", "VAGUE": 1.0, "CODE_QRR": "93_9"}
    lu = qrr.parse(encode(collect([proprietes])), "f")
    (zone,) = lu.donnees
    assert (zone.code, zone.departement, zone.vague) == ("QRR-93_9", "93", 1)
    assert [a.raison for a in lu.rapport.reparees] == ["« 93.0 » lu 93"]
    del proprietes["DEP"]
    assert list_refus(collect([proprietes] * 2), qrr.parse) == [
        "f, colonne « dep » : propriété obligatoire absente (2 objets) ; aucune autre propriété trouvée"
    ]


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
