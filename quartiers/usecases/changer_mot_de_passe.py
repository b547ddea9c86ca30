"""A password changed by the holder of the account: the sessions opened with the former one are closed."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from quartiers.storage.models import Acte
from quartiers.usecases.creer_compte import CompteRefuse, hash_mot_de_passe
from quartiers.usecases.inviter import revoke_invitations
from quartiers.usecases.tenir_journal import write_acte
from quartiers.usecases.tenir_sessions import close_sessions

CHANGE_DEPUIS = "il vient d’être changé ailleurs ; recommencez"


def change_mot_de_passe(*, compte: User, nouveau: str, session: str, le: datetime) -> None:
    """`compte`: as it was read when its password was checked; `session`: the key of the one that stays.

    Raises CompteRefuse when the new one is too weak, or when the former one was changed meanwhile.
    """
    condense = hash_mot_de_passe(compte, nouveau)
    with transaction.atomic():
        verrouille = User.objects.select_for_update().get(pk=compte.pk)
        if verrouille.password != compte.password:
            raise CompteRefuse(CHANGE_DEPUIS)
        verrouille.password = condense
        verrouille.save(update_fields=["password"])
        sessions = close_sessions(compte=verrouille, sauf=session)
        detail = {"liens": revoke_invitations(compte=verrouille, le=le), "sessions": sessions}
        write_acte(Acte.Verbe.MOT_DE_PASSE, le=le, compte=compte.pk, objet="changer", detail=detail)
    compte.password = condense
