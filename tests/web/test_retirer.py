"""« Retirer », on the page of one's declaration: offered after the half hour, to its author and to nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from quartiers.storage.models import Ecriture, Releve
from quartiers.web import horloge
from quartiers.web.pages import declaration, retirer
from tests.web.conftest import SignIn, read
from tests.web.test_declarer import ADRESSE, SAISIE
from tests.web.test_donnees_personnelles import TEXTE, send_deux_fois


@pytest.fixture
def plus_tard(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is declared now is looked at an hour later."""
    alors = horloge.read_moment_de_saisie() + timedelta(hours=1)
    for page in (declaration, retirer):
        monkeypatch.setattr(page, "read_moment_de_saisie", lambda: alors)


def declare(sign_in: SignIn) -> str:
    """The address of what the deleguee says."""
    return str(sign_in("demo-deleguee").post(ADRESSE, SAISIE).headers["Location"])


def test_dans_la_demi_heure_on_annule_et_ne_retire_pas(sign_in: SignIn) -> None:
    adresse = declare(sign_in)
    client = sign_in("demo-deleguee")
    page = read(client, adresse)
    assert f'action="{adresse}annuler/"' in page
    assert f'action="{adresse}retirer/"' not in page
    client.post(f"{adresse}retirer/")
    assert "est retiré" not in read(client, adresse)
    assert Releve.objects.filter(ecriture__canal=Ecriture.Canal.FORMULAIRE).count() == 1


def test_apres_elle_se_retire_avec_sa_raison(sign_in: SignIn, plus_tard: None) -> None:
    adresse = declare(sign_in)
    client = sign_in("demo-deleguee")
    assert f'action="{adresse}retirer/"' in read(client, adresse)
    suite = client.post(f"{adresse}retirer/", {"raison": "comptée deux fois"}).headers["Location"]
    page = read(client, suite)
    assert "est retiré" in page
    assert "comptée deux fois" in page
    assert f'action="{suite}retirer/"' not in page
    assert "corrigée depuis" in read(client, adresse)
    file = read(sign_in("demo-sous-prefete"), "/valider/")
    assert "est retiré, comptée deux fois" in file, "who judges it reads why"
    # A second button, pressed on a page that was open before: nothing more.
    assert client.post(f"{adresse}retirer/").headers["Location"] == adresse
    assert Releve.objects.filter(ecriture__canal=Ecriture.Canal.FORMULAIRE).count() == 2


def test_celle_d_un_autre_est_absente(sign_in: SignIn, plus_tard: None) -> None:
    adresse = declare(sign_in)
    autre = sign_in("demo-sous-prefete")
    refus = autre.post(f"{adresse}retirer/")
    absente = autre.post("/declarations/releve-999999/retirer/")
    assert (refus.status_code, refus.content) == (404, absente.content)
    assert Releve.objects.filter(ecriture__canal=Ecriture.Canal.FORMULAIRE).count() == 1


def test_une_raison_qui_parle_d_une_personne_avertit_puis_entre(
    sign_in: SignIn, plus_tard: None
) -> None:
    adresse = declare(sign_in)
    client = sign_in("demo-deleguee")
    raison = {"raison": TEXTE}
    assert send_deux_fois(client, f"{adresse}retirer/", raison) != adresse
    assert Releve.objects.latest("pk").commentaire == TEXTE
