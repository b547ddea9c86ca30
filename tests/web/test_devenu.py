"""A code that was replaced leads to the page of what it has become, for those who may open that one."""

from __future__ import annotations

import pytest

from quartiers.usecases.charger_dossier import forget_dossier
from tests.communes_finies import ANCIENNE, FINIE, PRESENTE, finish_communes
from tests.web.conftest import SignIn


@pytest.fixture
def fusion(demo: None) -> None:
    finish_communes()
    forget_dossier()


@pytest.mark.parametrize("code", [ANCIENNE, FINIE])
@pytest.mark.parametrize("page", ["/territoires/{}/", "/territoires/{}/tableau.csv"])
def test_une_commune_finie_mene_a_celle_d_aujourd_hui(
    fusion: None, sign_in: SignIn, code: str, page: str
) -> None:
    prefet = sign_in("demo-prefet")
    for question in ("", "?vu_le=2026-11-23&connu_le=2026-11-20"):
        reponse = prefet.get(page.format(code) + question)
        assert (reponse.status_code, reponse["Location"]) == (302, page.format(PRESENTE) + question)
        assert "ETag" not in reponse
    assert prefet.get(page.format(PRESENTE)).status_code == 200


def test_jusqu_a_son_dernier_jour_elle_a_sa_page(fusion: None, sign_in: SignIn) -> None:
    prefet = sign_in("demo-prefet")
    assert prefet.get(f"/territoires/{FINIE}/?vu_le=2026-06-30").status_code == 200
    assert prefet.get(f"/territoires/{FINIE}/?vu_le=2026-07-01").status_code == 302


def test_qui_ne_peut_ouvrir_la_suite_ne_sait_pas_qu_elle_existe(
    fusion: None, sign_in: SignIn
) -> None:
    for compte, codes in (("demo-deleguee", (ANCIENNE, FINIE)), ("demo-commune", (ANCIENNE,))):
        ferme = sign_in(compte)
        assert ferme.get(f"/territoires/{PRESENTE}/").status_code == 404
        rien = ferme.get("/territoires/COM-99999/").content.decode()
        for code in codes:
            reponse = ferme.get(f"/territoires/{code}/")
            assert reponse.status_code == 404
            assert reponse.content.decode().replace(code, "COM-99999") == rien


def test_qui_tient_la_commune_finie_seule_garde_sa_page(fusion: None, sign_in: SignIn) -> None:
    reponse = sign_in("demo-commune").get(f"/territoires/{FINIE}/")
    assert reponse.status_code == 200
    assert PRESENTE not in reponse.content.decode()


def test_une_page_d_un_autre_genre_reste_absente(fusion: None, sign_in: SignIn) -> None:
    """The quartier page of a commune is missing, whatever the commune has become."""
    prefet = sign_in("demo-prefet")
    assert prefet.get(f"/quartiers/{ANCIENNE}/").status_code == 404
    assert prefet.get(f"/departements/{FINIE}/").status_code == 404
