"""The second factor on the pages: asked at sign-in, compulsory for whoever validates or administers, told once."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from quartiers.core.table_des_droits import TABLE, is_facteur_demande
from quartiers.core.temps import PARIS
from quartiers.storage.models import SessionOuverte
from quartiers.usecases.creer_compte import create_compte
from quartiers.usecases.inviter import invite
from quartiers.usecases.tenir_facteur import drop_facteur
from quartiers.web.horloge import read_now
from quartiers.web.second_facteur import ATTENTE_S
from tests.codes_tires import ADRESSE, PAS_S, draw_code, read_cle, set_up
from tests.web.conftest import SignIn, read
from tests.web.test_roles import VUS

PHRASE, AUTRE = "une longue phrase facile", "une tout autre longue phrase"
PAS = "/connexion/second-facteur/"
RIEN = "n’ouvre rien"
CONFIES = VUS | {
    **dict.fromkeys(("prefet", "sous_prefet_ville"), ("DEP-00", set[str]())),
    "delegue": ("QC-FICTIF-TILLEULS", set[str]()),
    "commune": ("COM-00003", set[str]()),
    "prefet_region": ("REG-00", set[str]()),
    "task_force": ("FR", set[str]()),
}
DEMANDENT = sorted(role for role in TABLE if is_facteur_demande(role))


@pytest.fixture(autouse=True)
def horloge() -> Iterator[time_machine.Traveller]:
    """Stopped; a test moves it on."""
    with time_machine.travel(datetime(2026, 11, 30, 9, 0, tzinfo=PARIS), tick=False) as traveller:
        yield traveller


def create(role: str = "sous_prefet_ville", identifiant: str = "vasseur") -> User:
    """An account that has a password, with the territoires that its role takes."""
    return create_compte(
        identifiant=identifiant,
        mot_de_passe=PHRASE,
        role=role,
        territoires=tuple(filter(None, [CONFIES[role][0]])),
        organisme="Organisme d’essai",
    )


@pytest.fixture
def compte(demo: None) -> User:
    """A sous-préfète: she validates. Her password exempts her from nothing, even in the demonstration."""
    return create()


@pytest.fixture
def sien(compte: User, horloge: time_machine.Traveller) -> tuple[Client, bytes, list[str]]:
    """The session where she has just set up her factor, its secret, the codes on paper."""
    client = enter()
    cle, codes = set_up(client)
    horloge.shift(PAS_S)
    return client, cle, codes


def enter(identifiant: str = "vasseur", mot: str = PHRASE, suite: str = "") -> Client:
    """The first step of the sign-in."""
    client = Client()
    envoi = {"username": identifiant, "password": mot, "next": suite}
    assert client.post("/connexion/", envoi).status_code == 302
    return client


def is_ouverte(client: Client) -> bool:
    """This client holds a session."""
    return client.get("/compte/").status_code == 200


@pytest.mark.parametrize("role", DEMANDENT)
def test_qui_doit_en_avoir_un_n_ouvre_rien_avant(demo: None, role: str) -> None:
    create(role)
    client = enter()
    for adresse in ("/", "/departements/DEP-00/", "/regles/", "/territoires/DEP-00/tableau.csv"):
        assert client.get(adresse).headers["Location"] == ADRESSE
        assert client.head(adresse).headers["Location"] == ADRESSE
    for adresse in ("/compte/", "/compte/mot-de-passe/", ADRESSE, "/mentions/"):
        assert client.get(adresse).status_code == 200
    assert "il lui faut un second facteur" in read(client, ADRESSE)
    assert "Pas encore en place" in read(client, "/compte/")
    set_up(client)
    assert client.get("/regles/").status_code == 200
    client.post("/deconnexion/")
    assert not is_ouverte(client)


@pytest.mark.parametrize("role", sorted(set(TABLE) - set(DEMANDENT)))
def test_les_autres_en_mettent_un_s_ils_veulent(demo: None, role: str) -> None:
    create(role)
    client = enter()
    assert client.get("/regles/").status_code == 200
    assert "il lui faut un second facteur" not in read(client, ADRESSE)
    set_up(client)
    assert client.get("/regles/").status_code == 200
    assert enter().get("/regles/").status_code == 302


def test_un_envoi_avant_le_facteur_n_est_pas_perdu_en_silence(compte: User) -> None:
    reponse = enter().post("/regles/", {"valeur": "4"})
    assert reponse.status_code == 403
    page = reponse.content.decode()
    assert "Rien n’est enregistré" in page
    assert f'href="{ADRESSE}"' in page


def test_un_mandat_qui_n_est_plus_en_vigueur_ne_demande_rien(compte: User) -> None:
    compte.mandats.update(au=datetime(2026, 11, 29, tzinfo=PARIS).date())
    assert enter().get("/regles/").status_code == 200


def test_la_demonstration_en_est_exempte_et_elle_seule(sign_in: SignIn, settings: Settings) -> None:
    client = sign_in("demo-prefet")
    assert client.get("/regles/").status_code == 200
    page = client.post(ADRESSE, {"geste": "preparer"}).content.decode()
    assert "n’a pas de second facteur" in page
    assert not TOTPDevice.objects.exists()
    settings.DEMO = False
    assert client.get("/regles/").headers["Location"] == ADRESSE


def test_aucune_question_de_plus_a_la_base(
    sien: tuple[Client, bytes, list[str]],
    sign_in: SignIn,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client, exempt = sien[0], sign_in("demo-prefet")
    for chacun in (client, exempt):
        chacun.get("/regles/")
        with django_assert_num_queries(4):
            chacun.get("/regles/")


def test_le_premier_pas_n_ouvre_rien(sien: tuple[Client, bytes, list[str]]) -> None:
    client = enter(suite="/regles/")
    assert not is_ouverte(client)
    assert "_auth_user_id" not in client.session
    for _ in range(3):
        assert "code à six chiffres" in read(client, PAS)
    assert client.post(PAS, {"code": draw_code(sien[1])}).headers["Location"] == "/regles/"
    assert client.get("/regles/").status_code == 200
    assert SessionOuverte.objects.count() == 2


def test_sans_le_premier_pas_il_n_y_a_pas_de_second(sien: tuple[Client, bytes, list[str]]) -> None:
    client = Client()
    envoi = {"code": draw_code(sien[1])}
    assert client.get(PAS).headers["Location"] == "/connexion/"
    assert client.post(PAS, envoi).headers["Location"] == "/connexion/"
    assert not is_ouverte(client)


def test_un_code_de_secours_ouvre_une_fois(sien: tuple[Client, bytes, list[str]]) -> None:
    premier, second = enter(), enter()
    assert premier.post(PAS, {"code": sien[2][0]}).status_code == 302
    page = second.post(PAS, {"code": sien[2][0]}).content.decode()
    assert RIEN in page
    assert not is_ouverte(second)
    assert "9" in read(premier, ADRESSE)


def test_un_code_refuse_ne_dit_pas_ce_qui_l_a_refuse(
    sien: tuple[Client, bytes, list[str]], horloge: time_machine.Traveller
) -> None:
    _, cle, codes = sien
    client = enter()
    deja = draw_code(cle)
    client.post(PAS, {"code": deja})
    faux = [
        deja,
        codes[0][:-1] + "9",
        "000000",
        "",
        "\x00" * 30,
        draw_code(cle, 9),
        draw_code(cle, 1),
    ]
    reponses = [enter().post(PAS, {"code": code}) for code in faux]
    assert {r.status_code for r in reponses} == {200}
    assert len({re.sub(r'value="[A-Za-z0-9]{64}"', "", r.content.decode()) for r in reponses}) == 1


def test_trop_de_codes_ferment_le_compte_un_moment(
    sien: tuple[Client, bytes, list[str]], horloge: time_machine.Traveller
) -> None:
    client = enter()
    statuts = [client.post(PAS, {"code": "000000"}).status_code for _ in range(9)]
    assert set(statuts) == {200}
    reponse = client.post(PAS, {"code": "000000"})
    assert reponse.status_code == 429
    assert "ou de code" in reponse.content.decode()
    assert client.post(PAS, {"code": sien[2][0]}).status_code == 429, "even the right one"
    assert StaticToken.objects.count() == 10
    essai = {"username": "vasseur", "password": PHRASE}
    assert Client().post("/connexion/", essai).status_code == 429, "nor the first step"
    horloge.shift(15 * 60 + 1)
    apres = enter()
    assert apres.post(PAS, {"code": draw_code(sien[1])}).status_code == 302


def test_le_bon_mot_de_passe_ne_remet_pas_les_essais_a_zero(
    sien: tuple[Client, bytes, list[str]],
) -> None:
    statuts = [enter().post(PAS, {"code": "000000"}).status_code for _ in range(10)]
    assert statuts[-1] == 429


def test_le_second_pas_ne_s_attend_pas_toujours(
    sien: tuple[Client, bytes, list[str]], horloge: time_machine.Traveller
) -> None:
    client = enter()
    horloge.shift(ATTENTE_S + 1)
    assert client.post(PAS, {"code": sien[2][0]}).headers["Location"] == "/connexion/"
    assert not is_ouverte(client)


@pytest.mark.parametrize("ferme", [True, False])
def test_un_compte_qui_change_entre_les_deux_pas(
    sien: tuple[Client, bytes, list[str]], compte: User, ferme: bool
) -> None:
    client = enter()
    if ferme:
        User.objects.filter(pk=compte.pk).update(is_active=False)
    else:
        compte.set_password(AUTRE)
        compte.save()
    assert client.post(PAS, {"code": sien[2][0]}).headers["Location"] == "/connexion/"


def test_regarder_ne_change_rien(compte: User) -> None:
    client = enter()
    avant = list(Session.objects.values())
    page = read(client, ADRESSE)
    for _ in range(3):
        client.get(ADRESSE)
        client.head(ADRESSE)
    assert not TOTPDevice.objects.exists()
    assert list(Session.objects.values()) == avant
    assert '<svg class="qr"' not in page
    client.post(ADRESSE, {"geste": "preparer"})
    pages = {re.sub(r'value="[A-Za-z0-9]{64}"', "", read(client, ADRESSE)) for _ in range(3)}
    assert len(pages) == 1
    assert TOTPDevice.objects.count() == 1


def test_le_dessin_dit_le_secret_sans_style_ni_script(compte: User) -> None:
    client = enter()
    client.post(ADRESSE, {"geste": "preparer"})
    reponse = client.get(ADRESSE)
    page = reponse.content.decode()
    facteur = TOTPDevice.objects.get()
    assert read_cle(page) == facteur.bin_key
    assert '<svg class="qr" role="img" aria-label=' in page
    assert "style=" not in page
    assert "<script" not in page
    assert "no-store" in reponse.headers["Cache-Control"]
    assert "unsafe" not in reponse.headers["Content-Security-Policy"]


def test_le_secret_n_est_montre_qu_a_la_session_qui_l_a_demande(compte: User) -> None:
    ici, ailleurs = enter(), enter()
    ici.post(ADRESSE, {"geste": "preparer"})
    cle = read_cle(read(ici, ADRESSE))
    assert 'class="secret"' not in read(ailleurs, ADRESSE)
    refus = ailleurs.post(ADRESSE, {"geste": "confirmer", "code": draw_code(cle)})
    assert "n’a plus cours" in refus.content.decode()
    assert is_ouverte(ailleurs)


def test_les_codes_de_secours_ne_sont_montres_qu_une_fois(
    sien: tuple[Client, bytes, list[str]],
) -> None:
    client, cle, codes = sien
    assert len(codes) == 10
    for adresse in (ADRESSE, "/compte/"):
        page = read(client, adresse)
        assert not any(code in page for code in codes)
        assert 'class="secret"' not in page
    reponse = client.post(ADRESSE, {"geste": "renouveler", "code": draw_code(cle)})
    assert "no-store" in reponse.headers["Cache-Control"]
    assert 'class="codes-de-secours' in reponse.content.decode()
    assert codes[0] not in reponse.content.decode()


def test_mettre_en_place_ferme_les_autres_sessions(compte: User) -> None:
    ici, ailleurs = enter(), enter()
    set_up(ici)
    assert is_ouverte(ici)
    assert not is_ouverte(ailleurs)


def test_retirer_ferme_les_autres_et_la_sienne_redevient_nue(
    sien: tuple[Client, bytes, list[str]],
) -> None:
    client, cle, codes = sien
    ailleurs = enter()
    ailleurs.post(PAS, {"code": codes[0]})
    assert is_ouverte(ailleurs)
    reponse = client.post(ADRESSE, {"geste": "retirer", "code": draw_code(cle)})
    assert "Le second facteur est retiré" in read(client, reponse.headers["Location"])
    assert not is_ouverte(ailleurs)
    assert client.get("/regles/").headers["Location"] == ADRESSE


def test_retire_par_la_commande_il_tombe_de_toutes_les_sessions(
    sien: tuple[Client, bytes, list[str]],
) -> None:
    assert sien[0].get("/regles/").status_code == 200
    drop_facteur(identifiant="vasseur", le=read_now())
    assert not is_ouverte(sien[0])
    assert enter().get("/regles/").headers["Location"] == ADRESSE


def test_qui_n_est_entre_par_aucun_code_ne_change_rien(
    sien: tuple[Client, bytes, list[str]], compte: User
) -> None:
    """A session that no page opens so: made by hand."""
    nu = Client()
    nu.force_login(compte, backend="django.contrib.auth.backends.ModelBackend")
    assert "Déconnectez-vous" in read(nu, ADRESSE)
    for geste in ("renouveler", "retirer", "preparer", "confirmer", "rien", ""):
        reponse = nu.post(ADRESSE, {"geste": geste, "code": sien[2][0]})
        assert "Rien n’est changé" in reponse.content.decode()
    assert TOTPDevice.objects.filter(confirmed=True).count() == 1
    assert StaticToken.objects.count() == 10


def test_les_gestes_comptent_leurs_essais(sien: tuple[Client, bytes, list[str]]) -> None:
    envoi = {"geste": "retirer", "code": "000000"}
    statuts = [sien[0].post(ADRESSE, envoi).status_code for _ in range(10)]
    assert statuts == [200] * 9 + [429]
    assert sien[0].post(ADRESSE, envoi | {"code": sien[2][0]}).status_code == 429
    assert TOTPDevice.objects.exists()


def test_changer_de_mot_de_passe_garde_la_session_et_son_facteur(
    sien: tuple[Client, bytes, list[str]],
) -> None:
    envoi = {"ancien": PHRASE, "nouveau": AUTRE, "encore": AUTRE}
    assert sien[0].post("/compte/mot-de-passe/", envoi).status_code == 302
    assert sien[0].get("/regles/").status_code == 200


def test_la_premiere_entree_par_un_lien_mene_a_la_mise_en_place(demo: None) -> None:
    compte = create_compte(identifiant="neuf", mot_de_passe=None, role="administrateur")
    client = Client()
    adresse = f"/invitations/{invite(compte=compte, le=read_now())}/"
    reponse = client.post(adresse, {"nouveau": PHRASE, "encore": PHRASE}, follow=True)
    assert reponse.redirect_chain[-1][0] == ADRESSE
    assert "Commencer" in reponse.content.decode()


def test_un_lien_ne_dispense_pas_du_code(
    sien: tuple[Client, bytes, list[str]], compte: User
) -> None:
    """A password lost and given back by a link: whoever holds the link alone does not enter."""
    client = sien[0]  # over the session that was open in this browser
    adresse = f"/invitations/{invite(compte=compte, le=read_now())}/"
    reponse = client.post(adresse, {"nouveau": AUTRE, "encore": AUTRE})
    assert reponse.headers["Location"] == PAS
    assert not is_ouverte(client)
    assert client.post(PAS, {"code": draw_code(sien[1])}).headers["Location"] == "/"
    assert is_ouverte(client)


def test_les_secrets_ne_vont_dans_aucun_journal(
    sien: tuple[Client, bytes, list[str]], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client, secours = enter(), sien[2][0][:-1] + "9"
    client.post(PAS, {"code": secours})
    faux = {"ancien": "pas celui-là du tout", "nouveau": AUTRE, "encore": AUTRE}
    sien[0].post("/compte/mot-de-passe/", faux)
    ecrits = caplog.text + repr(list(AccessAttempt.objects.values()))
    assert AccessAttempt.objects.exists()
    for secret in (secours, "pas celui-là du tout", AUTRE, sien[1].hex()):
        assert secret not in ecrits
