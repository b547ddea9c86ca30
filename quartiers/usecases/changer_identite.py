"""Who holds an account, said anew: its name and function by who answers for it, its address by its holder too."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from quartiers.storage.models import Acte, Titulaire
from quartiers.usecases.donner_mandat import NominationRefusee
from quartiers.usecases.identite import Identite
from quartiers.usecases.inviter_titulaire import list_fautes_de_courriel, list_fautes_de_nom
from quartiers.usecases.nommant import MandatIntrouvable, Nommant, lock_comptes
from quartiers.usecases.tenir_comptes import can_tenir, list_comptes
from quartiers.usecases.tenir_journal import write_acte


def find_changeable(nommant: Nommant, numero: int) -> User:
    """An account in sight that one answers for. Raises MandatIntrouvable."""
    compte = User.objects.select_related("titulaire").filter(pk=numero).first()
    if compte is None or numero not in list_comptes(nommant) or not can_tenir(nommant, compte):
        raise MandatIntrouvable
    return compte


@transaction.atomic
def change_identite(*, nommant: Nommant, numero: int, identite: Identite) -> None:
    """Name, function and address; the person behind, its organisme and its mandats stay.

    Raises NominationRefusee, MandatIntrouvable.
    """
    lock_comptes(numero, nommant.compte)
    nommant = nommant.renew()
    compte = find_changeable(nommant, numero)
    fautes = list_fautes_de_nom(identite) | list_fautes_de_courriel(identite.courriel)
    if fautes:
        raise NominationRefusee(fautes)
    compte.last_name = identite.nom
    compte.save(update_fields=["last_name"])
    dits = {"nom": identite.nom, "fonction": identite.fonction, "courriel": identite.courriel}
    write_titulaire(compte, dits)
    nommant.record("identite", compte.pk, {})


@transaction.atomic
def change_courriel(*, compte: User, courriel: str, le: datetime) -> None:
    """One's own address, or none any more. Raises NominationRefusee."""
    lock_comptes(compte)
    fautes = list_fautes_de_courriel(courriel)
    if fautes:
        raise NominationRefusee(fautes)
    write_titulaire(compte, {"courriel": courriel})
    write_acte(Acte.Verbe.DROITS, le=le, compte=compte.pk, objet="courriel")


def write_titulaire(compte: User, dits: dict[str, str]) -> None:
    """An account without this row is a person of its own."""
    Titulaire.objects.update_or_create(
        pk=compte.pk, defaults=dits, create_defaults={**dits, "personne": compte.pk}
    )


def read_courriel(compte: User) -> str:
    """Where messages go; nothing when there is no address."""
    courriels = Titulaire.objects.filter(pk=compte.pk).values_list("courriel", flat=True)
    return courriels.first() or ""
