"""A link to enter, for who was just invited: another than the one shown to who invites, of which only a digest is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from quartiers.reports.courriel import write_invitation
from quartiers.storage.models import Invitation, Message
from quartiers.usecases.inviter import digest_jeton, get_dernier_jour, invite
from quartiers.usecases.lister_restants import list_ouvertes
from quartiers.usecases.messages.message_du import MessageDu, list_dites

SORTE = Message.Sorte.INVITATION
RECENTES = timedelta(days=2)
"""An older invitation was handed over otherwise."""


def list_dus(le: datetime, adresse: str) -> Iterator[MessageDu]:
    """Of every account invited these days that did not enter. `adresse`: that of the site, without its last bar."""
    attendues = list_ouvertes().filter(
        cree_le__gt=le - RECENTES,
        expire_le__gt=le,
        compte__is_active=True,
        compte__titulaire__courriel__gt="",
    )
    faits: set[int] = set()
    for invitation in attendues.select_related("compte__titulaire", "donnee_par"):
        nom = name_chose(invitation)
        if invitation.compte_id in faits or list_dites(invitation.compte, SORTE, [nom]):
            continue
        faits.add(invitation.compte_id)
        yield make_message(invitation, le, adresse)


def make_message(invitation: Invitation, le: datetime, adresse: str) -> MessageDu:
    """The link is made now, since nobody kept the other one."""
    compte = invitation.compte
    jeton = invite(compte=compte, le=le, par=invitation.donnee_par)
    lien = Invitation.objects.get(condensat=digest_jeton(jeton))
    objet, texte = write_invitation(
        lien=f"{adresse}/invitations/{jeton}/",
        identifiant=compte.get_username(),
        dernier_jour=get_dernier_jour(lien),
    )
    ouvertes = [name_chose(i) for i in list_ouvertes().filter(compte=compte).order_by("pk")]
    dites = list_dites(compte, SORTE, ouvertes)
    choses = tuple(nom for nom in ouvertes if nom not in dites)
    return MessageDu(compte, SORTE, choses, objet, texte, lien)


def name_chose(invitation: Invitation) -> str:
    """By its number."""
    return f"invitation-{invitation.pk}"
