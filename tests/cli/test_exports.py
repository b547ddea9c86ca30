"""`tableau --format …`, `exporter`, `schema`: files written, calls refused."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from quartiers.core.enregistrement import list_colonnes
from quartiers.core.genres import GENRES_IMPORTABLES, PETITS_GENRES
from quartiers.core.genres.poste import Poste
from tests.cli.conftest import DATES, DEMO, Sortie, call


def read_csv(texte: str) -> list[list[str]]:
    """Lines of a CSV of ours, its header first."""
    return list(csv.reader(io.StringIO(texte.removeprefix("\ufeff")), delimiter=";"))


@pytest.mark.parametrize("forme", ["xlsx", "ods"])
def test_un_tableur_s_ecrit_dans_un_fichier(base: None, tmp_path: Path, forme: str) -> None:
    chemins = [tmp_path / f"{n}.{forme}" for n in range(2)]
    for chemin in chemins:
        assert call("tableau", "DEP-00", *DATES, "--format", forme, "-o", chemin) == 0
    assert chemins[0].read_bytes() == chemins[1].read_bytes()
    csv_ecrit = tmp_path / "t.csv"
    assert call("tableau", "DEP-00", *DATES, "--format", "csv", "-o", csv_ecrit) == 0
    lignes = read_csv(csv_ecrit.read_text("utf-8"))
    feuille = CalamineWorkbook.from_path(chemins[0]).get_sheet_by_name("Tableau").to_python()
    assert len(feuille) == len(lignes) > 1000
    for rang, nom in ((1, "nom"), (4, "indicateur"), (5, "libelle")):
        assert feuille[0][rang] == nom
        assert [ligne[rang] for ligne in feuille] == [ligne[rang] for ligne in lignes]


@pytest.mark.parametrize("forme", ["xlsx", "ods"])
def test_un_tableur_ne_s_affiche_pas(capsys: Sortie, forme: str) -> None:
    assert call("tableau", "DEP-00", "--format", forme) == 2
    assert "-o FICHIER" in capsys.readouterr().err


def test_geojson_montre_les_perimetres_connus(base: None, capsys: Sortie) -> None:
    assert call("tableau", "DEP-00", *DATES, "--format", "geojson") == 0
    rendu = json.loads(capsys.readouterr().out)
    formes = {f["id"]: f["geometry"] and f["geometry"]["type"] for f in rendu["features"]}
    assert formes["DEP-00"] is None
    assert formes["QRR-00_1"] in {"Polygon", "MultiPolygon"}
    assert formes["QC-FICTIF-TILLEULS"] in {"Polygon", "MultiPolygon"}, "celui de ce qu'il tient"


@pytest.mark.parametrize("genre", ["releves", "cibles", "quartiers"])
def test_exporter_puis_importer_ne_change_rien(
    base: None, tmp_path: Path, capsys: Sortie, genre: str
) -> None:
    chemin = tmp_path / f"{genre}.csv"
    assert call("exporter", genre, "FR", "-o", chemin) == 0
    origine = read_csv((DEMO / f"{genre}.csv").read_text("utf-8"))
    lignes = read_csv(chemin.read_text("utf-8"))
    assert lignes[0] == origine[0]
    assert sorted(ligne[:3] for ligne in lignes) == sorted(ligne[:3] for ligne in origine)
    assert call("importer", genre, chemin) == 0
    assert "rien ne change, tout était déjà connu" in capsys.readouterr().out
    assert call("exporter", genre, "FR", "--connu-le", "2026-01-14") == 0
    assert len(read_csv(capsys.readouterr().out)) == 1, "la veille, on n'en savait rien"


def test_des_releves_ne_s_ecrivent_pas_sous_le_nom_d_un_classeur(
    base: None, tmp_path: Path, capsys: Sortie
) -> None:
    assert call("exporter", "releves", "DEP-00", "-o", tmp_path / "releves.xlsx") == 2
    assert "le nom doit finir par .csv" in capsys.readouterr().err
    assert not (tmp_path / "releves.xlsx").exists()
    assert call("exporter", "releves", "DEP-00", "-o", tmp_path / "releves.csv") == 0


def test_exporter_un_territoire_inconnu(base: None, capsys: Sortie) -> None:
    assert call("exporter", "releves", "DEP-0O") == 2
    assert "territoire inconnu : DEP-0O ; codes proches : DEP-00" in capsys.readouterr().err
    with pytest.raises(SystemExit) as sortie:
        call("exporter", "zut", "DEP-00")
    assert sortie.value.code == 2


@pytest.mark.parametrize("genre", ["tableau", "releves", *GENRES_IMPORTABLES])
def test_schema_s_ecrit_sans_base(tmp_path: Path, capsys: Sortie, genre: str) -> None:
    chemin = tmp_path / "schema.json"
    assert call("schema", genre, "-o", chemin) == 0
    assert call("schema", genre) == 0
    assert json.loads(chemin.read_text("utf-8")) == json.loads(capsys.readouterr().out)
    assert json.loads(chemin.read_text("utf-8"))["name"] == genre


@pytest.mark.parametrize("forme", ["csv", "xlsx", "ods"])
def test_un_modele_s_ecrit_sans_base(tmp_path: Path, forme: str) -> None:
    chemin = tmp_path / f"postes.{forme}"
    assert call("modele", "poste", "-o", chemin) == 0
    colonnes = list(list_colonnes(Poste))
    if forme == "csv":
        assert read_csv(chemin.read_text("utf-8")) == [colonnes]
        return
    classeur = CalamineWorkbook.from_path(chemin)
    assert classeur.sheet_names == ["Poste", "Lire-moi"]
    assert classeur.get_sheet_by_name("Poste").to_python() == [colonnes]
    mots = [ligne[0] for ligne in classeur.get_sheet_by_name("Lire-moi").to_python()]
    assert {"Colonne « fonction »", "dcpp", "oui", "brouillon"} <= set(mots)


@pytest.mark.parametrize("forme", ["csv", "xlsx", "ods"])
@pytest.mark.parametrize("genre", PETITS_GENRES)
def test_un_petit_genre_a_son_modele(tmp_path: Path, genre: str, forme: str) -> None:
    chemin = tmp_path / f"{genre}.{forme}"
    classe = PETITS_GENRES[genre]
    assert call("modele", genre, "-o", chemin) == 0
    colonnes = list(list_colonnes(classe))
    if forme == "csv":
        assert read_csv(chemin.read_text("utf-8")) == [colonnes]
        return
    classeur = CalamineWorkbook.from_path(chemin)
    assert classeur.sheet_names == [classe.LIBELLE, "Lire-moi"]
    assert classeur.get_sheet_by_name(classe.LIBELLE).to_python() == [colonnes]


@pytest.mark.parametrize("forme", ["xlsx", "ods"])
@pytest.mark.parametrize("genre", ["quartiers", "cibles"])
def test_un_petit_genre_s_exporte_en_classeur(
    base: None, tmp_path: Path, capsys: Sortie, genre: str, forme: str
) -> None:
    chemin = tmp_path / f"{genre}.{forme}"
    assert call("exporter", genre, "DEP-00", "-o", chemin) == 0
    assert call("importer", genre, chemin) == 0
    assert "rien ne change, tout était déjà connu" in capsys.readouterr().out
    assert call("exporter", genre, "DEP-00", "-o", tmp_path / "autre.docx") == 2
    assert "le nom doit finir par .csv, .xlsx, .ods" in capsys.readouterr().err


def test_un_modele_dit_ce_qu_il_lui_faut(tmp_path: Path, capsys: Sortie) -> None:
    assert call("modele", "poste", "-o", tmp_path / "postes.docx") == 2
    assert "le nom doit finir par .csv, .xlsx, .ods" in capsys.readouterr().err
    for appel in (("modele", "postes", "-o", "p.csv"), ("modele", "poste"), ("schema", "plan")):
        with pytest.raises(SystemExit) as sortie:
            call(*appel)
        assert sortie.value.code == 2
