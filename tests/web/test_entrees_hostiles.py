"""What anyone may send without an account: a cookie, an identifiant. Refused like any wrong one, never an error 500.

PostgreSQL takes neither a NUL nor a text longer than its column: SQLite takes both, hence what is counted here.
"""

from __future__ import annotations

import re

import pytest
from axes.models import AccessAttempt
from django.conf import settings as reglages
from django.contrib.auth import get_user_model
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from tests.web.conftest import SignIn

NUL = "\0"
PHRASE = "une phrase assez longue"
VALEUR = re.compile(r'name="(?:username|csrfmiddlewaretoken)" value="[^"]*"')


def ask_with_cookie(adresse: str, valeur: str, suffixe: str = "") -> tuple[int, str]:
    """Status, and where it leads; the cookie is quoted as a browser would not, but as Python reads it."""
    client = Client()
    client.cookies[reglages.SESSION_COOKIE_NAME] = valeur + suffixe
    reponse = client.get(adresse)
    return reponse.status_code, reponse.headers.get("Location", "")


@pytest.mark.parametrize(
    "valeur",
    [
        f"{NUL}aaaaaaaaaaaa",  # sent as "\000aaaaaaaaaaaa"
        f"{'a' * 31}{NUL}",
        "a" * 33,
        "a" * 5000,
        "A" * 32,
        "é" * 32,
        f"{'a' * 32}\n",
    ],
    ids=["NUL", "NUL au bout", "33", "5 000", "capitales", "accents", "fin de ligne"],
)
def test_a_session_that_we_never_wrote_is_not_looked_for(
    db: None, valeur: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert ask_with_cookie("/connexion/", valeur) == (200, "")
        assert ask_with_cookie("/regles/", valeur) == (302, "/connexion/?next=/regles/")


def test_a_session_that_may_be_ours_is_looked_for(
    db: None, sign_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        assert ask_with_cookie("/connexion/", "a0" * 16) == (200, "")
    client = sign_in("demo-prefet")
    assert client.get("/regles/").status_code == 200


def try_to_enter(identifiant: str, mot: str = "faux") -> tuple[int, str]:
    """Status and page, but for the identifiant written again in the form and its token."""
    reponse = Client().post("/connexion/", {"username": identifiant, "password": mot})
    return reponse.status_code, VALEUR.sub("", reponse.content.decode())


@pytest.mark.parametrize(
    "identifiant",
    [
        "a" * 151,
        "a" * 300,
        "a" * 100_000,
        "ﷺ" * 100,  # eighteen letters each, once normalised
        f"agent{NUL}",
        NUL,
    ],
    ids=["151", "300", "100 000", "normalisé", "agent NUL", "NUL"],
)
def test_an_identifiant_that_no_account_can_have_is_a_wrong_pair(
    db: None, settings: Settings, identifiant: str
) -> None:
    """The very same answer; no account is asked for and nothing is kept of it."""
    settings.DEMO = False
    get_user_model().objects.create_user("agent", password=PHRASE)
    attendue = try_to_enter("autre")
    assert attendue[0] == 200
    assert "incorrect" in attendue[1]
    assert AccessAttempt.objects.count() == 1
    assert try_to_enter(identifiant, PHRASE) == attendue
    assert AccessAttempt.objects.count() == 1


def test_the_longest_identifiant_opens_its_account(db: None, settings: Settings) -> None:
    settings.DEMO = False
    get_user_model().objects.create_user("a" * 150, password=PHRASE)
    reponse = Client().post("/connexion/", {"username": "a" * 150, "password": PHRASE})
    assert reponse.status_code == 302


def test_a_password_with_a_nul_is_a_wrong_one(db: None, settings: Settings) -> None:
    settings.DEMO = False
    get_user_model().objects.create_user("agent", password=PHRASE)
    assert try_to_enter("agent", PHRASE + NUL) == try_to_enter("agent", "faux")


def test_a_wrong_pair_sent_with_hostile_words_around_is_a_wrong_pair(
    db: None, settings: Settings
) -> None:
    """The rest of the form, the address and the headers are noted with the attempt."""
    settings.DEMO = False
    attendue = try_to_enter("agent")
    reponse = Client().post(
        f"/connexion/?{'x' * 3000}=%00",
        {"username": "agent", "password": "faux", f"autre{NUL}": NUL * 3000, "next": NUL},
        headers={"user-agent": "é" * 3000, "accept": "x" * 3000},
    )
    assert reponse.status_code == attendue[0]
    assert "incorrect" in reponse.content.decode()


@pytest.mark.parametrize(
    "adresse",
    [
        "/recherche/?q=%00",
        "/quartiers/%00/",
        "/territoires/%00/tableau.csv",
        "/preuves/FR/%00/",
        "/territoires/FR/?action=%00",
        "/connexion/?next=%00",
    ],
)
def test_a_nul_in_an_address_breaks_nothing(sign_in: SignIn, adresse: str) -> None:
    assert sign_in("demo-task-force").get(adresse).status_code in {200, 302, 404}
