"""Messages: worked out when they are sent, each thing told once, nothing of what was undone, nothing lost by a fault."""

from __future__ import annotations

import smtplib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from quartiers.core.enregistrement import Validation
from quartiers.core.temps import PARIS
from quartiers.storage.models import Annonce, Invitation, Message, Releve, Titulaire
from quartiers.usecases.annuler import cancel_examens
from quartiers.usecases.charger_dossier import load_dossier
from quartiers.usecases.creer_compte import open_compte
from quartiers.usecases.declarer import declare_releve
from quartiers.usecases.examiner import ChoixDeLigne, examine
from quartiers.usecases.inviter import accept_invitation, invite
from quartiers.usecases.lister_attentes import Cle
from quartiers.usecases.messages import a_redire
from quartiers.usecases.messages.boite_d_envoi import BoiteDEnvoi
from quartiers.usecases.messages.envoyer import BilanDesMessages, send_messages
from tests.usecases.qui_juge import (
    AUTRE,
    JUIN,
    MAI,
    QUARTIER,
    declare,
    get_droits,
    judge,
    make_envoi,
    say_valeur,
)

pytestmark = pytest.mark.django_db
SITE = "https://quartiers.exemple.fr"
MINUTE, JOUR = timedelta(minutes=1), timedelta(days=1)
ORGANISME = "Préfecture"


def at(jour: date, heure: int, minute: int = 0) -> datetime:
    """A moment of a day, in Paris."""
    return datetime(jour.year, jour.month, jour.day, heure, minute, tzinfo=PARIS)


def send(le: datetime, connexion: BaseEmailBackend | None = None) -> BilanDesMessages:
    """What the command does at that moment."""
    return send_messages(le=le, adresse=SITE, boite=BoiteDEnvoi(connexion or get_connection()))


def read(texte: object) -> str:
    """Its unbreakable spaces as others."""
    return str(texte).replace("\u00a0", " ").replace("\u202f", " ")


def list_recus(qui: str = "") -> list[EmailMessage]:
    """What arrived, to somebody or to all, in order."""
    return [m for m in mail.outbox if not qui or m.to == [f"{qui}@exemple.fr"]]


def open_boite(nom: str) -> User:
    """An account that has an address."""
    return open_compte(identifiant=nom, mot_de_passe=None, courriel=f"{nom}@exemple.fr")


@pytest.fixture
def monde(cadre: None) -> None:
    """A déléguée who declares, a sous-préfète who judges; both have an address, and nothing is soon to be said again."""
    load_dossier()
    for nom, role, ou in (
        ("deleguee", "delegue", QUARTIER),
        ("sous-prefete", "sous_prefet_ville", "DEP-00"),
    ):
        compte = open_boite(nom)
        compte.mandats.create(role=role, territoire=ou, organisme=ORGANISME, acte="lettre")


def declare_trente() -> list[Cle]:
    """Thirty lines of one quartier, at nine."""
    for n in range(30):
        jour = date(2026, 4, 1) + n * JOUR
        textes = say_valeur(str(n + 1)) | {"date": jour.isoformat()}
        declare_releve(envoi=make_envoi("deleguee", MAI), textes=textes)
    return [Cle("releve", pk) for pk in Releve.objects.order_by("pk").values_list("pk", flat=True)]


def judge_tout(cles: Sequence[Cle], resultat: Validation = Validation.VALIDE, **dits: str) -> int:
    """One lot, on 15 June at nine; gives its number."""
    envoi, droits = make_envoi("sous-prefete", JUIN), get_droits("sous-prefete")
    lot = examine(
        envoi=envoi, choix=[ChoixDeLigne(c, resultat, **dits) for c in cles], droits=droits
    )
    return lot.recu.numero or 0


