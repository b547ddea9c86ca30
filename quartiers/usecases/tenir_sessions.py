"""The sessions of an account: told to its holder, closed by whom they belong to, all at once when it is revoked."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import models, transaction

from quartiers.storage.models import SessionOuverte


def record_session(*, compte: User, cle: str, appareil: str, le: datetime) -> None:
    """Remember a session that has just been opened, and no more those, of anybody, that came to their end."""
    SessionOuverte.objects.exclude(cle__in=list_vivantes(le)).delete()
    SessionOuverte.objects.update_or_create(
        cle=cle, defaults={"compte": compte, "appareil": appareil, "ouverte_le": le}
    )


def list_sessions(compte: User, le: datetime) -> list[SessionOuverte]:
    """Those of an account that are still open, the last opened first."""
    return list(SessionOuverte.objects.filter(compte=compte, cle__in=list_vivantes(le)))


def list_vivantes(le: datetime) -> models.QuerySet[Session, str]:
    """The keys of all the sessions that have not come to their end: a question inside another one."""
    return Session.objects.filter(expire_date__gt=le).values_list("session_key", flat=True)


@transaction.atomic
def close_session(*, compte: User, numero: int) -> bool:
    """Close one session of an account; False when it has none of that number."""
    return _close(SessionOuverte.objects.filter(compte=compte, pk=numero)) > 0


@transaction.atomic
def close_sessions(*, compte: User, sauf: str = "") -> int:
    """Close the sessions of an account, but the one of that key; how many."""
    return _close(SessionOuverte.objects.filter(compte=compte).exclude(cle=sauf))


def rename_session(ancienne: str, nouvelle: str) -> None:
    """The same session, whose key was changed."""
    SessionOuverte.objects.filter(cle=ancienne).update(cle=nouvelle)


def forget_session(cle: str) -> None:
    """Its holder has just left it."""
    SessionOuverte.objects.filter(cle=cle).delete()


def _close(siennes: models.QuerySet[SessionOuverte]) -> int:
    """Django's own row goes first: without it, the cookie opens nothing."""
    cles = list(siennes.values_list("cle", flat=True))
    Session.objects.filter(session_key__in=cles).delete()
    SessionOuverte.objects.filter(cle__in=cles).delete()
    return len(cles)
