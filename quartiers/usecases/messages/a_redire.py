"""« Bientôt à redire » : the figures of an account that grow stale within a fortnight, once each, once a week at most."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.contrib.auth.models import User

from quartiers.core.droits import Droits, Verbe, has_verbe
from quartiers.core.temps import PARIS
from quartiers.core.vue import Vue
from quartiers.reports.courriel import ChiffreBientot, write_a_redire
from quartiers.storage.models import Message
from quartiers.usecases.charger_dossier import load_savoir
from quartiers.usecases.lister_a_dire import ChiffreADire, list_chiffres_dus, list_quartiers
from quartiers.usecases.lister_formes import can_declare
from quartiers.usecases.messages.droits_du_compte import read_droits
from quartiers.usecases.messages.message_du import (
    MessageDu,
    find_dernier,
    is_depuis,
    is_matin_passe,
    list_destinataires,
    list_dites,
)

SORTE = Message.Sorte.A_REDIRE
QUINZAINE = timedelta(days=15)
SEMAINE = timedelta(days=7)


class ChiffresProches:
    """The figures of each quartier that grow stale soon, worked out once whatever the accounts that may say them."""

    def __init__(self, jour: date) -> None:
        self.vue = Vue(load_savoir().dossier, jour, jour)
        self._par_quartier: dict[str, list[ChiffreADire]] = {}

    def list(self, droits: Droits) -> Iterator[ChiffreADire]:
        """Those that an account may declare."""
        for quartier in list_quartiers(self.vue, droits):
            if quartier.code not in self._par_quartier:
                dus = list_chiffres_dus(self.vue, quartier)
                self._par_quartier[quartier.code] = [d for d in dus if self._is_proche(d)]
            for chiffre in self._par_quartier[quartier.code]:
                if can_declare(droits, chiffre.constat.indicateur, quartier):
                    yield chiffre

    def _is_proche(self, chiffre: ChiffreADire) -> bool:
        """Not stale yet, and soon to be."""
        perime_le = chiffre.constat.perime_le
        jour = self.vue.vu_le
        return perime_le is not None and jour <= perime_le <= jour + QUINZAINE


def list_dus(le: datetime, adresse: str) -> Iterator[MessageDu]:
    """Of every account that declares something. `adresse`: that of the site, without its last bar."""
    if not is_matin_passe(le):
        return
    chiffres = ChiffresProches(le.astimezone(PARIS).date())
    for compte in list_destinataires():
        if is_depuis(find_dernier(compte, SORTE), le, SEMAINE):
            du = find_du(compte, chiffres, adresse)
            if du is not None:
                yield du


def find_du(compte: User, chiffres: ChiffresProches, adresse: str) -> MessageDu | None:
    """Only what it was not told yet of that day."""
    droits = read_droits(compte, chiffres.vue.vu_le)
    if not has_verbe(droits.mandats, Verbe.ECRIRE):
        return None
    proches = {name_chose(chiffre): chiffre for chiffre in chiffres.list(droits)}
    dites = list_dites(compte, SORTE, proches)
    neufs = {nom: chiffre for nom, chiffre in proches.items() if nom not in dites}
    if not neufs:
        return None
    objet, texte = write_a_redire([say_chiffre(c) for c in neufs.values()], adresse)
    return MessageDu(compte, SORTE, tuple(neufs), objet, texte)


def name_chose(chiffre: ChiffreADire) -> str:
    """Said again, a figure has another day."""
    constat = chiffre.constat
    return f"{constat.territoire}/{constat.indicateur.code}/{constat.perime_le}"


def say_chiffre(chiffre: ChiffreADire) -> ChiffreBientot:
    """As the message lists it."""
    avant = chiffre.constat.perime_le or date.max
    return ChiffreBientot(avant, chiffre.action.action.libelle, chiffre.quartier.nom)