def test_a_valider_une_fois_par_jour_et_rien_si_tout_fut_juge(monde: None) -> None:
    cle = declare("4")
    assert send(at(MAI, 9, 29)).partis == 0, "elle peut encore être annulée"
    assert send(at(MAI, 9, 30)).partis == 1
    (message,) = list_recus("sous-prefete")
    assert read(message.subject) == "Quartiers en actes : 1 déclaration à valider"
    assert f"{SITE}/valider/" in read(message.body)
    declare("5", ou=AUTRE, qui="collegue")
    assert send(at(MAI, 18)).partis == 0, "une fois par jour"
    lendemain = MAI + JOUR
    assert send(at(lendemain, 6, 59)).partis == 0, "pas avant le matin"
    assert send(at(lendemain, 7)).partis == 1, "la seconde ligne est neuve"
    assert "2 déclarations attendent" in read(list_recus("sous-prefete")[-1].body)
    assert send(at(lendemain + JOUR, 9)).partis == 0, "rien de neuf"
    assert send(at(lendemain + 7 * JOUR, 9)).partis == 1, "une semaine de silence"
    judge(cle, Validation.VALIDE)
    judge(Cle("releve", cle.rangee + 1), Validation.VALIDE)
    assert list_recus("sous-prefete")[3:] == []
    send(at(JUIN + 30 * JOUR, 9))
    assert list_recus("sous-prefete")[3:] == [], "jugé entre-temps : rien"


def test_trente_validations_font_un_message(monde: None) -> None:
    judge_tout(declare_trente())
    assert [send(at(JUIN, 9, m)).partis for m in (5, 29)] == [0, 0]
    assert send(at(JUIN, 9, 30)).partis == 1
    (message,) = list_recus()
    assert message.to == ["deleguee@exemple.fr"]
    assert read(message.subject) == "Quartiers en actes : 30 déclarations examinées"
    assert "30 acceptées" in read(message.body)
    assert send(at(JUIN, 10)).partis == 0
    assert Message.objects.get().etat == Message.Etat.PARTI


def test_un_lot_annule_n_est_dit_a_personne(monde: None) -> None:
    numero = judge_tout([declare("4")])
    envoi = make_envoi("sous-prefete", JUIN)
    cancel_examens(envoi=envoi, numero=numero, droits=get_droits("sous-prefete"))
    send(at(JUIN, 6))
    assert list_recus("deleguee") == []


def test_un_renvoi_dit_son_motif_et_aucun_mot_tape(monde: None) -> None:
    judge(declare("4"), Validation.REJETE, motif="autre", mot="Mme Untel a tort")
    assert send(at(JUIN, 9, 30)).partis == 1
    (message,) = list_recus("deleguee")
    assert read(message.subject).endswith("1 déclaration examinée, dont 1 renvoyée")
    assert "Les Tilleuls : le motif est écrit sur la page" in read(message.body)
    assert "Untel" not in read(message.body)
    assert f"{SITE}/a-declarer/" in read(message.body)


def test_tant_que_l_on_juge_le_message_attend_mais_pas_plus_de_deux_heures(monde: None) -> None:
    premiere, seconde = declare("4"), declare("5", ou=AUTRE)
    judge(premiere, Validation.VALIDE)
    plus_tard = replace(make_envoi("sous-prefete", JUIN), saisi_le=at(JUIN, 10, 55))
    choix = [ChoixDeLigne(seconde, Validation.VALIDE)]
    examine(envoi=plus_tard, choix=choix, droits=get_droits("sous-prefete"))
    assert send(at(JUIN, 10, 59)).partis == 0
    assert send(at(JUIN, 11)).partis == 1, "la première attend depuis deux heures"
    assert "1 acceptée." in read(list_recus("deleguee")[0].body)
    assert send(at(JUIN, 11, 25)).partis == 1
    assert send(at(JUIN, 12)).partis == 0


@pytest.mark.parametrize("fin", ["mandat", "compte", "adresse"])
def test_le_destinataire_se_decide_a_l_envoi(monde: None, fin: str) -> None:
    declare("4")
    compte = User.objects.get(username="sous-prefete")
    if fin == "mandat":
        compte.mandats.update(retire_le=at(MAI, 9, 10))
    elif fin == "compte":
        User.objects.filter(pk=compte.pk).update(is_active=False)
    else:
        Titulaire.objects.filter(pk=compte.pk).update(courriel="")
    assert send(at(MAI, 10)).partis == 0


def test_ce_qui_va_perimer_est_dit_une_fois(monde: None) -> None:
    declare("4")
    chiffres = a_redire.ChiffresProches
    perime = next(
        c.constat.perime_le
        for n in range(2000)
        for c in chiffres(MAI + n * JOUR).list(get_droits("deleguee", "delegue", QUARTIER))
    )
    assert perime is not None
    veille = perime - a_redire.QUINZAINE - JOUR
    send(at(veille, 9))
    assert list_recus("deleguee") == [], "plus de quinze jours"
    send(at(veille + JOUR, 9))
    (message,) = list_recus("deleguee")
    assert read(message.subject) == "Quartiers en actes : 1 chiffre bientôt à redire"
    assert "Les Tilleuls" in read(message.body)
    send(at(perime, 9))
    assert len(list_recus("deleguee")) == 1


