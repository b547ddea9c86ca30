"""An account closed: its mandats end, its sessions and its links close at once, what it did stays."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction

from quartiers.storage.models import Acte, Mandat
from quartiers.usecases.donner_mandat import close_suites
from quartiers.usecases.nommant import MandatIntrouvable, Nommant, lock_comptes
from quartiers.usecases.tenir_comptes import can_tenir, list_comptes
from quartiers.usecases.tenir_facteur import forget_facteur
from quartiers.usecases.tenir_journal import Detail


@transaction.atomic
def close_compte(*, nommant: Nommant, numero: int) -> tuple[int, int]:
    """Nobody enters it any more: how many sessions and how many links were closed. Raises MandatIntrouvable."""
    compte = lock_comptes(numero, nommant.compte).get(numero)
    nommant = nommant.renew()
    if compte is None or not is_a_fermer(nommant, compte):
        raise MandatIntrouvable
    Mandat.objects.filter(compte=compte, retire_le=None).update(
        retire_le=nommant.le, retire_par=nommant.compte
    )
    compte.is_active = False
    compte.save(update_fields=["is_active"])
    forget_facteur(compte)
    sessions, liens = close_suites(compte, nommant.le)
    detail: Detail = {"liens": liens, "sessions": sessions}
    nommant.record("fermer", compte.pk, detail, Acte.Verbe.FERMETURE)
    return sessions, liens


def is_a_fermer(nommant: Nommant, compte: User) -> bool:
    """In sight, open, and one's to close."""
    return compte.pk in list_comptes(nommant) and can_tenir(nommant, compte)
