"""« Saisi pour le compte de » : both accounts stay, whoever is chosen could have said it there, and no name is shown."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from quartiers.storage.models import Brouillon, Ecriture, Enregistrement, Titulaire
from quartiers.usecases.enchainer import find_ruptures
from tests.web.conftest import SignIn, read
from tests.web.test_brouillons import POSTE
from tests.web.test_declarer import ADRESSE, SAISIE
from tests.web.test_enregistrer import POSTE as SAISIE_D_UN_POSTE

CHOIX = re.compile(r'<option value="(\d+)">([^<]+)</option>')


def list_choix(page: str) -> dict[str, str]:
    """The words of each account offered, by its number."""
    select = re.search(r'<select[^>]* name="pour".*?</select>', page, re.DOTALL)
    return dict(CHOIX.findall(select[0])) if select else {}


def get_numero(nom: str) -> str:
    """Of an account of the demonstration."""
    return str(User.objects.get(username=nom).pk)


def test_les_deux_comptes_restent(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    numero = get_numero("demo-association")
    assert numero in list_choix(read(client, ADRESSE))
    suite = client.post(ADRESSE, {**SAISIE, "pour": numero})
    assert suite.status_code == 302
    ecriture = Ecriture.objects.get(canal=Ecriture.Canal.FORMULAIRE)
    assert (ecriture.compte, ecriture.pour) == (
        User.objects.get(username="demo-deleguee"),
        User.objects.get(username="demo-association"),
    )
    assert ecriture.organisme == list_choix(read(client, ADRESSE))[numero]
    for qui in ("demo-deleguee", "demo-association"):
        assert ecriture.organisme in read(sign_in(qui), suite.headers["Location"])
    assert list(find_ruptures()) == []


@pytest.mark.parametrize("adresse", [ADRESSE, POSTE])
def test_aucun_nom_n_est_offert(sign_in: SignIn, adresse: str) -> None:
    Titulaire.objects.update(nom="Zoé Inconnue")
    User.objects.update(first_name="Zoé", last_name="Inconnue")
    client = sign_in("demo-deleguee")
    page = read(client, adresse)
    assert list_choix(page)
    assert "Inconnue" not in str(list_choix(page))
    assert page.count("Inconnue") == read(client, "/mentions/").count("Inconnue")  # her own


@pytest.mark.parametrize("adresse", [ADRESSE, POSTE])
def test_qui_ne_juge_pas_ne_saisit_que_pour_soi(sign_in: SignIn, adresse: str) -> None:
    """An association is not told who else acts there."""
    client = sign_in("demo-association")
    assert list_choix(read(client, adresse)) == {}
    page = client.post(adresse, {**SAISIE, "pour": get_numero("demo-deleguee")})
    assert page.status_code == 422


@pytest.mark.parametrize("qui", ["demo-prefet", "demo-deleguee", ""])
@pytest.mark.parametrize("adresse", [ADRESSE, POSTE])
def test_qui_ne_pourrait_pas_le_dire_est_refuse(sign_in: SignIn, qui: str, adresse: str) -> None:
    numero = get_numero(qui) if qui else "999999"
    client = sign_in("demo-deleguee")
    assert numero not in list_choix(read(client, adresse))
    page = client.post(adresse, {**SAISIE, "pour": numero})
    assert page.status_code == 422
    assert 'id="faute-pour"' in page.content.decode()
    assert not Ecriture.objects.filter(canal=Ecriture.Canal.FORMULAIRE).exists()


def test_le_brouillon_garde_pour_qui(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    numero = get_numero("demo-association")
    client.post(ADRESSE, {**SAISIE, "pour": numero, "brouillon": "oui"})
    assert Brouillon.objects.get().mots["pour"] == numero
    assert f'value="{numero}" selected' in read(client, ADRESSE)


def record(client: Client, **mots: str) -> HttpResponse:
    """The form of a post, sent."""
    reponse = client.post(POSTE, SAISIE_D_UN_POSTE | mots)
    assert isinstance(reponse, HttpResponse)
    return reponse


def test_ce_qui_est_ecrit_doit_etre_ouvert_aux_deux(sign_in: SignIn) -> None:
    """The association acts at the Tilleuls alone; the sous-préfète in all the département."""
    client, ailleurs = sign_in("demo-sous-prefete"), {"situe": "QC-FICTIF-FONTAINE"}
    pour = {"pour": get_numero("demo-association")}
    refus = record(client, **ailleurs, **pour)
    assert refus.status_code == 422
    assert 'id="faute-situe"' in refus.content.decode()
    assert record(client, **ailleurs).status_code == 302
    assert record(client, **pour).status_code == 302


def test_ce_que_l_autre_ne_peut_pas_redire_ne_se_redit_pas_en_son_nom(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    record(client)
    derniere = Enregistrement.objects.latest("pk")
    redite = {"objet": derniere.objet, "le": "2026-11-22"}
    avant = Enregistrement.objects.count()
    assert record(client, **redite, pour=get_numero("demo-association")).status_code == 404
    assert Enregistrement.objects.count() == avant
    assert record(client, **redite).status_code == 302
