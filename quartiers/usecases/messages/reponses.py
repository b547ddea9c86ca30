"""What was answered to a contest, or asked of who made it: one message, with everything that is new."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.contrib.auth.models import User

from quartiers.core.contestation import DECISIONS, SuiteDeContestation
from quartiers.reports.courriel import write_reponses
from quartiers.storage.models import EtapeDeContestation, Message
from quartiers.usecases.charger_dossier import load_savoir
from quartiers.usecases.messages.message_du import MessageDu, ask_chacun, list_dites

SORTE = Message.Sorte.CONTESTATION
RECENTES = timedelta(days=7)
"""As for decisions on declarations: a mail server set up late writes to nobody about last year."""
DITES = (*DECISIONS, SuiteDeContestation.PIECE)


def list_dus(le: datetime, adresse: str) -> Iterator[MessageDu]:
    """Of every account that contested something. `adresse`: that of the site, without its last bar."""
    yield from ask_chacun(lambda compte: find_du(compte, le, adresse))


def find_du(compte: User, le: datetime, adresse: str) -> MessageDu | None:
    """An answer is no gesture that one takes back: it is told at once."""
    suites = EtapeDeContestation.objects.filter(
        contestation__ecriture__compte=compte,
        suite__in=DITES,
        ecriture__saisi_le__gt=le - RECENTES,
        ecriture__saisi_le__lte=le,
    )
    etapes = {f"etape-{e.pk}": e for e in suites.select_related("contestation").order_by("pk")}
    dites = list_dites(compte, SORTE, etapes)
    neuves = {nom: etape for nom, etape in etapes.items() if nom not in dites}
    if not neuves:
        return None
    lignes = [say_reponse(etape) for etape in neuves.values()]
    adresses = {f"{adresse}/contestations/{e.contestation_id}/": None for e in neuves.values()}
    objet, texte = write_reponses(lignes, list(adresses))
    return MessageDu(compte, SORTE, tuple(neuves), objet, texte)


def say_reponse(etape: EtapeDeContestation) -> str:
    """« Éducateurs, Les Tilleuls : tranchée » : no value, and none of the words of the answer."""
    savoir, contestation = load_savoir(), etape.contestation
    indicateur = savoir.dossier.referentiel.get_indicateur(contestation.indicateur)
    quoi = contestation.indicateur if indicateur is None else indicateur.libelle
    ou = contestation.territoire
    lieu = savoir.actuels[ou].nom if ou in savoir.actuels else ou
    is_piece = etape.suite == SuiteDeContestation.PIECE
    return f"{quoi}, {lieu}\u00a0: {'une pièce vous est demandée' if is_piece else 'tranchée'}"
