"""What still holds: the mandats that open something or will, the links that nobody used nor closed. Said once."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from quartiers.storage.models import Invitation, Mandat


def list_restants(le: date) -> QuerySet[Mandat]:
    """The mandats that nobody ended, of that day or to come."""
    return Mandat.objects.filter(retire_le=None).exclude(au__lt=le)


def list_ouvertes() -> QuerySet[Invitation]:
    """The links that were neither used nor closed; each has its own end besides."""
    return Invitation.objects.filter(utilisee_le=None, revoquee_le=None)
