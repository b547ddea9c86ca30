"""A client of the site, signed in as an account of the demonstration, its second factor given."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client


def open_client(identifiant: str, **en_tetes: str) -> Client:
    """Django is ready and the base loaded; `en_tetes` are sent with each request."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    from quartiers.web.second_facteur import FACTEUR

    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client(headers=en_tetes)
    compte = get_user_model().objects.get(username=identifiant)
    client.force_login(compte, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[FACTEUR] = 0
    session.save()
    return client
