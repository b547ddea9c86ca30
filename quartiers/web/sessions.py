"""Sessions remembered when they open and forgotten when their holder leaves, whatever the page that opens them."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import transaction
from django.http import HttpRequest

from quartiers.storage.models import Acte
from quartiers.usecases.tenir_journal import write_acte
from quartiers.usecases.tenir_sessions import forget_session, record_session
from quartiers.usecases.transmettre import apply_echues
from quartiers.web.appareil import say_appareil
from quartiers.web.horloge import read_now
from quartiers.web.journal import name_route

MODELE = "django.contrib.auth.backends.ModelBackend"
"""By what a session is opened that no password just opened: a link, the demonstration."""


def connect_sessions() -> None:
    """Hear of each session, once."""
    user_logged_in.connect(_remember, dispatch_uid="sessions.ouverte")
    user_logged_out.connect(_forget, dispatch_uid="sessions.quittee")


def _remember(sender: object, request: HttpRequest, user: User, **_: object) -> None:  # noqa: ARG001
    if (
        request.session.session_key is None
    ):  # opened over the session of another account: emptied, not yet named
        request.session.save()
    cle = request.session.session_key or ""
    appareil = say_appareil(request.headers.get("User-Agent", ""))
    le = read_now()
    apply_echues(le)  # before what is opened here is remembered: it may be of who left
    with transaction.atomic():
        record_session(compte=user, cle=cle, appareil=appareil, le=le)
        write_acte(Acte.Verbe.CONNEXION, le=le, compte=user.pk, objet=name_route(request))


def _forget(sender: object, request: HttpRequest, user: User | None, **_: object) -> None:  # noqa: ARG001
    if request.session.session_key is None or user is None:
        return
    with transaction.atomic():
        forget_session(request.session.session_key)
        write_acte(Acte.Verbe.DECONNEXION, le=read_now(), compte=user.pk, objet=name_route(request))
