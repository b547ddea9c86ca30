"""The workshop of imports played by a client of the site, in the base of this process: send, read, apply, take back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from quartiers.core.essai_d_import import EssaiDImport as Essai
from quartiers.core.essai_d_import import Risque
from quartiers.core.table_des_droits import is_facteur_demande
from quartiers.storage.models import EssaiDImport, SuiteDEssai
from quartiers.usecases.charger_dossier import forget_dossier
from quartiers.usecases.creer_compte import create_compte
from quartiers.usecases.garder_essais import read_contenu
from quartiers.web import poste_d_import
from quartiers.web.sessions import MODELE
from tests.codes_tires import set_up
from tests.recette.base_demo import SAISI_LE
from tests.recette.droits.matrice import undo
from tests.recette.outils import Echec, expect

PARIS = ZoneInfo("Europe/Paris")
TOUS_RISQUES = {risque.value: "oui" for risque in Risque}
_FAUTE = re.compile(r'class="faute"[^>]*>([^<]*)')


def open_compte(identifiant: str, role: str, territoire: str, organisme: str) -> Client:
    """An account, and a browser that is signed in, with the second factor when one is asked of it."""
    compte: User = create_compte(
        identifiant=identifiant,
        mot_de_passe=None,
        role=role,
        territoires=(territoire,),
        nom=identifiant,
        organisme=organisme,
        acte="arrêté",
        le=SAISI_LE,
    )
    client = Client(headers={"host": "localhost"}, raise_request_exception=True)
    client.force_login(compte, backend=MODELE)
    if is_facteur_demande(role) and not settings.DEMO:
        set_up(client)
    return client


def send(client: Client, genre: str, nom: str, octets: bytes) -> EssaiDImport:
    """Send a file; gives its trial."""
    reponse = client.post(
        "/importer/", {"genre": genre, "fichier": SimpleUploadedFile(nom, octets)}
    )
    if reponse.status_code != 302:
        raise Echec(f"{nom} : {reponse.status_code} {_FAUTE.findall(reponse.content.decode())}")
    garde: EssaiDImport = EssaiDImport.objects.latest("pk")
    return garde


def apply(client: Client, garde: EssaiDImport, **cases: str) -> EssaiDImport:
    """« Appliquer cet essai »; gives the trial to which it leads: another one when the base moved."""
    adresse = f"/importer/{garde.pk}/"
    reponse = client.post(adresse, {"condensat": garde.condensat, **cases})
    expect(reponse.status_code == 302, f"appliquer {garde.nom} : {reponse.status_code}")
    numero = int(reponse.headers["Location"].split("/")[2])
    suite: EssaiDImport = EssaiDImport.objects.get(pk=numero)
    return suite


def is_applique(garde: EssaiDImport) -> bool:
    """Its lines were written."""
    return SuiteDEssai.objects.filter(essai=garde.pk, nature="applique").exists()


def read_essai(garde: EssaiDImport) -> Essai:
    """The fate of its lines."""
    return read_contenu(garde)


@contextmanager
def undo_gestes() -> Iterator[None]:
    """Whatever is written inside is undone; what must be whole by itself believes that it is."""
    with undo():
        yield
    forget_dossier()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """What is sent inside is sent at that moment."""
    with patch.object(poste_d_import, "read_moment_de_saisie", lambda: moment):
        yield


def read_tableau(client: Client, code: str, vu_le: str, connu_le: str) -> dict[str, Any]:
    """Statut and value of each indicateur of a territoire, at two dates."""
    adresse = f"/territoires/{code}/tableau.json?vu_le={vu_le}&connu_le={connu_le}"
    reponse = client.get(adresse)
    expect(reponse.status_code == 200, f"{adresse} : {reponse.status_code}")
    dits: dict[str, Any] = {}
    for engagement in json.loads(reponse.content)["engagements"]:
        for partie in (*engagement["objectifs"], *engagement["actions"]):
            for indicateur in partie["indicateurs"]:
                dits[indicateur["code"]] = (indicateur["statut"], indicateur["valeur"])
    return dits


def make_moment(jour: int, heure: int = 12) -> datetime:
    """In November 2026."""
    return datetime(2026, 11, jour, heure, tzinfo=PARIS)
