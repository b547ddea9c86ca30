"""The page of a link: scanners open it and nothing happens, its holder enters once, and a closed link tells nothing."""

from __future__ import annotations

from datetime import timedelta
from logging import getLogger

import pytest
from axes.models import AccessLog
from django.apps import apps
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client

from quartiers.core.territoire import Territoires
from quartiers.storage.models import Invitation, SessionOuverte
from quartiers.usecases.creer_compte import create_compte
from quartiers.usecases.fermer_compte import close_compte
from quartiers.usecases.inviter import invite
from quartiers.usecases.nommant import build_nommant
from quartiers.web.horloge import read_now

pytestmark = pytest.mark.django_db
PHRASE = "une longue phrase facile"
DEUX_FOIS = {"nouveau": PHRASE, "encore": PHRASE}


@pytest.fixture
def compte() -> User:
    """Invited, never come."""
    return create_compte(
        identifiant="deleguee", mot_de_passe=None, role="administrateur", nom="Déléguée"
    )


def open_lien(compte: User) -> str:
    """The address of a new link."""
    return f"/invitations/{invite(compte=compte, le=read_now())}/"


def is_admis() -> bool:
    """The account is entered by its password."""
    envoi = {"username": "deleguee", "password": PHRASE}
    return Client().post("/connexion/", envoi).status_code == 302


def test_dix_lectures_ne_consomment_rien_et_un_envoi_ouvre(compte: User) -> None:
    adresse = open_lien(compte)
    robot = Client()
    avant = list(Invitation.objects.values())
    for _ in range(5):
        assert robot.get(adresse).status_code == 200
        assert robot.head(adresse).status_code == 200
    assert list(Invitation.objects.values()) == avant
    personne = Client()
    page = personne.get(adresse).content.decode()
    assert adresse not in page, "imprimée, la page ne donne pas le lien"
    assert "«\u00a0deleguee\u00a0», Déléguée" in page
    assert personne.post(adresse, DEUX_FOIS).headers["Location"] == "/"
    assert personne.get("/compte/").status_code == 200
    assert is_admis()


def test_un_lien_ferme_ne_dit_pas_ce_qui_l_a_ferme(compte: User) -> None:
    servi, retire, vieux = open_lien(compte), open_lien(compte), open_lien(compte)
    Invitation.objects.filter(pk=Invitation.objects.order_by("pk")[2].pk).update(
        expire_le=read_now() - timedelta(seconds=1)
    )
    Client().post(servi, DEUX_FOIS)
    reponses = [Client().get(a) for a in (servi, retire, vieux, "/invitations/inconnu/")]
    reponses += [Client().post(a, DEUX_FOIS) for a in (servi, retire, vieux)]
    assert {r.status_code for r in reponses} == {404}
    assert len({r.content for r in reponses}) == 1
    assert "deleguee" not in reponses[0].content.decode()


@pytest.mark.parametrize(
    ("nouveau", "encore", "raison"),
    [
        (PHRASE, PHRASE + "!", "les deux mots de passe diffèrent"),
        ("court", "court", "au minimum 15 caractères"),
        ("", "", "au minimum 15 caractères"),
    ],
)
def test_un_mot_de_passe_refuse_est_dit_et_le_lien_sert_encore(
    compte: User, nouveau: str, encore: str, raison: str
) -> None:
    adresse = open_lien(compte)
    page = Client().post(adresse, {"nouveau": nouveau, "encore": encore}).content.decode()
    assert "Rien n’est changé, et ce lien sert encore" in page
    assert raison in page
    assert nouveau == "" or f'value="{nouveau}"' not in page
    assert Client().post(adresse, DEUX_FOIS).status_code == 302


def test_entrer_par_un_lien_ferme_les_sessions_ouvertes_avant(compte: User) -> None:
    premiere = Client()
    premiere.post(open_lien(compte), DEUX_FOIS)
    assert premiere.get("/compte/").status_code == 200
    Client().post(open_lien(compte), DEUX_FOIS)
    assert premiere.get("/compte/").status_code == 302
    assert SessionOuverte.objects.count() == Session.objects.count() == 1


def test_une_session_ouverte_par_dessus_une_autre_se_voit_aussi(compte: User) -> None:
    """Of another account, or of the same one whose password was lost while it was still open."""
    autre = create_compte(identifiant="autre", mot_de_passe=None, role="administrateur")
    ici = Client()
    ici.post(open_lien(autre), DEUX_FOIS)
    for _ in range(2):
        ici.post(open_lien(compte), DEUX_FOIS)
        assert "(celle-ci)" in ici.get("/compte/").content.decode()
    assert SessionOuverte.objects.filter(compte=compte).count() == 1


def test_le_lien_n_est_ecrit_nulle_part(compte: User, caplog: pytest.LogCaptureFixture) -> None:
    adresse = open_lien(compte)
    jeton = adresse.split("/")[2]
    (filtre,) = (f for traitement in getLogger("django").handlers for f in traitement.filters)
    caplog.handler.addFilter(filtre)
    Client(enforce_csrf_checks=True).post(adresse, DEUX_FOIS)
    Client().put(adresse)
    Client().post(adresse, DEUX_FOIS)
    assert "/invitations/…/" in caplog.text
    assert jeton not in caplog.text
    assert AccessLog.objects.get().path_info == "/connexion/"
    for modele in apps.get_models():
        assert all(jeton not in str(rangee) for rangee in modele._default_manager.values())


def test_un_compte_ferme_perd_ses_sessions_et_ses_liens(compte: User) -> None:
    ici = Client()
    ici.post(open_lien(compte), DEUX_FOIS)
    lien = open_lien(compte)
    nommant = build_nommant(None, read_now(), Territoires.build(()))
    assert close_compte(nommant=nommant, numero=compte.pk) == (1, 1)
    assert ici.get("/compte/").status_code == 302
    assert Client().post(lien, DEUX_FOIS).status_code == 404
    assert not is_admis()


def test_sans_jeton_de_formulaire_rien_n_est_change(compte: User) -> None:
    adresse = open_lien(compte)
    assert Client(enforce_csrf_checks=True).post(adresse, DEUX_FOIS).status_code == 403
    assert Invitation.objects.get().utilisee_le is None
