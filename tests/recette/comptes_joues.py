"""The accounts of the demonstration in a program that is played on its base: entering, and writing as a form does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

Client = Any
PORTE = "django.contrib.auth.backends.ModelBackend"


def get_compte(nom: str) -> Any:
    """An account of the demonstration."""
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(username=nom)


def enter(nom: str) -> Client:
    """A client signed in as an account."""
    from django.test import Client as Navigateur

    client = Navigateur(headers={"host": "localhost"})
    client.force_login(get_compte(nom), backend=PORTE)
    return client


def build_envoi(qui: str, jour: date, **autres: Any) -> Any:
    """A write of an account, at nine in the morning of a day."""
    from quartiers.usecases import ecrire

    moment = datetime(jour.year, jour.month, jour.day, 9, tzinfo=ZoneInfo("Europe/Paris"))
    return replace(ecrire.build_envoi(moment, get_compte(qui).pk), **autres)


def get_derniere() -> int:
    """The number of the row written last."""
    from quartiers.storage.models import Releve

    return int(Releve.objects.order_by("pk").values_list("pk", flat=True).last() or 0)
