"""The files of a territoire on the site: their type, their name, the dates of the address, their links."""

from __future__ import annotations

import io
import json

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from quartiers.core.composition import list_tableaux
from quartiers.core.vue import Vue
from quartiers.reports.lire_moi import LIGNES_DES_TENUS
from quartiers.reports.tableau_csv import write_csv
from quartiers.reports.typographie import tidy
from quartiers.usecases.charger_demo import VU_LE_DEMO
from quartiers.usecases.charger_dossier import load_dossier
from quartiers.usecases.ecrire_tableau import FORMES
from quartiers.usecases.nommer import name_fichier
from tests.web.conftest import SignIn

TILLEULS, POSTES = "QC-FICTIF-TILLEULS", "e06-a2-adultes-relais"
PAGES = {
    TILLEULS: f"/quartiers/{TILLEULS}/",
    "DEP-00": "/departements/DEP-00/",
    "FR": "/territoires/FR/",
    "COM-00003": "/territoires/COM-00003/",
}


@pytest.mark.parametrize("forme", FORMES)
def test_un_fichier_par_forme(sign_in: SignIn, forme: str) -> None:
    client = sign_in("demo-deleguee")
    reponse = client.get(f"/territoires/{TILLEULS}/tableau.{forme}?vu_le=2026-09-01")
    assert reponse.status_code == 200
    assert reponse["Content-Type"] == FORMES[forme].type_mime
    assert reponse["X-Content-Type-Options"] == "nosniff"
    nom = f"tableau-{TILLEULS}-vu-2026-09-01.{forme}"
    assert reponse["Content-Disposition"] == f'attachment; filename="{nom}"'
    assert client.head(f"/territoires/{TILLEULS}/tableau.{forme}").status_code == 200
    assert client.post(f"/territoires/{TILLEULS}/tableau.{forme}").status_code == 405


def test_le_csv_est_celui_de_la_commande(sign_in: SignIn) -> None:
    adresse = f"/territoires/{TILLEULS}/tableau.csv?vu_le=2026-11-23&connu_le=2026-07-10"
    reponse = sign_in("demo-prefet").get(adresse)
    assert reponse["Content-Disposition"].endswith('-vu-2026-11-23-connu-2026-07-10.csv"')
    connu_le = VU_LE_DEMO.replace(month=7, day=10)
    attendu = write_csv(list_tableaux(Vue(load_dossier(), VU_LE_DEMO, connu_le), TILLEULS))
    assert reponse.content.decode() == attendu


@pytest.mark.parametrize(
    ("adresse", "nom"),
    [
        (f"/quartiers/{TILLEULS}/papier.pdf", f"quartier-{TILLEULS}"),
        ("/departements/DEP-00/papier.pdf", "departement-DEP-00"),
        (f"/preuves/{TILLEULS}/{POSTES}/papier.pdf", f"preuve-{TILLEULS}-{POSTES}"),
    ],
)
def test_le_papier_a_le_nom_que_lui_donne_la_commande(
    sign_in: SignIn, adresse: str, nom: str
) -> None:
    client = sign_in("demo-prefet")
    for requete, dates in (
        ("vu_le=2026-09-01", "vu-2026-09-01"),
        ("vu_le=2026-11-23&connu_le=2026-07-10", "vu-2026-11-23-connu-2026-07-10"),
    ):
        reponse = client.get(f"{adresse}?{requete}")
        assert reponse["Content-Disposition"] == f'attachment; filename="{nom}-{dates}.pdf"'


def test_un_nom_de_fichier_ne_sort_pas_de_son_dossier() -> None:
    nom = name_fichier('quartier-../é "QRR"_3', VU_LE_DEMO, None, "pdf")
    assert nom == "quartier-______QRR__3-vu-2026-11-23.pdf"


def test_le_lien_ne_promet_que_les_pages_que_l_on_sait(sign_in: SignIn) -> None:
    """Two for a quartier; those of a département depend on how many quartiers it has."""
    client = sign_in("demo-prefet")
    quartier, departement = (
        client.get(PAGES[code]).content.decode() for code in (TILLEULS, "DEP-00")
    )
    assert "download>PDF, 2 pages</a>, à imprimer" in quartier
    assert "download>PDF</a>, à imprimer" in departement


def test_les_formes_disent_la_meme_chose(sign_in: SignIn) -> None:
    client = sign_in("demo-prefet")

    def prendre(forme: str) -> bytes:
        return client.get(f"/territoires/{TILLEULS}/tableau.{forme}").content

    feuilles = [
        CalamineWorkbook.from_filelike(io.BytesIO(prendre(forme)))
        .get_sheet_by_name("Tableau")
        .to_python()
        for forme in ("xlsx", "ods")
    ]
    assert feuilles[0] == feuilles[1]
    assert len(feuilles[0]) == len(prendre("csv").decode().splitlines())
    assert json.loads(prendre("json"))["territoire"]["code"] == TILLEULS
    assert [f["id"] for f in json.loads(prendre("geojson"))["features"]] == [TILLEULS]


def test_une_date_impossible_est_dite(sign_in: SignIn) -> None:
    reponse = sign_in("demo-prefet").get(f"/territoires/{TILLEULS}/tableau.csv?vu_le=hier")
    assert reponse.status_code == 400
    assert "Content-Disposition" not in reponse


@pytest.mark.parametrize("code", PAGES)
def test_chaque_page_mene_a_ses_fichiers(sign_in: SignIn, code: str) -> None:
    client: Client = sign_in("demo-task-force")
    texte = client.get(f"{PAGES[code]}?vu_le=2026-09-01").content.decode()
    for forme in FORMES:
        assert f'href="/territoires/{code}/tableau.{forme}?vu_le=2026-09-01"' in texte


@pytest.mark.parametrize(
    ("adresse", "is_dit"),
    [
        ("/departements/DEP-00/", True),
        ("/territoires/COM-00003/", True),
        ("/territoires/FR/", True),
        (
            "/departements/DEP-00/?vu_le=2025-01-01",
            True,
        ),  # no quartier is expected yet, lines are there
        (
            "/departements/DEP-00/?connu_le=2026-01-14",
            False,
        ),  # nobody had named a quartier cible yet
        ("/quartiers/QN00010M/", False),
    ],
)
def test_les_liens_disent_quelles_lignes_ne_s_additionnent_pas(
    sign_in: SignIn, adresse: str, is_dit: bool
) -> None:
    texte = sign_in("demo-task-force").get(adresse).content.decode()
    exports = texte[texte.index('id="h-exports"') :]
    assert (tidy(LIGNES_DES_TENUS) in exports) is is_dit


def test_le_tableau_d_un_departement_a_bien_ces_lignes(sign_in: SignIn) -> None:
    texte = sign_in("demo-prefet").get("/territoires/DEP-00/tableau.csv").content.decode()
    codes = {ligne.partition(";")[0] for ligne in texte.splitlines()}
    assert {TILLEULS, "QN00010M", "QRR-00_1"} <= codes
