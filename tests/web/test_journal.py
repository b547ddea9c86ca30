"""What the pages write in the journal of acts, and what they do not: reading a page is no act."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import DjangoAssertNumQueries

from quartiers.storage.models import Acte
from quartiers.usecases.creer_compte import create_compte
from quartiers.usecases.ecrire_tableau import FORMES
from quartiers.usecases.inviter import invite
from quartiers.usecases.tenir_journal import find_ruptures_d_actes
from quartiers.web import journal
from quartiers.web.horloge import read_now
from tests.codes_tires import ADRESSE, draw_code, set_up
from tests.web.conftest import SignIn

TILLEULS, BEAUREGARD = "QC-FICTIF-TILLEULS", "QC-FICTIF-BEAUREGARD"
INDICATEUR = "e06-a2-adultes-relais"
PHRASE = "une longue phrase facile"
Ligne = tuple[str, int | None, str]


@pytest.fixture(autouse=True)
def chaine(demo: None) -> Iterator[None]:
    """Whatever a test does, the chain is whole after it."""
    yield
    assert list(find_ruptures_d_actes()) == []


@pytest.fixture
def compte() -> User:
    """A conseil citoyen: no second factor is asked of it."""
    return create_compte(
        identifiant="citoyens", mot_de_passe=PHRASE, role="conseil_citoyen", territoires=(TILLEULS,)
    )


def list_depuis(avant: int = 0) -> list[Ligne]:
    """The lines of the journal after so many, in order."""
    return list(Acte.objects.values_list("verbe", "compte", "objet")[avant:])


def enter(mot: str = PHRASE, identifiant: str = "citoyens") -> Client:
    """By the ordinary page."""
    client = Client()
    client.post("/connexion/", {"username": identifiant, "password": mot})
    return client


def test_entrer_et_sortir(compte: User) -> None:
    avant = Acte.objects.count()
    enter().post("/deconnexion/")
    assert list_depuis(avant) == [
        ("connexion", compte.pk, "connexion"),
        ("deconnexion", compte.pk, "deconnexion"),
    ]
    Client().post("/deconnexion/")
    assert Acte.objects.count() == avant + 2, "nobody left"


def test_un_mauvais_essai_ne_garde_rien_de_ce_qui_fut_tape(compte: User) -> None:
    avant = Acte.objects.count()
    enter("pas le bon du tout")
    enter(PHRASE, "quelqu-un-d-autre")
    assert list_depuis(avant) == [("refus", None, "connexion")] * 2
    ecrit = json.dumps(list(Acte.objects.values()), default=str)
    for tape in ("citoyens", "pas le bon", "quelqu-un", PHRASE):
        assert tape not in ecrit


def test_le_second_pas_et_ses_refus(compte: User) -> None:
    client = enter()
    cle, _ = set_up(client)
    avant = Acte.objects.count()
    client = enter()
    assert Acte.objects.count() == avant, "the first step opened nothing"
    client.post("/connexion/second-facteur/", {"code": "000000"})
    assert list_depuis(avant) == [("refus", compte.pk, "second_facteur_connexion")]
    TOTPDevice.objects.update(throttling_failure_count=0, last_t=-1)
    client.post("/connexion/second-facteur/", {"code": draw_code(cle)})
    assert list_depuis(avant + 1) == [("connexion", compte.pk, "second_facteur_connexion")]
    client.post(ADRESSE, {"geste": "retirer", "code": "000000"})
    assert list_depuis(avant + 2) == [("refus", compte.pk, "second_facteur")]


def test_un_lien_n_est_pas_dans_le_journal(compte: User) -> None:
    avant = Acte.objects.count()
    jeton = invite(compte=compte, le=read_now())
    adresse = f"/invitations/{jeton}/"
    Client().get(adresse)
    Client().post(adresse, {"nouveau": PHRASE, "encore": PHRASE})
    assert list_depuis(avant) == [
        ("invitation", None, "inviter"),
        ("invitation", compte.pk, "entrer"),
        ("connexion", compte.pk, "invitation"),
    ]
    assert jeton not in json.dumps(list(Acte.objects.values()), default=str)


def test_l_essai_du_mot_de_passe_actuel_est_un_refus(compte: User) -> None:
    client = enter()
    avant = Acte.objects.count()
    faux = {"ancien": "pas celui-là du tout", "nouveau": PHRASE, "encore": PHRASE}
    client.post("/compte/mot-de-passe/", faux)
    assert list_depuis(avant) == [("refus", compte.pk, "mot_de_passe")]


def test_lire_une_page_n_ecrit_rien(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    avant = Acte.objects.count()
    for adresse in (
        "/", "/compte/", "/regles/", "/recherche/?q=tilleuls", f"/quartiers/{TILLEULS}/",
        f"/quartiers/{TILLEULS}/carte.geojson", f"/preuves/{TILLEULS}/{INDICATEUR}/",
        f"/quartiers/{TILLEULS}/engagements/E06/", "/mentions/", "/rien/",
    ):  # fmt: skip
        client.get(adresse)
        client.head(adresse)
    assert Acte.objects.count() == avant


def test_ce_qui_est_refuse_a_une_ligne_ce_qui_n_existe_pas_n_en_a_pas(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    numero = User.objects.get(username="demo-deleguee").pk
    avant = Acte.objects.count()
    refusees = {
        f"/quartiers/{BEAUREGARD}/": f"quartier {BEAUREGARD}",
        "/departements/DEP-00/": "departement DEP-00",
        f"/preuves/{BEAUREGARD}/{INDICATEUR}/": f"preuve {BEAUREGARD}",
        f"/territoires/{BEAUREGARD}/tableau.xlsx": f"exporter {BEAUREGARD}",
        f"/quartiers/{BEAUREGARD}/papier.pdf": f"papier_quartier {BEAUREGARD}",
        f"/quartiers/{BEAUREGARD}/engagements/E06/": f"engagement {BEAUREGARD}",
        f"/quartiers/{BEAUREGARD}/carte.geojson": f"carte {BEAUREGARD}",
    }
    for adresse in refusees:
        assert client.get(adresse).status_code == 404
    for adresse in (
        "/quartiers/QC-FICTIF-INVENTE/", "/departements/DEP-99/", "/rien/du/tout/",
        f"/preuves/{TILLEULS}/rien/", f"/territoires/{BEAUREGARD}/tableau.exe",
    ):  # fmt: skip
        assert client.get(adresse).status_code == 404
    assert list_depuis(avant) == [("refus", numero, objet) for objet in refusees.values()]


def test_refuse_et_absent_font_le_meme_travail_avant_la_reponse(
    sign_in: SignIn,
    django_assert_num_queries: DjangoAssertNumQueries,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The line is written once the answer is sent: nothing of it can be timed before."""
    client = sign_in("demo-deleguee")
    client.get("/quartiers/QC-RIEN/")
    ecrits: list[journal.RefusNote] = []
    monkeypatch.setattr(journal, "_write_refus", ecrits.append)
    for code in ("QC-RIEN", BEAUREGARD):
        with django_assert_num_queries(5):
            assert client.get(f"/quartiers/{code}/").status_code == 404
    assert [refus.objet for refus in ecrits] == [f"quartier {BEAUREGARD}"]


