"""Who may open what: each role on each page, the same 404 for a missing and for a denied territoire."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import URLPattern
from pytest_django.fixtures import Settings

from quartiers.usecases.charger_demo import VU_LE_DEMO
from quartiers.usecases.creer_comptes_demo import COMPTES, GROUPES
from quartiers.web.urls import urlpatterns
from tests.web.conftest import SignIn

SAINT_AUBERT = {"QC-FICTIF-TILLEULS", "QC-FICTIF-FONTAINE"}
PORT_LAMBERT = {"QC-FICTIF-CINQ-CHEMINS", "QC-FICTIF-ECLUSES", "QC-FICTIF-SAINT-ROCH"}
QUARTIERS = SAINT_AUBERT | PORT_LAMBERT | {"QC-FICTIF-BEAUREGARD", "QC-FICTIF-HOUBLONNIERE"}
ADRESSES = {
    **{code: f"/quartiers/{code}/" for code in QUARTIERS},
    "DEP-00": "/departements/DEP-00/",
    "COM-00003": "/territoires/COM-00003/",
    "COM-00004": "/territoires/COM-00004/",
    "EPCI-999000011": "/territoires/EPCI-999000011/",
    "REG-00": "/territoires/REG-00/",
    "FR": "/territoires/FR/",
}
DANS_LE_DEPARTEMENT = {*QUARTIERS, "DEP-00", "COM-00003", "COM-00004"}
VUS = {
    "demo-prefet": DANS_LE_DEPARTEMENT,
    "demo-sous-prefete": DANS_LE_DEPARTEMENT,
    "demo-deleguee": SAINT_AUBERT,
    "demo-commune": {*PORT_LAMBERT, "COM-00003"},
    "demo-region": {*DANS_LE_DEPARTEMENT, "REG-00"},
    "demo-task-force": set(ADRESSES),
}
OUVERTES = (
    "/connexion/",
    "/mentions/",
    "/accessibilite/",
    "/donnees-personnelles/",
    "/plan-du-site/",
    "/.well-known/security.txt",
)
INDICATEUR = "e06-a2-adultes-relais"
FICHIER = "/territoires/DEP-00/tableau.xlsx"
PAPIERS = (
    "/quartiers/QC-FICTIF-TILLEULS/papier.pdf",
    "/departements/DEP-00/papier.pdf",
    f"/preuves/DEP-00/{INDICATEUR}/papier.pdf",
)


def test_every_account_to_begin_with_is_in_the_matrix() -> None:
    """The others are of rôles that test_roles.py tries."""
    assert list(VUS) == [compte.identifiant for compte in GROUPES[0][1]]


@pytest.mark.parametrize("compte", VUS)
def test_a_role_opens_its_territoires_and_no_other(sign_in: SignIn, compte: str) -> None:
    client = sign_in(compte)
    absente = client.get("/quartiers/QC-RIEN/").content
    for code, adresse in ADRESSES.items():
        pages = [adresse, f"/preuves/{code}/{INDICATEUR}/", f"/territoires/{code}/tableau.csv"]
        pages += [f"/preuves/{code}/{INDICATEUR}/papier.pdf"]
        if adresse.startswith(("/quartiers/", "/departements/")):
            pages.append(f"{adresse}papier.pdf")
        if code in QUARTIERS:
            pages += [f"{adresse}engagements/E06/", f"{adresse}carte.geojson"]
        for page in pages:
            reponse = client.get(page)
            assert (reponse.status_code == 200) == (code in VUS[compte]), page
            if code not in VUS[compte]:
                assert reponse.status_code == 404
                assert reponse.content == absente


def test_denied_and_missing_are_the_same_byte_for_byte(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    reponses = [
        client.get(adresse)
        for adresse in (
            "/quartiers/QC-FICTIF-BEAUREGARD/",  # denied
            "/quartiers/QC-FICTIF-INVENTE/",  # missing
            "/departements/DEP-00/",  # denied
            "/departements/DEP-99/",  # missing
            "/departements/QC-FICTIF-TILLEULS/",  # of another kind
            "/preuves/QC-FICTIF-TILLEULS/rien/",  # an indicateur that is none
            "/preuves/QC-FICTIF-BEAUREGARD/e06-a2-adultes-relais/",  # denied
            "/territoires/QC-FICTIF-BEAUREGARD/tableau.xlsx",  # denied
            "/territoires/QC-FICTIF-INVENTE/tableau.xlsx",  # missing
            "/territoires/QC-FICTIF-TILLEULS/tableau.exe",  # a form that is none
            "/quartiers/QC-FICTIF-BEAUREGARD/papier.pdf",  # denied
            "/quartiers/QC-FICTIF-INVENTE/papier.pdf",  # missing
            "/departements/DEP-00/papier.pdf",  # denied
            "/departements/QC-FICTIF-TILLEULS/papier.pdf",  # of another kind
            "/preuves/QC-FICTIF-TILLEULS/rien/papier.pdf",  # an indicateur that is none
            "/preuves/QC-FICTIF-BEAUREGARD/e06-a2-adultes-relais/papier.pdf",  # denied
            "/quartiers/QC-FICTIF-BEAUREGARD/carte.geojson",  # denied
            "/quartiers/QC-FICTIF-INVENTE/carte.geojson",  # missing
            "/quartiers/COM-00004/carte.geojson",  # of another kind
            "/rien/du/tout/",  # no such address
            "/quartiers/%00%ff%22%3E/",
            "/quartiers/QC-FICTIF-BEAUREGARD/?vu_le=2026-06-30",
        )
    ]
    assert {r.status_code for r in reponses} == {404}
    assert len({r.content for r in reponses}) == 1
    entetes = [{k: v for k, v in r.headers.items() if k != "Vary"} for r in reponses[:-3]]
    assert all(e == entetes[0] for e in entetes)


def test_an_impossible_date_tells_nothing_of_a_denied_territoire(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    statuts = {
        client.get(f"/quartiers/{code}/?vu_le=hier").status_code
        for code in ("QC-FICTIF-BEAUREGARD", "QC-RIEN", "QC-FICTIF-TILLEULS")
    }
    assert statuts == {400}


def test_without_account_every_page_leads_to_the_sign_in_page(demo: None) -> None:
    client = Client()
    fermees = (
        *ADRESSES.values(),
        "/",
        "/regles/",
        "/sources/",
        "/recherche/",
        "/recherche/?q=tilleuls",
        "/compte/",
        "/compte/mot-de-passe/",
        "/compte/deleguer/",
        "/comptes/",
        "/comptes/1/",
        "/comptes/1/nommer/",
        "/comptes/1/nommer/delegue/",
        "/comptes/mandats/1/",
        "/comptes/1/transmettre/",
        "/comptes/inviter/",
        "/comptes/inviter/delegue/",
        "/compte/second-facteur/",
        "/journal/",
        *PAPIERS,
        f"/preuves/DEP-00/{INDICATEUR}/",
        "/quartiers/QC-FICTIF-TILLEULS/engagements/E06/",
        "/quartiers/QC-FICTIF-TILLEULS/carte.geojson",
        "/pieces/1/",
        f"/territoires/QC-FICTIF-TILLEULS/declarer/{INDICATEUR}/",
        "/declarations/releve-1/",
        "/valider/",
        "/a-declarer/",
        FICHIER,
    )
    for adresse in fermees:
        reponse = client.get(adresse)
        assert reponse.status_code == 302, adresse
        assert reponse.headers["Location"].startswith("/connexion/?next=")
    for adresse in OUVERTES:
        assert client.get(adresse).status_code == 200


def test_only_the_pages_that_say_so_are_open() -> None:
    """A new page is closed unless it is written here too."""
    ouvertes = {
        str(motif.name)
        for motif in urlpatterns
        if isinstance(motif, URLPattern)
        and not getattr(getattr(motif, "callback", None), "login_required", True)
    }
    assert ouvertes == {
        "accessibilite",
        "connexion",
        "connexion_demo",
        "donnees",
        "invitation",
        "mentions",
        "plan",
        "second_facteur_connexion",
        "securite",
    }


def test_an_account_without_mandat_sees_nothing(demo: None) -> None:
    agent = get_user_model().objects.create_user("agent", password="x" * 20)
    client = Client()
    client.force_login(agent, backend="django.contrib.auth.backends.ModelBackend")
    assert "n’ouvre aucun territoire" in client.get("/").content.decode()
    assert {client.get(a).status_code for a in ADRESSES.values()} == {404}


@pytest.mark.parametrize(
    ("compte", "adresse"),
    [
        ("demo-prefet", "/departements/DEP-00/"),
        ("demo-commune", "/territoires/COM-00003/"),
        ("demo-region", "/territoires/REG-00/"),
        ("demo-task-force", "/territoires/FR/"),
    ],
)
def test_home_is_the_territoire_of_the_account(sign_in: SignIn, compte: str, adresse: str) -> None:
    client = sign_in(compte)
    assert client.get("/").headers["Location"] == f"{adresse}?vu_le={VU_LE_DEMO}"
    assert client.get("/?vu_le=2026-06-30").headers["Location"] == f"{adresse}?vu_le=2026-06-30"


def test_home_of_two_quartiers_is_their_list(sign_in: SignIn) -> None:
    texte = sign_in("demo-deleguee").get("/").content.decode()
    for code in SAINT_AUBERT:
        assert f'href="/quartiers/{code}/?vu_le={VU_LE_DEMO}"' in texte


# --- sign in ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("compte", [compte.identifiant for compte in COMPTES])
def test_one_click_opens_an_account_of_the_demonstration(demo: None, compte: str) -> None:
    client = Client()
    assert f'value="{compte}"' in client.get("/connexion/").content.decode()
    reponse = client.post("/connexion/demonstration/", {"compte": compte})
    assert reponse.headers["Location"] == "/"
    assert client.get("/", follow=True).status_code == 200


def test_one_click_is_impossible_outside_the_demonstration(demo: None, settings: Settings) -> None:
    settings.DEMO = False
    client = Client()
    reponse = client.post("/connexion/demonstration/", {"compte": "demo-prefet"})
    assert reponse.status_code == 404
    assert "_auth_user_id" not in client.session
    assert "demo-prefet" not in client.get("/connexion/").content.decode()


def test_one_click_opens_no_other_account(demo: None) -> None:
    """Not a true account, not one of the demo that was given a password, not a superuser, not by GET."""
    comptes = get_user_model()
    comptes.objects.create_user("agent", password="x" * 20)
    vrai = comptes.objects.get(username="demo-region")
    vrai.set_password("x" * 20)
    vrai.save()
    comptes.objects.filter(username="demo-commune").update(is_superuser=True)
    comptes.objects.filter(username="demo-task-force").update(is_active=False)
    client = Client()
    for voulu in ("agent", "demo-region", "demo-commune", "demo-task-force", "", "rien"):
        reponse = client.post("/connexion/demonstration/", {"compte": voulu})
        assert reponse.status_code == 404, voulu
    assert client.get("/connexion/demonstration/").status_code == 405
    assert "_auth_user_id" not in client.session


def test_one_click_asks_for_the_token_of_the_form(demo: None) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/connexion/demonstration/", {"compte": "demo-prefet"}).status_code == 403


def test_a_password_opens_an_account_and_a_wrong_one_says_nothing(
    db: None, settings: Settings
) -> None:
    settings.DEMO = False
    get_user_model().objects.create_user("agent", password="une phrase assez longue")
    client = Client()
    refus = [
        client.post("/connexion/", {"username": nom, "password": "faux"}).content
        for nom in ("agent", "autre")
    ]
    assert all("incorrect" in r.decode() for r in refus)
    reponse = client.post(
        "/connexion/",
        {"username": "agent", "password": "une phrase assez longue", "next": "/regles/"},
    )
    assert reponse.headers["Location"] == "/regles/"


@pytest.mark.parametrize(
    "suite", ["https://ailleurs.example/", "//ailleurs.example/", "javascript:alert(1)", "\\\\x"]
)
def test_one_never_leaves_the_site_after_signing_in(demo: None, suite: str) -> None:
    client = Client()
    reponse = client.post("/connexion/demonstration/", {"compte": "demo-prefet", "next": suite})
    assert reponse.headers["Location"] == "/"


def test_too_many_tries_are_told_in_french(db: None, settings: Settings) -> None:
    settings.DEMO = False
    get_user_model().objects.create_user("agent", password="une phrase assez longue")
    client = Client()
    essai = {"username": "agent", "password": "faux"}
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        assert client.post("/connexion/", essai).status_code == 200
    reponse = client.post("/connexion/", essai)
    assert reponse.status_code == 429
    assert "Trop d’essais" in reponse.content.decode()


def test_signing_out_closes_the_session(sign_in: SignIn) -> None:
    client = sign_in("demo-prefet")
    assert client.get("/deconnexion/").status_code == 405
    assert client.post("/deconnexion/").headers["Location"] == "/connexion/"
    assert client.get("/departements/DEP-00/").status_code == 302


def test_security_txt(client: Client) -> None:
    reponse = client.get("/.well-known/security.txt")
    assert reponse.headers["Content-Type"].startswith("text/plain")
    lignes = dict(ligne.split(": ", 1) for ligne in reponse.content.decode().splitlines())
    assert {"Contact", "Expires", "Preferred-Languages", "Canonical"} == set(lignes)
    assert lignes["Contact"].endswith("/mentions/#securite")
