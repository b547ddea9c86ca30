"""The mail server: what it takes, what it refuses for good or for now, and what nobody can tell."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

PASSAGERS = range(400, 500)
"""Answers of a mail server that asks to try again (RFC 5321, 4.2.1)."""
MOTIF_MAX = 300


class EnvoiImpossible(Exception):  # noqa: N818 -- named in French like every noun of the product
    """No message can leave now; its text says why."""


class MessageRefuse(Exception):  # noqa: N818 -- same reason
    """The server did not take it. `is_passager`: it may take it later."""

    def __init__(self, motif: str, *, is_passager: bool) -> None:
        super().__init__(motif[:MOTIF_MAX])
        self.is_passager = is_passager


class EnvoiIncertain(Exception):  # noqa: N818 -- same reason
    """The server fell silent while it was given the message: it may have taken it."""


@dataclass(frozen=True, slots=True)
class BoiteDEnvoi:
    """A connection to the mail server, open from the first message to the last."""

    connexion: BaseEmailBackend

    def open(self) -> None:
        """Raises EnvoiImpossible."""
        try:
            self.connexion.open()
        except (OSError, smtplib.SMTPException) as erreur:
            raise EnvoiImpossible(describe(erreur)) from erreur

    def send(self, courriel: EmailMessage) -> None:
        """Raises MessageRefuse or EnvoiIncertain."""
        try:
            self.connexion.send_messages([courriel])
        except smtplib.SMTPRecipientsRefused as refus:
            code, mot = next(iter(refus.recipients.values()))
            raise MessageRefuse(write_reponse(code, mot), is_passager=code in PASSAGERS) from refus
        except smtplib.SMTPResponseException as refus:
            code = refus.smtp_code
            motif = write_reponse(code, refus.smtp_error)
            raise MessageRefuse(motif, is_passager=code in PASSAGERS) from refus
        except (smtplib.SMTPException, OSError) as erreur:
            raise EnvoiIncertain(describe(erreur)) from erreur
        except ValueError as erreur:  # an address that no mail may bear
            raise MessageRefuse(str(erreur), is_passager=False) from erreur

    def close(self) -> None:
        """What it is told last changes nothing: all was sent."""
        try:
            self.connexion.close()
        except (OSError, smtplib.SMTPException):
            return


def write_reponse(code: int, mot: bytes | str) -> str:
    """« 550 no such user »."""
    dit = mot.decode(errors="replace") if isinstance(mot, bytes) else mot
    return f"{code} {' '.join(dit.split())}"


def describe(erreur: Exception) -> str:
    """In one line."""
    return " ".join(str(erreur).split()) or type(erreur).__name__