def test_un_refus_qui_ne_s_ecrit_pas_se_dit(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise DatabaseError("base pleine")

    client = sign_in("demo-deleguee")
    monkeypatch.setattr(journal, "write_acte_seul", fail)
    with caplog.at_level(logging.ERROR):
        assert client.get(f"/quartiers/{BEAUREGARD}/").status_code == 404
    assert "un refus n’a pas pu s’écrire au journal" in caplog.text


def test_un_envoi_refuse_faute_de_facteur_a_sa_ligne(compte: User) -> None:
    compte.mandats.update(role="commune")
    client = enter()
    avant = Acte.objects.count()
    client.get("/regles/")
    assert client.post("/regles/").status_code == 403
    assert list_depuis(avant) == [("refus", compte.pk, "regles")]
    assert Acte.objects.latest("pk").detail == {"motif": "facteur"}


def test_juger_une_ligne_qui_n_est_pas_a_soi_a_sa_ligne_et_son_motif(sign_in: SignIn) -> None:
    """A row that nobody has, and a thing that another one recorded: neither is for want of a second factor."""
    client, compte = sign_in("demo-deleguee"), User.objects.get(username="demo-deleguee")
    avant = Acte.objects.count()
    envoi = {"ligne": "releve-999999", "l-releve-999999": "accepter"}
    assert client.post("/valider/", envoi).status_code == 404
    formulaire = f"/territoires/{TILLEULS}/declarer/e06-a2-adultes-relais/poste/"
    assert client.post(formulaire, {"objet": "poste/inconnu"}).status_code == 404
    dits = [("refus", compte.pk, "valider"), ("refus", compte.pk, f"enregistrer {TILLEULS}")]
    assert list_depuis(avant) == dits
    pages = Acte.objects.filter(numero__gt=avant).values_list("detail", flat=True)
    assert list(pages) == [{"motif": "pas_a_soi"}] * 2


@pytest.mark.parametrize("forme", FORMES)
def test_un_export_a_sa_ligne(sign_in: SignIn, forme: str) -> None:
    client = sign_in("demo-deleguee")
    numero = User.objects.get(username="demo-deleguee").pk
    adresse = f"/territoires/{TILLEULS}/tableau.{forme}"
    etag = client.get(adresse).headers["ETag"]
    avant = Acte.objects.count()
    assert client.head(adresse).status_code == 200
    assert client.get(adresse, headers={"If-None-Match": etag}).status_code == 304
    assert Acte.objects.count() == avant, "nothing left"
    reponse = client.get(adresse)
    assert reponse.headers["ETag"] == etag, "an export changes no page"
    assert list_depuis(avant) == [("export", numero, f"exporter {TILLEULS} {forme}")]
    assert Acte.objects.last().detail == {"octets": len(reponse.content)}  # type: ignore[union-attr]


def test_les_papiers_aussi(sign_in: SignIn) -> None:
    client = sign_in("demo-prefet")
    numero = User.objects.get(username="demo-prefet").pk
    avant = Acte.objects.count()
    for adresse in (
        f"/quartiers/{TILLEULS}/papier.pdf",
        "/departements/DEP-00/papier.pdf",
        f"/preuves/DEP-00/{INDICATEUR}/papier.pdf",
    ):
        assert client.get(adresse).status_code == 200
    assert list_depuis(avant) == [
        ("export", numero, f"papier_quartier {TILLEULS}"),
        ("export", numero, "papier_departement DEP-00"),
        ("export", numero, f"papier_preuve DEP-00 {INDICATEUR}"),
    ]


def test_un_export_pose_trois_questions_de_plus_que_rien(
    sign_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Five as any page; the head, the line, the head moved on, under a lock; and the savepoint that a test adds."""
    client = sign_in("demo-deleguee")
    adresse = f"/territoires/{TILLEULS}/tableau.csv"
    etag = client.get(adresse).headers["ETag"]
    with django_assert_num_queries(4):
        client.get(adresse, headers={"If-None-Match": etag})
    verrou = int(connection.vendor == "postgresql")
    with django_assert_num_queries(5 + 3 + verrou + 2):
        client.get(adresse)


def test_un_export_qui_ne_s_ecrit_pas_ne_part_pas(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise DatabaseError("base pleine")

    client = sign_in("demo-deleguee")
    client.raise_request_exception = False
    monkeypatch.setattr(journal, "write_acte_seul", fail)
    reponse = client.get(f"/territoires/{TILLEULS}/tableau.csv")
    assert reponse.status_code == 500
    assert "Content-Disposition" not in reponse


def test_la_demonstration_dit_a_qui_elle_a_donne_quoi() -> None:
    crees = Acte.objects.filter(verbe="droits", objet="creer")
    assert {a.detail["role"] for a in crees} >= {"prefet", "delegue", "task_force"}
    assert set(crees.values_list("vise", flat=True)) <= set(
        User.objects.values_list("pk", flat=True)
    )
