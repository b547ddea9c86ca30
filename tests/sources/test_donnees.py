"""The real files, when they stand beside the project: totals, and the oddities their readers must meet."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from quartiers.core.anomalie import DonneesRefusees
from quartiers.sources import cog, france_services, qpv, qrr
from quartiers.sources.code import fold_arrondissement
from quartiers.sources.qrr_communes import load_qrr_communes

pytestmark = pytest.mark.donnees


@pytest.fixture(scope="module")
def lu_cog(donnees: Path) -> cog.Cog:
    """The COG, read once."""
    return cog.read(donnees / "cog")


def test_qpv_2024_in_both_files(donnees: Path) -> None:
    compact = qpv.read(donnees / "qpv-2024" / "qpv.json.gz")
    geojson = qpv.read(donnees / "qpv-2024" / "qpv_2024_reserialise.geojson")
    assert compact.donnees == geojson.donnees
    assert len(compact.donnees) == 1584
    assert Counter(q.departement for q in compact.donnees if q.departement > "96") == {
        "971": 19,
        "972": 9,
        "973": 29,
        "974": 57,
        "976": 17,
        "978": 3,
        "987": 88,
    }
    assert sum(len(q.communes) > 1 for q in compact.donnees) == 149
    assert [a.raison[:8] for a in compact.rapport.reparees] == ["QN97654C"]
    assert not compact.rapport.avis


def test_qpv_2015_and_the_file_without_perimeter(donnees: Path) -> None:
    assert len(qpv.read(donnees / "qpv-2015-occitanie" / "qp.geojson").donnees) == 105
    with pytest.raises(DonneesRefusees, match="aucun périmètre"):
        qpv.read(donnees / "qpv-2024" / "centroide-4326_qpv.geojson")


def test_qrr_in_both_files(donnees: Path) -> None:
    compact = qrr.read(donnees / "qrr" / "sensible_zones.json.gz").donnees
    geojson = qrr.read(donnees / "qrr" / "qrr_reserialise.geojson").donnees
    assert [(q.code, q.nom, q.service, q.vague) for q in compact] == [
        (q.code, q.nom, q.service, q.vague) for q in geojson
    ]
    assert Counter(q.vague for q in compact) == {1: 15, 2: 31, 3: 16}
    assert {q.code for q in compact} == set(load_qrr_communes())


def test_communes_of_qrr_are_communes_of_their_departement(donnees: Path, lu_cog: cog.Cog) -> None:
    for zone in qrr.read(donnees / "qrr" / "qrr_reserialise.geojson").donnees:
        for lue in load_qrr_communes()[zone.code]:
            territoire = {t.code: t for t in lu_cog.territoires}[f"COM-{lue.commune}"]
            assert f"DEP-{zone.departement}" in territoire.parents


def test_france_services_2024(donnees: Path, lu_cog: cog.Cog) -> None:
    lecture = france_services.read(donnees / "france-services" / "liste-fs-20240801.csv")
    assert Counter(s.format.value for s in lecture.donnees) == {
        "fixe": 2400,
        "multisites": 174,
        "bus": 134,
        "fixe_antennes": 108,
        "itinerante": 29,
    }
    assert sum(s.antenne for s in lecture.donnees) == 124
    assert not lecture.rapport.ecartees
    avis = [a.raison for a in lecture.rapport.avis]
    assert [a for a in avis if "département" in a] == ["1820 : département 27, commune 76540"]
    assert sum("même point" in a for a in avis) == 15
    assert all(s.commune and lu_cog.fold_commune(s.commune) for s in lecture.donnees)
    assert all(
        lu_cog.fold_commune(s.commune) == fold_arrondissement(s.commune)
        for s in lecture.donnees
        if s.commune and s.commune[:2] in {"75", "13", "69"}
    )
    # A cell with line breaks: the line is that of the file, not the rank of the record.
    texte = (donnees / "france-services" / "liste-fs-20240801.csv").read_bytes().split(b"\n")
    assert all(texte[s.ligne - 1].startswith(f'"{s.cle}"'.encode()) for s in lecture.donnees)
    assert any(s.ligne != rang for rang, s in enumerate(lecture.donnees, start=2))


def test_france_services_2020(donnees: Path) -> None:
    lecture = france_services.read(donnees / "france-services" / "france_services.geojson")
    assert len(lecture.donnees) == 908
    assert sum(not s.fixe for s in lecture.donnees) == 53
    assert {s.label_le.isoformat() for s in lecture.donnees} == {
        "2020-01-01",
        "2020-02-01",
        "2020-09-01",
    }
    assert sum("commune laissée inconnue" in a.raison for a in lecture.rapport.reparees) == 2
    assert all(len(s.departement) > 1 for s in lecture.donnees)


def test_cog(lu_cog: cog.Cog) -> None:
    genres = Counter(t.genre.value for t in lu_cog.territoires)
    assert genres == {
        "nation": 1,
        "region": 18,
        "departement": 101,
        "collectivite": 8,
        "epci": 1255 + 11,
        "commune": 34935 + 94,
    }
    par_code = {t.code: t for t in lu_cog.territoires}
    assert par_code["COM-93005"].parents == ("EPCI-200058097", "EPCI-200054781", "DEP-93")
    assert par_code["COM-97801"].parents == ("DEP-978",)
    assert len(lu_cog.arrondissements) == 333
    assert sum(ancien[:3] in {"751", "132", "693"} for ancien in lu_cog.anciens) >= 45
    assert all(f"COM-{present}" in par_code for present in lu_cog.anciens.values())
    assert not any(r.ecartees for r in lu_cog.rapports)
    avis = [a.raison for rapport in lu_cog.rapports for a in rapport.avis]
    assert any(raison.startswith("4 communes sans EPCI") for raison in avis)
