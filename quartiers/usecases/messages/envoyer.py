"""Send what is due: written down first, so that nothing is told twice, whatever falls in between.

A message that the server did not take leaves no trace and is worked out anew: it then says what holds at that moment.
One that was taken by nobody knows whom stays written as such, and is not sent again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction

from quartiers.reports.typographie import count
from quartiers.storage.models import Annonce, Message
from quartiers.usecases.messages import a_redire, a_valider, examens, invitations, reponses
from quartiers.usecases.messages.boite_d_envoi import (
    BoiteDEnvoi,
    EnvoiImpossible,
    EnvoiIncertain,
    MessageRefuse,
)
from quartiers.usecases.messages.message_du import MessageDu

SORTES: tuple[Callable[[datetime, str], Iterator[MessageDu]], ...] = (
    invitations.list_dus,
    examens.list_dus,
    reponses.list_dus,
    a_valider.list_dus,
    a_redire.list_dus,
)
"""Each gives what is due, worked out when it is asked for."""
PLUSIEURS = 2
SITE = "Quartiers en actes"
ENTETES = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
"""No absent reader's machine answers (RFC 3834)."""


@dataclass(slots=True)
class BilanDesMessages:
    """How many left, were refused for good, wait for a later try, may have left; `panne`: why it stopped."""

    partis: int = 0
    refuses: list[str] = field(default_factory=list)
    remis: int = 0
    incertains: int = 0
    panne: str = ""

    def say(self) -> list[str]:
        """In lines, for who runs the command."""
        dites = [
            f"{count(self.partis, 'message')} {'parti' if self.partis < PLUSIEURS else 'partis'}"
        ]
        dites += [f"refusé\u00a0: {refus}" for refus in self.refuses]
        if self.remis:
            dites.append(
                f"{count(self.remis, 'message')} à représenter\u00a0: le serveur les prendra plus tard"
            )
        if self.incertains:
            dites.append(
                f"{count(self.incertains, 'message')} parti peut-être\u00a0: ne sera pas renvoyé"
            )
        if self.panne:
            dites.append(f"arrêté\u00a0: le serveur de courriel ne répond pas ({self.panne})")
        return dites


def send_messages(*, le: datetime, adresse: str, boite: BoiteDEnvoi) -> BilanDesMessages:
    """All that is due at that moment. A mail server that is down stops it, and nothing is lost."""
    bilan = BilanDesMessages()
    try:
        boite.open()
        for list_dus in SORTES:
            for du in list_dus(le, adresse):
                send_un(du, le, boite, bilan)
    except EnvoiImpossible as panne:
        bilan.panne = str(panne)
    finally:
        boite.close()
    return bilan


def send_un(du: MessageDu, le: datetime, boite: BoiteDEnvoi, bilan: BilanDesMessages) -> None:
    """One message. Raises EnvoiImpossible when the server has fallen silent."""
    message = take(du, le)
    if message is None:
        return
    courriel = EmailMessage(
        f"{SITE}\u00a0: {du.objet}", du.texte, to=[du.compte.titulaire.courriel], headers=ENTETES
    )
    try:
        boite.send(courriel)
    except MessageRefuse as refus:
        revoke_lien(du, le)
        if refus.is_passager:
            message.delete()
            bilan.remis += 1
        else:
            close(message, Message.Etat.REFUSE, str(refus))
            bilan.refuses.append(f"{du.compte.get_username()}\u00a0: {refus}")
    except EnvoiIncertain as erreur:
        close(message, Message.Etat.PRIS, str(erreur))
        bilan.incertains += 1
        raise EnvoiImpossible(str(erreur)) from erreur
    else:
        close(message, Message.Etat.PARTI)
        bilan.partis += 1


def take(du: MessageDu, le: datetime) -> Message | None:
    """Written before it leaves; None when another command has told one of these things."""
    try:
        with transaction.atomic():
            message = Message.objects.create(compte=du.compte, sorte=du.sorte, pris_le=le)
            Annonce.objects.bulk_create(
                Annonce(message=message, compte=du.compte, sorte=du.sorte, nom=nom)
                for nom in du.choses
            )
    except IntegrityError:
        revoke_lien(du, le)
        return None
    return message


def close(message: Message, etat: Message.Etat, motif: str = "") -> None:
    """What became of it."""
    message.etat, message.motif = etat, motif
    message.save(update_fields=["etat", "motif"])


def revoke_lien(du: MessageDu, le: datetime) -> None:
    """A link that never left opens nothing."""
    if du.lien is not None:
        du.lien.revoquee_le = le
        du.lien.save(update_fields=["revoquee_le"])
