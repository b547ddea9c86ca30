"""The demonstration in the test base, and a client signed in as one of its accounts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from pytest_django.fixtures import Settings

from quartiers.usecases.demo import VU_LE_DEMO, load_demo
from quartiers.usecases.dossier import forget_dossier
from quartiers.web import consultation

SAISI_LE = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Europe/Paris"))
DEMO = Path(__file__).resolve().parents[2] / "data" / "demo"
SignIn = Callable[[str], Client]
TILLEULS = "QC-FICTIF-TILLEULS"


def read(client: Client, adresse: str, statut: int = 200) -> str:
    """The text of a page that answers as expected."""
    reponse = client.get(adresse)
    assert reponse.status_code == statut, adresse
    return str(reponse.content.decode())


def forget() -> None:
    """Each test rolls its base back: nothing read from it may outlive it."""
    forget_dossier()
    consultation._vues.clear()


@pytest.fixture
def demo(db: None, settings: Settings) -> Iterator[None]:
    """The fictitious département, loaded by the ordinary imports."""
    settings.DEMO = True
    forget()
    list(load_demo(dossier=DEMO, saisi_le=SAISI_LE))
    yield
    forget()


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
