"""A link to enter an account for the first time, or again when its password is lost.

Looking at the link consumes nothing: mail scanners open links. Only the password sent with it does.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction

from quartiers.core.temps import PARIS, get_minuit
from quartiers.storage.models import Acte, Invitation
from quartiers.usecases.creer_compte import CompteRefuse, hash_mot_de_passe
from quartiers.usecases.lister_restants import list_ouvertes
from quartiers.usecases.tenir_journal import write_acte
from quartiers.usecases.tenir_sessions import close_sessions

JOURS = 14
"""Days a link serves, the last one whole."""
OCTETS = 32


class InvitationFermee(LookupError):  # noqa: N818 -- named in French like every noun of the product
    """Unknown, used, revoked or out of date: nobody can tell which."""


class CompteFerme(CompteRefuse):
    """Nobody enters this account any more."""


@transaction.atomic
def invite(*, compte: User, le: datetime, par: User | None = None) -> str:
    """A new link, to be handed to the holder of an account: what ends its address, told this once.

    The links already given stay good until one is used. `par`: who hands it, None for the command. Raises CompteFerme.
    """
    if not compte.is_active:
        raise CompteFerme(f"le compte « {compte.get_username()} » est fermé")
    jeton = secrets.token_urlsafe(OCTETS)
    Invitation.objects.create(
        compte=compte,
        condensat=digest_jeton(jeton),
        cree_le=le,
        expire_le=get_fin(le),
        donnee_par=par,
    )
    numero = None if par is None else par.pk
    write_acte(Acte.Verbe.INVITATION, le=le, compte=numero, vise=compte.pk, objet="inviter")
    return jeton


def get_fin(le: datetime) -> datetime:
    """The end of the last day that a link given at that moment serves, in Paris."""
    lendemain = le.astimezone(PARIS).date() + timedelta(days=JOURS + 1)
    return get_minuit(lendemain)


def get_dernier_jour(invitation: Invitation) -> date:
    """The last day on which a link serves."""
    return (invitation.expire_le.astimezone(PARIS) - timedelta(days=1)).date()


def digest_jeton(jeton: str) -> bytes:
    """What is kept of a link: drawn at random over 32 bytes, it needs no salt."""
    return hashlib.sha256(jeton.encode()).digest()


def find_invitation(jeton: str, le: datetime) -> Invitation:
    """The invitation of a link that still opens something. Raises InvitationFermee."""
    vivantes = list_ouvertes().filter(
        condensat=digest_jeton(jeton), expire_le__gt=le, compte__is_active=True
    )
    invitation = vivantes.select_related("compte").first()
    if invitation is None:
        raise InvitationFermee
    return invitation


def accept_invitation(*, jeton: str, mot_de_passe: str, le: datetime) -> User:
    """Enter: the password is chosen, every other link and session of the account is closed.

    Raises InvitationFermee, or CompteRefuse when the password is too weak: the link then stays good.
    """
    titulaire = find_invitation(jeton, le).compte
    condense = hash_mot_de_passe(titulaire, mot_de_passe)
    with transaction.atomic():
        # Two who send the same link at once: the second one waits for the account, then finds the link used.
        compte = User.objects.select_for_update().get(pk=titulaire.pk)
        invitation = find_invitation(jeton, le)
        compte.password = condense
        compte.save(update_fields=["password"])
        invitation.utilisee_le = le
        invitation.save(update_fields=["utilisee_le"])
        liens, sessions = revoke_invitations(compte=compte, le=le), close_sessions(compte=compte)
        detail = {"liens": liens, "sessions": sessions}
        write_acte(Acte.Verbe.INVITATION, le=le, compte=compte.pk, objet="entrer", detail=detail)
    return compte


def revoke_invitations(*, compte: User, le: datetime) -> int:
    """Close the links of an account that were not used; how many."""
    return list_ouvertes().filter(compte=compte).update(revoquee_le=le)
