"""`quartiers envoyer-messages`: what it says, and its exit code."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from django.core import mail

from quartiers.cli.appel import read_now
from quartiers.smtp import Smtp, read_smtp
from quartiers.storage.models import Message
from quartiers.usecases.charger_dossier import forget_dossier
from quartiers.usecases.creer_compte import open_compte
from quartiers.usecases.inviter import invite
from tests.cli.conftest import Sortie, call


@pytest.fixture
def smtp(etat_cadre: None, settings: Any) -> Smtp:
    """A base where somebody was just invited, a mail server named."""
    forget_dossier()
    compte = open_compte(identifiant="neuf", mot_de_passe=None, courriel="neuf@exemple.fr")
    invite(compte=compte, le=read_now())
    nomme = read_smtp(
        {
            "QUARTIERS_SMTP": "smtp://127.0.0.1:2525",
            "QUARTIERS_EXPEDITEUR": "quartiers@exemple.fr",
            "QUARTIERS_ADRESSE": "https://quartiers.exemple.fr",
        }
    )
    assert nomme is not None
    settings.SMTP = nomme
    return nomme


def test_ce_qui_est_parti_est_dit(smtp: Smtp, capsys: Sortie) -> None:
    assert call("envoyer-messages") == 0
    assert capsys.readouterr().out.replace("\u00a0", " ") == "1 message parti\n"
    (message,) = mail.outbox
    assert message.to == ["neuf@exemple.fr"]
    assert f"{smtp.site}/invitations/" in str(message.body)
    assert call("envoyer-messages") == 0
    assert capsys.readouterr().out.replace("\u00a0", " ") == "0 message parti\n"


def test_sans_serveur_nomme_rien_ne_part(smtp: Smtp, settings: Any, capsys: Sortie) -> None:
    del smtp
    settings.SMTP = None
    assert call("envoyer-messages") == 1
    assert "QUARTIERS_SMTP" in capsys.readouterr().err
    assert not Message.objects.exists()


def test_un_serveur_ferme_est_dit(smtp: Smtp, settings: Any, capsys: Sortie) -> None:
    del smtp
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = prise.getsockname()[1]
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert call("envoyer-messages") == 1
    assert "le serveur de courriel ne répond pas" in capsys.readouterr().out
    assert not Message.objects.exists()
