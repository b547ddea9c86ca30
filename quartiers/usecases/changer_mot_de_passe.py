"""A password changed by the holder of the account: the sessions opened with the former one are closed."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from quartiers.usecases.creer_compte import CompteRefuse, set_mot_de_passe
from quartiers.usecases.inviter import revoke_invitations
from quartiers.usecases.tenir_sessions import close_sessions

ANCIEN_FAUX = "le mot de passe actuel n’est pas celui-là"


@transaction.atomic
def change_mot_de_passe(
    *, compte: User, ancien: str, nouveau: str, session: str, le: datetime
) -> None:
    """`session`: the key of the one that stays. Raises CompteRefuse when the former is wrong or the new one too weak."""
    verrouille = User.objects.select_for_update().get(pk=compte.pk)
    if not verrouille.check_password(ancien):
        raise CompteRefuse(ANCIEN_FAUX)
    set_mot_de_passe(verrouille, nouveau)
    verrouille.save(update_fields=["password"])
    compte.password = verrouille.password
    close_sessions(compte=verrouille, sauf=session)
    revoke_invitations(compte=verrouille, le=le)
