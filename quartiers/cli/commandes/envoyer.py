"""`quartiers envoyer-messages`: send what is due, once; to be called every few minutes by the host."""

from __future__ import annotations

import argparse

from quartiers.cli.appel import FAIT, REFUS, Refus, read_now

NOM = "envoyer-messages"
AIDE = "envoie les messages dus aux comptes, chacun une fois"


def configure(parser: argparse.ArgumentParser) -> None:
    """The base is QUARTIERS_BASE, the mail server QUARTIERS_SMTP."""
    parser.epilog = (
        "À appeler toutes les cinq minutes. Une panne ne perd rien : ce qui est dû est recalculé à chaque appel. "
        "Code de sortie 1 quand le serveur de courriel ne répond pas."
    )


def run(args: argparse.Namespace) -> int:
    """Say how many left, and what did not."""
    from quartiers.cli.base import prepare_base

    del args
    prepare_base()
    from django.conf import settings
    from django.core.mail import get_connection

    from quartiers.usecases.messages.boite_d_envoi import BoiteDEnvoi
    from quartiers.usecases.messages.envoyer import send_messages

    if settings.SMTP is None:
        raise Refus("QUARTIERS_SMTP ne nomme aucun serveur de courriel : aucun message ne part")
    bilan = send_messages(
        le=read_now(), adresse=settings.SMTP.site, boite=BoiteDEnvoi(get_connection())
    )
    print("\n".join(bilan.say()))
    return REFUS if bilan.panne else FAIT
