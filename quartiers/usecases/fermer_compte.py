"""An account revoked: its sessions and its links close at once, what it did stays."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from quartiers.usecases.inviter import revoke_invitations
from quartiers.usecases.tenir_sessions import close_sessions


@transaction.atomic
def close_compte(*, identifiant: str, le: datetime) -> tuple[int, int]:
    """Nobody enters it any more: how many sessions and how many links were closed. Raises User.DoesNotExist."""
    compte = User.objects.select_for_update().get(username=identifiant)
    compte.is_active = False
    compte.save(update_fields=["is_active"])
    return close_sessions(compte=compte), revoke_invitations(compte=compte, le=le)
