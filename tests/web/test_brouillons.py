"""What was being written is never lost: kept by its button, or when the session ends, for its author and nobody else."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from django.contrib.auth.models import User
from django.test import Client

from quartiers.storage.models import Brouillon, Piece, Releve
from tests.web.conftest import TILLEULS, SignIn, read
from tests.web.test_declarer import make_photo

ADRESSE = f"/territoires/{TILLEULS}/declarer/e06-a1-educateurs-etp/"
POSTE = f"/territoires/{TILLEULS}/declarer/e06-a2-adultes-relais/poste/"
SAISIE = {"date": "2026-11-20", "autre": "5,5", "commentaire": "vu avec la régie"}


def get_porteur(client: Client, adresse: str = ADRESSE) -> str:
    """Who the form says it was given to."""
    trouve = re.search(r'name="porteur" value="([^"]+)"', read(client, adresse))
    assert trouve is not None
    return trouve[1]


def test_une_session_qui_expire_ne_perd_ni_le_texte_ni_le_fichier(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    porteur = get_porteur(client)
    expiree = Client()
    envoi = {**SAISIE, "porteur": porteur, "libelle": "Éducateurs", "preuve": make_photo()}
    reponse = expiree.post(ADRESSE, envoi)
    assert reponse.status_code == 302
    assert reponse.headers["Location"] == f"/connexion/?next={ADRESSE}"
    assert not Releve.objects.filter(ecriture__canal="formulaire").exists()
    page = read(client, ADRESSE)
    assert 'value="5,5"' in page
    assert 'value="vu avec la régie"' in page
    assert 'value="2026-11-20"' in page
    assert "Fichier gardé\u00a0: poste.jpg" in page
    assert "Éducateurs" in read(client, "/a-declarer/")
    # Declared from there, the file kept proves it, and nothing of the draft is left.
    reponse = client.post(ADRESSE, SAISIE)
    assert reponse.status_code == 302
    assert Piece.objects.get().nom == "poste.jpg"
    assert not Brouillon.objects.exists()


def test_un_autre_compte_n_y_trouve_rien(sign_in: SignIn) -> None:
    Client().post(ADRESSE, {**SAISIE, "porteur": get_porteur(sign_in("demo-deleguee"))})
    autre = sign_in("demo-sous-prefete")
    assert "vu avec la régie" not in read(autre, ADRESSE)
    assert Brouillon.objects.get().compte.username == "demo-deleguee"


@pytest.mark.parametrize("faux", ["", "rien", "d'une autre page"])
def test_sans_savoir_qui_ecrivait_rien_n_est_garde(sign_in: SignIn, faux: str) -> None:
    client = sign_in("demo-deleguee")
    porteur = get_porteur(client, POSTE) if faux.startswith("d'une") else faux
    reponse = Client().post(ADRESSE, {**SAISIE, "porteur": porteur})
    assert reponse.status_code == 302
    assert not Brouillon.objects.exists()


def test_le_bouton_brouillon_garde_sans_rien_juger(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    incomplet = {"date": "hier", "autre": "abc", "brouillon": "oui", "libelle": "Éducateurs"}
    suite = client.post(ADRESSE, incomplet)
    assert suite.headers["Location"] == "/a-declarer/"
    page = read(client, "/a-declarer/")
    assert page.index("Brouillons") < page.index("h-g1")
    assert f'href="{ADRESSE}"' in page
    assert 'value="abc"' in read(client, ADRESSE)
    client.post(ADRESSE, {**incomplet, "autre": "7"})
    assert Brouillon.objects.get().mots["autre"] == "7"
    client.post(ADRESSE, {"jeter": "oui"})
    assert not Brouillon.objects.exists()


def test_un_get_ne_garde_rien(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    for adresse in (ADRESSE, POSTE, "/a-declarer/"):
        client.get(adresse, {"brouillon": "oui", "autre": "7"})
    assert not Brouillon.objects.exists()


def test_le_brouillon_d_un_poste_revient_champ_par_champ(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    client.post(
        POSTE,
        {"employeur": "Régie (fictif)", "etp_pourvu": "0.5", "situe": TILLEULS, "brouillon": "oui"},
    )
    page = read(client, POSTE)
    assert 'value="0.5"' in page
    assert "Régie (fictif)" in page


def test_ce_qu_on_ne_peut_pas_declarer_ne_se_garde_pas(sign_in: SignIn) -> None:
    client = sign_in("demo-region")
    assert client.post(ADRESSE, {**SAISIE, "brouillon": "oui"}).status_code == 404
    assert not Brouillon.objects.exists()
    assert User.objects.filter(username="demo-region").exists()


@pytest.mark.parametrize(
    ("avant", "refusee", "statut", "corrigee"),
    [
        ({"date": "2026-11-22", "autre": "7"}, {"autre": "5000"}, 422, {"dix_fois": "5000"}),
        ({}, {"autre": "abc"}, 422, {"autre": "5"}),
        ({"date": "2026-11-23", "autre": "9"}, {"autre": "5"}, 409, {"vu": "celle-ci"}),
    ],
    ids=["à confirmer", "faute", "conflit"],
)
def test_un_formulaire_rendu_garde_sa_photo(
    sign_in: SignIn,
    avant: dict[str, str],
    refusee: dict[str, str],
    statut: int,
    corrigee: dict[str, str],
) -> None:
    """A value to confirm, a fault, somebody else's value: the file is not to be chosen again."""
    client = sign_in("demo-deleguee")
    if avant:
        sign_in("demo-sous-prefete").post(ADRESSE, avant)
    envoi = {"date": "2026-11-23", **refusee}
    reponse = client.post(ADRESSE, {**envoi, "preuve": make_photo()})
    assert reponse.status_code == statut
    assert Brouillon.objects.get().nom == "poste.jpg"
    if "vu" in corrigee:
        corrigee = {"vu": str(Releve.objects.latest("pk").pk)}
    assert client.post(ADRESSE, {**envoi, **corrigee}).status_code == 302
    assert Piece.objects.get().nom == "poste.jpg"