def test_une_invitation_porte_un_lien_a_elle(monde: None) -> None:
    invite_ = open_boite("neuf")
    remis = invite(compte=invite_, le=at(MAI, 9))
    assert send(at(MAI, 9, 1)).partis == 1
    (message,) = list_recus("neuf")
    jeton = read(message.body).split("/invitations/")[1].split("/")[0]
    assert jeton != remis
    assert send(at(MAI, 9, 2)).partis == 0
    invite(compte=invite_, le=at(MAI, 9, 3))  # asked anew: another message
    assert send(at(MAI, 9, 4)).partis == 1
    accept_invitation(jeton=jeton, mot_de_passe="une longue phrase de passe", le=at(MAI, 9, 5))
    assert send(at(MAI, 9, 6)).partis == 0


def test_une_invitation_ancienne_ou_entree_ne_part_pas(monde: None) -> None:
    compte = open_boite("neuf")
    invite(compte=compte, le=at(MAI, 9))
    assert send(at(MAI + 2 * JOUR, 9)).partis == 0
    Invitation.objects.update(revoquee_le=at(MAI, 10))
    assert send(at(MAI, 11)).partis == 0


class BoiteQuiRefuse(BaseEmailBackend):
    """A server that does to each message what it is told to."""

    def __init__(self, erreur: Exception, *, is_ferme: bool = False) -> None:
        super().__init__()
        self.erreur, self.is_ferme, self.essais = erreur, is_ferme, 0

    def open(self) -> bool:
        """As it is told."""
        if self.is_ferme:
            raise self.erreur
        return True

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """As it is told."""
        self.essais += len(email_messages)
        raise self.erreur


def test_un_serveur_ferme_ne_perd_rien_et_ne_garde_rien(monde: None) -> None:
    declare("4")
    bilan = send(at(MAI, 10), BoiteQuiRefuse(ConnectionRefusedError("fermé"), is_ferme=True))
    assert (bilan.partis, bilan.panne) == (0, "fermé")
    assert not Message.objects.exists()
    assert send(at(MAI, 10, 5)).partis == 1


def test_un_refus_passager_se_represente_et_un_refus_se_garde(monde: None) -> None:
    declare("4")
    liste_grise = smtplib.SMTPRecipientsRefused({"x": (450, b"greylisted")})
    assert send(at(MAI, 10), BoiteQuiRefuse(liste_grise)).remis == 1
    assert not Annonce.objects.exists()
    inconnu = smtplib.SMTPRecipientsRefused({"x": (550, b"no such\r\n user")})
    bilan = send(at(MAI, 10, 5), BoiteQuiRefuse(inconnu))
    assert [read(refus) for refus in bilan.refuses] == ["sous-prefete : 550 no such user"]
    assert Message.objects.get().etat == Message.Etat.REFUSE
    assert send(at(MAI, 10, 10)).partis == 0, "l’adresse est fausse : rien ne sert d’insister"


def test_un_silence_en_plein_message_ne_se_rejoue_pas(monde: None) -> None:
    """It may have been taken: sent again, it could arrive twice."""
    declare("4")
    boite = BoiteQuiRefuse(smtplib.SMTPServerDisconnected("coupé"))
    bilan = send(at(MAI, 10), boite)
    assert (bilan.partis, bilan.incertains, boite.essais) == (0, 1, 1)
    assert [read(dite) for dite in bilan.say()[1:]] == [
        "1 message parti peut-être : ne sera pas renvoyé",
        "arrêté : le serveur de courriel ne répond pas (coupé)",
    ]
    assert Message.objects.get().etat == Message.Etat.PRIS
    assert send(at(MAI, 10, 5)).partis == 0


def test_un_lien_qui_n_est_pas_parti_n_ouvre_rien(monde: None) -> None:
    compte = open_boite("neuf")
    invite(compte=compte, le=at(MAI, 9))
    refus = smtplib.SMTPDataError(451, b"plus tard")
    assert send(at(MAI, 9, 1), BoiteQuiRefuse(refus)).remis == 1
    assert Invitation.objects.filter(revoquee_le=None).count() == 1
    assert send(at(MAI, 9, 6)).partis == 1
    assert Invitation.objects.filter(revoquee_le=None).count() == 2
