"""The demonstration in the test base, and a client signed in as one of its accounts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from pytest_django.fixtures import Settings

from quartiers.usecases.charger_demo import VU_LE_DEMO
from tests.suite.chargements import DEMO, SAISI_LE, recall_charge

SignIn = Callable[[str], Client]
TILLEULS = "QC-FICTIF-TILLEULS"
VALIDENT = (
    *("prefet", "sous_prefet_ville", "delegue", "recteur", "police", "gendarmerie", "service_etat"),
    *("commune", "epci", "conseil_departemental", "conseil_regional", "operateur"),
)
"""The roles to which domaine.md 3.1 gives to validate something."""


def read(client: Client, adresse: str, statut: int = 200) -> str:
    """The text of a page that answers as expected."""
    reponse = client.get(adresse)
    assert reponse.status_code == statut, adresse
    return str(reponse.content.decode())


@pytest.fixture
def demo(etat_demo: None, settings: Settings) -> None:
    """The fictitious département, loaded by the ordinary imports."""
    settings.DEMO = True
    recall_charge()


@pytest.fixture
def sign_in(demo: None) -> SignIn:
    """A client signed in as an account of the demonstration."""

    def ouvrir(identifiant: str) -> Client:
        client = Client()
        client.force_login(
            get_user_model().objects.get(username=identifiant),
            backend="django.contrib.auth.backends.ModelBackend",
        )
        return client

    return ouvrir


__all__ = ["DEMO", "SAISI_LE", "VU_LE_DEMO"]
