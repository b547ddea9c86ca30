"""« Saisi pour le compte de » : both accounts stay, whoever is chosen could have said it there, and no name is shown."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User

from quartiers.storage.models import Brouillon, Ecriture, Titulaire
from quartiers.usecases.enchainer import find_ruptures
from tests.web.conftest import SignIn, read
from tests.web.test_brouillons import POSTE
from tests.web.test_declarer import ADRESSE, SAISIE

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