def test_deux_choses_n_ont_pas_le_meme_brouillon(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    objets = re.findall(r"\?objet=([^\"]+)", read(client, POSTE))[:2]
    assert len(objets) == 2
    un = unquote(objets[0])
    client.post(
        POSTE, {"objet": un, "employeur": "Un (fictif)", "brouillon": "oui", "preuve": make_photo()}
    )
    assert "Fichier gardé" in read(client, f"{POSTE}?objet={objets[0]}")
    page = read(client, f"{POSTE}?objet={objets[1]}")
    assert "Fichier gardé" not in page
    assert "Un (fictif)" not in page
    assert Brouillon.objects.get().adresse.endswith(objets[0])


def test_un_choix_de_la_liste_et_plusieurs_mots_reviennent(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    employeur = re.findall(
        r"<option[^>]*>([^<]+)</option>", read(client, POSTE).split('name="employeur-choisi"')[1]
    )[1]
    client.post(POSTE, {"employeur": "", "employeur-choisi": employeur, "brouillon": "oui"})
    assert f"<option selected>{employeur}</option>" in read(client, POSTE)


def test_un_compte_ferme_ne_garde_plus_rien(sign_in: SignIn) -> None:
    porteur = get_porteur(sign_in("demo-deleguee"))
    User.objects.filter(username="demo-deleguee").update(is_active=False)
    Client().post(ADRESSE, {**SAISIE, "porteur": porteur})
    assert not Brouillon.objects.exists()


def test_ce_que_le_formulaire_garde_en_ecrivant_ne_mene_nulle_part(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    reponse = client.post(ADRESSE, {**SAISIE, "brouillon": "en-ecrivant"})
    assert (reponse.status_code, reponse.content) == (204, b"")
    page = read(client, ADRESSE)
    assert 'value="5,5"' in page
    assert "Brouillon gardé" not in page
