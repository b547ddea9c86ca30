"""Table Schema: a judge that is not ours accepts our files with it, and refuses what it must."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from frictionless import Resource, Schema
from frictionless.formats import CsvControl

from quartiers.core.statut import Statut
from quartiers.reports.schema import COMMENTAIRE_MAX as MAX_DIT
from quartiers.reports.schema import SCHEMAS, TEXTE_MAX, build_schema
from quartiers.reports.tableau_csv import COLONNES, write_csv
from quartiers.usecases import formulaire, lire_releves
from tests.reports.monde import list_monde

LUES = {
    "tableau": COLONNES,
    "releves": lire_releves.COLONNES.lues,
}
OBLIGATOIRES = {
    "releves": lire_releves.COLONNES.obligatoires,
}


def judge(chemin: Path, genre: str) -> list[Any]:
    """The faults that frictionless finds, as (line, column, kind)."""
    descripteur = build_schema(genre)
    ressource = Resource(
        path=chemin.name,
        basepath=str(chemin.parent),
        schema=Schema.from_descriptor(descripteur),
        control=CsvControl(delimiter=descripteur["dialect"]["delimiter"]),
        encoding=descripteur["encoding"],
    )
    fautes: list[Any] = ressource.validate().flatten(["rowNumber", "fieldName", "type"])
    return fautes


@pytest.mark.parametrize("genre", SCHEMAS)
def test_un_schema_valide_en_francais(genre: str) -> None:
    descripteur = build_schema(genre)
    assert list(Schema.metadata_validate(descripteur)) == []
    assert tuple(champ["name"] for champ in descripteur["fields"]) == LUES[genre]
    assert all(champ["title"] and champ["description"] for champ in descripteur["fields"])
    assert descripteur["missingValues"] == [""]
    assert descripteur["dialect"]["delimiter"] == ";"
    for champ in descripteur["fields"]:
        if champ["type"] == "number":
            assert (champ["decimalChar"], champ["bareNumber"]) == (",", True)


@pytest.mark.parametrize("genre", OBLIGATOIRES)
def test_le_schema_demande_ce_que_l_import_demande(genre: str) -> None:
    champs = build_schema(genre)["fields"]
    requis = {c["name"] for c in champs if c.get("constraints", {}).get("required")}
    assert requis == set(OBLIGATOIRES[genre])
    assert (TEXTE_MAX, MAX_DIT) == (formulaire.TEXTE_MAX, lire_releves.COMMENTAIRE_MAX)


def test_les_dix_statuts() -> None:
    champ = next(c for c in build_schema("tableau")["fields"] if c["name"] == "statut")
    assert set(champ["constraints"]["enum"]) == set(Statut) - {Statut.DONNEES_INSUFFISANTES}


def test_notre_csv_est_accepte(tmp_path: Path) -> None:
    chemin = tmp_path / "tableau.csv"
    chemin.write_text(write_csv(list_monde()), encoding="utf-8", newline="")
    assert judge(chemin, "tableau") == []


@pytest.mark.parametrize(
    ("colonne", "fausse", "genre"),
    [
        ("statut", "ateint", "constraint-error"),
        ("statut", "donnees_insuffisantes", "constraint-error"),
        ("date", "01/11/2026", "type-error"),
        ("valeur", "0.57", "type-error"),
        ("couverture", "1,5", "constraint-error"),
        ("raison", "", "constraint-error"),
    ],
)
def test_une_case_fausse_est_refusee(tmp_path: Path, colonne: str, fausse: str, genre: str) -> None:
    entete, *lignes = write_csv(list_monde()).split("\r\n")
    cellules = lignes[0].split(";")
    cellules[COLONNES.index(colonne)] = fausse
    chemin = tmp_path / "tableau.csv"
    texte = "\r\n".join((entete, ";".join(cellules), *lignes[1:]))
    chemin.write_text(texte, encoding="utf-8", newline="")
    assert judge(chemin, "tableau") == [[2, colonne, genre]]


def test_une_ligne_repetee_est_refusee(tmp_path: Path) -> None:
    entete, premiere, *_ = write_csv(list_monde()).split("\r\n")
    chemin = tmp_path / "tableau.csv"
    chemin.write_text(f"{entete}\r\n{premiere}\r\n{premiere}\r\n", encoding="utf-8", newline="")
    assert [faute[2] for faute in judge(chemin, "tableau")] == ["primary-key"]


@pytest.mark.parametrize("genre", OBLIGATOIRES)
def test_les_fichiers_de_la_demonstration_sont_acceptes(genre: str) -> None:
    demo = Path(__file__).resolve().parents[2] / "data" / "demo"
    fichiers = sorted(demo.glob(f"*/{genre}.csv"))
    assert fichiers
    for fichier in fichiers:
        assert judge(fichier, genre) == [], fichier
