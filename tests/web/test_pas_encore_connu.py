"""Before anyone named it a quartier is missing: no file of it, and no address that a date would open."""

from __future__ import annotations

import pytest

from quartiers.usecases.ecrire_tableau import FORMES
from tests.web.conftest import TILLEULS, SignIn, read


@pytest.mark.parametrize(
    "suite",
    [
        *(f"/territoires/{TILLEULS}/tableau.{forme}" for forme in FORMES),
        f"/quartiers/{TILLEULS}/papier.pdf",
        f"/quartiers/{TILLEULS}/carte.geojson",
        f"/quartiers/{TILLEULS}/engagements/E06/",
        f"/preuves/{TILLEULS}/e06-a2-adultes-relais/",
        f"/preuves/{TILLEULS}/e06-a2-adultes-relais/papier.pdf",
    ],
)
def test_no_file_of_a_quartier_that_nobody_knew_yet(sign_in: SignIn, suite: str) -> None:
    """A script that takes the tableau sees that there was none; a reader sees since when there is one."""
    client = sign_in("demo-deleguee")
    reponse = client.get(f"{suite}?connu_le=2020-01-01")
    assert reponse.status_code == client.head(f"{suite}?connu_le=2020-01-01").status_code == 404
    assert "n’était pas encore connu" in reponse.content.decode()
    assert "Content-Disposition" not in reponse
    assert "ETag" not in reponse
    ailleurs = suite.replace(TILLEULS, "QC-FICTIF-BEAUREGARD")  # denied
    manquant = suite.replace(TILLEULS, "QC-RIEN")
    refus = [client.get(f"{a}?connu_le=2020-01-01") for a in (ailleurs, manquant)]
    assert refus[0].status_code == refus[1].status_code == 404
    assert refus[0].content == refus[1].content
    assert "pas encore connu" not in refus[0].content.decode()


@pytest.mark.parametrize(
    "adresse",
    [
        f"/territoires/{TILLEULS}/tableau.zz",  # a form that is none
        f"/preuves/{TILLEULS}/rien/papier.pdf",  # an indicateur that is none
        f"/departements/{TILLEULS}/",  # of another kind
        f"/departements/{TILLEULS}/papier.pdf",
        f"/territoires/{TILLEULS}/",
    ],
)
def test_a_date_opens_no_address_that_does_not_exist(sign_in: SignIn, adresse: str) -> None:
    client = sign_in("demo-deleguee")
    absente = read(client, "/quartiers/QC-RIEN/", 404)
    for jour in ("", "?connu_le=2020-01-01", "?vu_le=2020-01-01"):
        assert read(client, adresse + jour, 404) == absente
