"""Who contested is written to: a document is asked, then it is decided; neither a value nor the words of the answer."""

from __future__ import annotations

from datetime import timedelta

from django.core import mail
from django.core.mail import get_connection

from quartiers.storage.models import Titulaire
from quartiers.usecases.messages.boite_d_envoi import BoiteDEnvoi
from quartiers.usecases.messages.envoyer import send_messages
from quartiers.web.horloge import read_moment_de_saisie
from tests.web.conftest import SignIn
from tests.web.test_contester import contest, settle

SITE = "https://quartiers.exemple.fr"


def list_recus(jours: int = 0) -> list[str]:
    """What arrives in the box of the mairie when the command runs now, or some days later."""
    mail.outbox.clear()
    le = read_moment_de_saisie() + timedelta(days=jours)
    send_messages(le=le, adresse=SITE, boite=BoiteDEnvoi(get_connection()))
    siens = [
        m for m in mail.outbox if m.to == ["mairie@exemple.fr"] and "contestation" in m.subject
    ]
    return [f"{m.subject}\n{m.body}".replace("\u00a0", " ") for m in siens]


def test_la_mairie_apprend_la_reponse_une_fois(sign_in: SignIn) -> None:
    mairie, juge = sign_in("demo-commune"), sign_in("demo-sous-prefete")
    Titulaire.objects.filter(compte__username="demo-commune").update(courriel="mairie@exemple.fr")
    numero = contest(mairie)
    assert list_recus() == []
    settle(juge, numero, "piece", reponse="Quel centre social ?")
    (demandee,) = list_recus()
    assert demandee.startswith("Quartiers en actes : Réponse à votre contestation\n")
    assert "Les Écluses : une pièce vous est demandée" in demandee
    assert f"{SITE}/contestations/{numero}/" in demandee
    assert list_recus() == []
    mairie.post(f"/contestations/{numero}/", {"reponse": "Celui des Écluses."})
    settle(juge, numero, "retenue", reponse="Les contrats font foi.")
    (tranchee,) = list_recus()
    assert "Les Écluses : tranchée" in tranchee
    assert "contrats" not in tranchee
    assert "6 postes" not in tranchee
    assert list_recus(jours=8) == []
