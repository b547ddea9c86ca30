"""The partners on the pages: each role on its territoires, with the answer that a missing page gets elsewhere."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from quartiers.core.table_des_droits import TABLE
from quartiers.usecases.creer_compte import create_compte
from quartiers.usecases.creer_comptes_demo import GROUPES
from quartiers.web.horloge import read_today
from tests.web.test_portes import ADRESSES, DANS_LE_DEPARTEMENT, INDICATEUR, PORT_LAMBERT

TILLEULS = "QC-FICTIF-TILLEULS"
VUS = {
    **dict.fromkeys(
        ("recteur", "procureur", "police", "gendarmerie", "service_etat"),
        ("DEP-00", DANS_LE_DEPARTEMENT),
    ),
    "conseil_departemental": ("DEP-00", DANS_LE_DEPARTEMENT),
    "conseil_regional": ("REG-00", {*DANS_LE_DEPARTEMENT, "REG-00"}),
    "epci": (
        "EPCI-999000011",
        {*PORT_LAMBERT, "QC-FICTIF-BEAUREGARD", "COM-00003", "EPCI-999000011"},
    ),
    "operateur": ("COM-00003", {*PORT_LAMBERT, "COM-00003"}),
    "association": (TILLEULS, {TILLEULS}),
    "conseil_citoyen": (TILLEULS, set[str]()),
    "administrateur": ("", set[str]()),
}


def open_session(role: str, territoire: str, au: date | None = None) -> Client:
    """A client signed in as an account of that role."""
    compte = create_compte(
        identifiant=f"essai-{role}",
        mot_de_passe=None,
        role=role,
        territoires=tuple(filter(None, [territoire])),
        organisme="Organisme d’essai",
        au=au,
    )
    client = Client()
    client.force_login(compte, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_each_role_is_tried_here_or_in_the_demonstration() -> None:
    assert set(VUS) | {compte.role for compte in GROUPES[0][1]} == set(TABLE)


@pytest.mark.parametrize("role", VUS)
def test_a_partner_opens_its_territoires_and_no_other(demo: None, role: str) -> None:
    territoire, ouverts = VUS[role]
    client = open_session(role, territoire)
    absente = client.get("/quartiers/QC-RIEN/").content
    for code, adresse in ADRESSES.items():
        for page in (adresse, f"/preuves/{code}/{INDICATEUR}/", f"/territoires/{code}/tableau.csv"):
            reponse = client.get(page)
            assert (reponse.status_code == 200) == (code in ouverts), page
            if code not in ouverts:
                assert reponse.status_code == 404
                assert reponse.content == absente


def test_a_mandat_that_ended_yesterday_opens_nothing(demo: None) -> None:
    client = open_session("recteur", "DEP-00", au=read_today() - timedelta(days=1))
    assert {client.get(adresse).status_code for adresse in ADRESSES.values()} == {404}
    assert "n’ouvre aucun territoire" in client.get("/").content.decode()
