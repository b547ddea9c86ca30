"""France services on small files written by us in their two true shapes, oddities included."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from quartiers.core.anomalie import DonneesRefusees
from quartiers.sources import france_services
from quartiers.sources.france_services import Format
from tests.sources.formes import collect, encode

ENTETE_FS = (
    '"id_fs","insee_dep","lib_fs","adresse","complement_adresse","insee_com","code_postal","lib_com","latitude",'
    '"longitude","mail","telephone","h_lundi","h_mardi","h_mercredi","h_jeudi","h_vendredi","h_samedi","prise_rdv",'
    '"commentaire","type_fs","format_fs","groupe_fs","labellisation_fs"'
)


def write_fs(
    *,
    cle: str = "9001",
    departement: str = "93",
    commune: str = "93008",
    lat: str = "48.905",
    lon: str = "2.405",
    format_: str = "Fixe",
    label: str = "Espace labellisé 01/09/2023",
    commentaire: str = "",
    nom: str = "France services d’essai",
    mail: str = "a@exemple.fr",
) -> str:
    """One row of the list."""
    return (
        f'"{cle}","{departement}","{nom}","1 rue  de l’Essai",,"{commune}","93000","Essai",{lat},{lon},'
        f'"{mail}","01 02 03 04 05","09:00 - 12:00",,,,,,"Non","{commentaire}","Principal","{format_}",,"{label}"'
    )


def parse_fs(*lignes: str) -> Any:
    """The reading of these rows."""
    return france_services.parse("\n".join((ENTETE_FS, *lignes)).encode(), "fs.csv")


def test_a_structure() -> None:
    (structure,) = parse_fs(write_fs()).donnees
    assert (structure.cle, structure.commune, structure.lon, structure.lat) == (
        "9001",
        "93008",
        2.405,
        48.905,
    )
    assert (structure.format, structure.fixe, structure.antenne) == (Format.FIXE, True, False)
    assert structure.label_le == date(2023, 9, 1)
    assert structure.adresse == "1 rue de l’Essai"
    assert structure.horaires == (("lundi", "09:00 - 12:00"),)
    assert structure.ligne == 2


def test_a_cell_on_several_lines_moves_the_lines_after_it() -> None:
    lecture = parse_fs(write_fs(commentaire="un\ndeux\ntrois"), write_fs(cle="9002", lon="2.406"))
    assert [s.ligne for s in lecture.donnees] == [2, 5]


def test_formats() -> None:
    noms = ("Fixe", "Multisites", "Fixe_antenne(s)", "Bus_équivalent", "Itinérante")
    lecture = parse_fs(
        *(write_fs(cle=str(i), lon=f"2.4{i}", format_=nom) for i, nom in enumerate(noms))
    )
    assert [s.fixe for s in lecture.donnees] == [True, True, True, False, False]


def test_oddities_are_told_and_kept() -> None:
    lecture = parse_fs(
        write_fs(commune="76540", departement="27", format_="Bus_équivalent"),
        write_fs(cle="9002", commune="2B14", departement="2B"),
        write_fs(cle="9003", commune="1004", departement="1", lon="", lat=""),
    )
    assert [s.commune for s in lecture.donnees] == ["76540", None, "01004"]
    assert [(a.ligne, a.colonne) for a in lecture.rapport.avis] == [
        (2, "insee_dep"),
        (4, "longitude"),
        (3, "longitude"),
    ]
    assert [(a.ligne, a.colonne) for a in lecture.rapport.reparees] == [
        (3, "insee_com"),
        (4, "insee_dep"),
        (4, "insee_com"),
    ]
    assert lecture.donnees[2].lon is None


@pytest.mark.parametrize(
    ("lat", "lon", "raison"),
    [
        ("48.9050.1", "2.405", "48.9050.1"),
        ("48.905", "", "coordonnée"),
        ("98", "2.4", "dépasse 90"),
    ],
)
def test_a_point_that_cannot_be_read_is_unknown(lat: str, lon: str, raison: str) -> None:
    """The structure is kept: set aside, the list would prove its absence."""
    lecture = parse_fs(write_fs(lat=lat, lon=lon))
    assert [(s.lon, s.lat) for s in lecture.donnees] == [(None, None)]
    (avis,) = lecture.rapport.avis
    assert (avis.ligne, avis.colonne) == (2, "longitude")
    assert raison in avis.raison


@pytest.mark.parametrize(
    ("ligne", "raison"),
    [
        (write_fs(format_="Volante"), "format « Volante » inconnu"),
        (write_fs(label="Espace labellisé 31/02/2023"), "n’existe pas"),
        (write_fs(label="Espace labellisé 13/2023"), "mois qui n’existe pas"),
        (write_fs(label="Labellisé"), "illisible"),
        (write_fs(departement="20"), "département"),
        (write_fs(cle=""), "sans identifiant"),
        (write_fs(cle="9" * 81), "plus de 80 caractères"),
        (write_fs(nom=" "), "nom vide"),
        (write_fs(nom="é" * 256), "plus de 255 caractères (256)"),
        (write_fs(nom="un\ndeux"), "caractère de commande (U+000A)"),
        (write_fs(commentaire="a\x07"), "caractère de commande (U+0007)"),
    ],
)
def test_a_structure_that_cannot_be_read_is_set_aside(ligne: str, raison: str) -> None:
    with pytest.raises(DonneesRefusees, match=re.escape(raison)):
        parse_fs(ligne)
    bonnes = [write_fs(cle=str(n), lon=f"2.4{n:03d}") for n in range(100)]
    lecture = parse_fs(*bonnes, ligne)
    assert (lecture.rapport.lues, lecture.rapport.gardees) == (101, 100)
    assert raison in lecture.rapport.ecartees[0].raison


def test_a_faulty_text_is_told_with_its_column_and_a_column_not_kept_is_not_judged() -> None:
    with pytest.raises(DonneesRefusees, match="ligne 2, colonne « lib_fs » : nom vide"):
        parse_fs(write_fs(nom=""))
    assert parse_fs(write_fs(mail="a\x07")).donnees


def test_the_same_structure_twice_is_refused() -> None:
    with pytest.raises(DonneesRefusees, match="9001 déjà lu à la ligne 2"):
        parse_fs(write_fs(), write_fs())


def build_2020(matricule: int, label: str, **champs: Any) -> dict[str, Any]:
    """One feature of the list of 2020."""
    vides = dict.fromkeys(france_services._COLONNES_2020.values(), "")
    base = {
        "MATRICULE": matricule,
        "DEPARTEMENT": "1",
        "lib_france_services": "Essai",
        "insee_com": "01004",
        "LATITUDE": 46.1,
        "LONGITUDE": 5 + matricule / 100,
        "categorie": "FS",
        "Labellisation": f"Espace labellisé {label}",
    }
    return vides | base | champs


def test_the_schema_of_2020_and_its_five_spellings() -> None:
    labels = ("01/2020", "01/09/2020", "02/2020", "01/01/2020", "01/02/2020")
    proprietes = [build_2020(i, label) for i, label in enumerate(labels, 1)]
    proprietes[1] |= {"categorie": "Antenne itinerante"}
    lecture = france_services.parse(
        encode(collect(proprietes, {"type": "Point", "coordinates": [5, 46]})), "fs.geojson"
    )
    assert [s.label_le.isoformat() for s in lecture.donnees] == [
        *("2020-01-01", "2020-09-01", "2020-02-01", "2020-01-01", "2020-02-01"),
    ]
    assert {s.departement for s in lecture.donnees} == {"01"}
    assert [(s.fixe, s.antenne) for s in lecture.donnees[:2]] == [(True, False), (False, True)]
    assert [s.ligne for s in lecture.donnees] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("champ", "valeur", "raison"),
    [
        ("lib_france_services", ["x"], "colonne « lib_fs » : une liste"),
        ("lib_france_services", None, "colonne « lib_fs » : nom vide"),
        ("lib_france_services", "A\x00", "colonne « lib_fs » : caractère de commande"),
        ("ADRESSE", {"rue": 1}, "colonne « adresse » : un objet"),
        ("MATRICULE", True, "colonne « id_fs » : un booléen"),
    ],
)
def test_in_2020_a_cell_that_is_no_text_is_refused(champ: str, valeur: object, raison: str) -> None:
    proprietes = [build_2020(1, "01/2020", **{champ: valeur})]
    valeurs = collect(proprietes, {"type": "Point", "coordinates": [5, 46]})
    with pytest.raises(DonneesRefusees, match=f"ligne 1, {raison}"):
        france_services.parse(encode(valeurs), "fs.geojson")


def test_an_absence_is_proved_where_the_programme_runs() -> None:
    assert [
        france_services.is_exhaustive(d) for d in ("93", "2A", "974", "978", "988", "987", "975")
    ] == [
        *(True, True, True, True, False, False, False),
    ]
