"""A name, a function, an address said anew: by who answers for the account; one's own address by oneself."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from quartiers.storage.models import Acte, Titulaire
from tests.web.conftest import SignIn, read

NEUF = {"nom": "Nadège Aubry-Petit", "fonction": "déléguée", "courriel": "aubry@exemple.fr"}


def get_compte(nom: str) -> User:
    """An account of the demonstration."""
    return User.objects.get(username=nom)


def list_actes() -> list[tuple[int | None, int | None, str]]:
    """What the journal keeps of it: numbers, no name."""
    gestes = Acte.objects.filter(objet__in=("identite", "courriel"))
    return list(gestes.values_list("compte", "vise", "objet"))


def test_qui_repond_d_un_compte_en_change_le_nom(sign_in: SignIn) -> None:
    client, tenu = sign_in("demo-prefet"), get_compte("demo-deleguee")
    avant = Titulaire.objects.filter(pk=tenu.pk).values("organisme", "personne").first()
    adresse = f"/comptes/{tenu.pk}/identite/"
    assert adresse in read(client, f"/comptes/{tenu.pk}/")
    reponse = client.post(adresse, NEUF)
    assert (reponse.status_code, reponse.headers["Location"]) == (302, f"/comptes/{tenu.pk}/")
    page = read(client, f"/comptes/{tenu.pk}/")
    assert "Le compte de Nadège Aubry-Petit" in page
    assert 'value="aubry@exemple.fr"' in read(client, adresse)
    apres = Titulaire.objects.filter(pk=tenu.pk).values("organisme", "personne").first()
    assert apres == (avant or {"organisme": "", "personne": tenu.pk})
    assert list_actes() == [(get_compte("demo-prefet").pk, tenu.pk, "identite")]
    assert "a changé le nom, la fonction ou le courriel de" in read(client, "/journal/")


@pytest.mark.parametrize(
    ("champ", "valeur"),
    [("nom", "  "), ("nom", "é" * 151), ("fonction", "f" * 151), ("courriel", "a@")],
)
def test_ce_qui_ne_s_ecrit_pas_est_rendu_tel_que_tape(
    sign_in: SignIn, champ: str, valeur: str
) -> None:
    client, tenu = sign_in("demo-prefet"), get_compte("demo-deleguee")
    reponse = client.post(f"/comptes/{tenu.pk}/identite/", NEUF | {champ: valeur})
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert f'href="#{champ}"' in page
    assert f'value="{NEUF["nom"] if champ != "nom" else valeur.strip()}"' in page
    assert get_compte("demo-deleguee").last_name != NEUF["nom"]
    assert list_actes() == []


@pytest.mark.parametrize("qui", ["demo-deleguee", "demo-commune", "demo-region"])
def test_qui_n_en_repond_pas_ne_trouve_rien(sign_in: SignIn, qui: str) -> None:
    client, tenu = sign_in(qui), get_compte("demo-prefet")
    absent = client.post("/comptes/999999/identite/", NEUF)
    for methode in (client.get, client.post):
        reponse = methode(f"/comptes/{tenu.pk}/identite/", NEUF)
        assert (reponse.status_code, reponse.content) == (404, absent.content)


def test_nul_ne_change_son_propre_nom(sign_in: SignIn) -> None:
    client = sign_in("demo-prefet")
    sien = get_compte("demo-prefet").pk
    assert client.post(f"/comptes/{sien}/identite/", NEUF).status_code == 404


def test_chacun_change_son_courriel(sign_in: SignIn) -> None:
    client, sien = sign_in("demo-deleguee"), get_compte("demo-deleguee").pk
    assert "aucun message ne vous est envoyé" in read(client, "/compte/")
    assert client.post("/compte/courriel/", {"courriel": "a@"}).status_code == 422
    assert client.post("/compte/courriel/", {"courriel": "d@exemple.fr"}).status_code == 302
    assert "Les messages partent à d@exemple.fr" in read(client, "/compte/")
    assert list_actes() == [(sien, None, "courriel")]
    assert client.post("/compte/courriel/", {"courriel": ""}).status_code == 302
    assert Titulaire.objects.get(pk=sien).courriel == ""
