"""A text that seems to speak of a person: asked about once, entered all the same, shown to nobody outside its circle."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from quartiers.storage.models import Enregistrement, Releve
from tests.web.conftest import TILLEULS, SignIn, read
from tests.web.test_declarer import ADRESSE, INDICATEUR, SAISIE
from tests.web.test_enregistrer import ADRESSE as DU_POSTE
from tests.web.test_enregistrer import INDICATEUR as DES_POSTES
from tests.web.test_enregistrer import POSTE
from tests.web.test_piece import open_compte

NUMERO = "06 12 34 56 78"
TEXTE = f"rappeler la mère au {NUMERO}"
RETENU = "texte retenu\u00a0: il paraît contenir un numéro de téléphone"
REPONSE = re.compile(r'name="personnelles" value="([0-9a-f]+)"')


def send_deux_fois(client: Client, adresse: str, saisie: dict[str, str]) -> str:
    """The form asks once; confirmed, it is written. Gives the address that follows."""
    reponse = client.post(adresse, saisie)
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert "paraît contenir un numéro de téléphone" in page
    assert NUMERO in page  # what was typed is given back
    (confirmee,) = REPONSE.findall(page)
    suite = client.post(adresse, {**saisie, "personnelles": confirmee})
    assert suite.status_code == 302, suite.content.decode()
    return str(suite.headers["Location"])


def test_la_precision_d_une_valeur_avertit_puis_entre(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    suite = send_deux_fois(client, ADRESSE, {**SAISIE, "commentaire": TEXTE})
    assert Releve.objects.latest("pk").commentaire == TEXTE
    assert NUMERO in read(client, suite)  # its author
    assert NUMERO in read(sign_in("demo-sous-prefete"), "/valider/")  # who judges it
    preuve = f"/preuves/{TILLEULS}/{INDICATEUR}/"
    for lecteur in (sign_in("demo-prefet"), open_compte("operateur")[1]):
        page = read(lecteur, preuve)
        assert RETENU in page
        assert NUMERO not in page


def test_le_texte_d_un_enregistrement_avertit_puis_entre(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    suite = send_deux_fois(client, DU_POSTE, {**POSTE, "employeur": TEXTE})
    objet = Enregistrement.objects.latest("pk")
    assert objet.champs["employeur"] == TEXTE
    assert NUMERO in read(client, suite)
    lecteur = open_compte("operateur")[1]
    assert objet.objet in read(lecteur, f"/preuves/{TILLEULS}/{DES_POSTES}/")
    for adresse in (f"/preuves/{TILLEULS}/{DES_POSTES}/", f"/territoires/{TILLEULS}/tableau.json"):
        assert NUMERO not in read(lecteur, adresse)
    # The forms of others suggest it to nobody; the author says it again from where it was.
    assert NUMERO not in read(open_compte("operateur")[1], DU_POSTE)
    assert NUMERO in read(client, f"{DU_POSTE}?objet={objet.objet}")


def test_ce_qui_est_confirme_ne_vaut_que_pour_ce_texte(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    page = client.post(ADRESSE, {**SAISIE, "commentaire": TEXTE}).content.decode()
    (confirmee,) = REPONSE.findall(page)
    autre = {**SAISIE, "commentaire": "écrire à a@exemple.fr", "personnelles": confirmee}
    reponse = client.post(ADRESSE, autre)
    assert reponse.status_code == 422
    assert "une adresse électronique" in reponse.content.decode()


@pytest.mark.parametrize("commentaire", ["Comité du 12/03/2026", "Siret 18009202500014"])
def test_un_texte_ordinaire_ne_demande_rien(sign_in: SignIn, commentaire: str) -> None:
    client = sign_in("demo-deleguee")
    assert client.post(ADRESSE, {**SAISIE, "commentaire": commentaire}).status_code == 302
    lecteur = open_compte("operateur")[1]
    assert commentaire in read(lecteur, f"/preuves/{TILLEULS}/{INDICATEUR}/")
