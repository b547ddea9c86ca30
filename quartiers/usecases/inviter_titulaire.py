"""Somebody invited: the account, its holder, its mandats and a link, in one gesture."""

from __future__ import annotations

import re
import secrets
from dataclasses import replace

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import EmailField

from quartiers.core.dire import fold
from quartiers.storage.models import Acte, Invitation
from quartiers.storage.models.titulaire import FONCTION_MAX, NOM_MAX
from quartiers.usecases.creer_compte import open_compte
from quartiers.usecases.donner_mandat import (
    Nomination,
    NominationRefusee,
    list_fautes,
    write_mandats,
)
from quartiers.usecases.identite import Identite
from quartiers.usecases.inviter import invite
from quartiers.usecases.lister_restants import list_ouvertes
from quartiers.usecases.nommant import MandatIntrouvable, Nommant, lock_comptes
from quartiers.usecases.tenir_comptes import (
    can_ouvrir,
    list_comptes,
    list_organismes,
    list_revocables,
)

_MOTS = re.compile(r"[a-z0-9]+")


@transaction.atomic
def invite_titulaire(
    *, nommant: Nommant, identite: Identite, nomination: Nomination | None
) -> tuple[User, str]:
    """The account, and what ends the address of its link, told this once. Without nomination, it opens nothing yet.

    Raises NominationRefusee; MandatIntrouvable when one may open no account.
    """
    lock_comptes(nommant.compte)
    nommant = nommant.renew()
    if nomination is None and not nommant.is_tenant_des_comptes:
        raise MandatIntrouvable
    fautes = list_fautes_d_identite(nommant, identite)
    if nomination is not None:
        nomination = replace(nomination, organisme=identite.organisme)
        fautes |= list_fautes(nommant, None, nomination)
    if fautes:
        raise NominationRefusee(fautes)
    compte = open_compte(
        identifiant=make_identifiant(identite.nom),
        mot_de_passe=None,
        nom=identite.nom,
        fonction=identite.fonction,
        courriel=identite.courriel,
        organisme=identite.organisme,
        personne=identite.find_personne(nommant),
    )
    if nomination is not None:
        write_mandats(nommant, compte, nomination)
    return compte, invite(compte=compte, le=nommant.le, par=nommant.compte)


def list_fautes_d_identite(nommant: Nommant, identite: Identite) -> dict[str, str]:
    """What is wrong in who is invited, field by field."""
    fautes = list_fautes_de_nom(identite) | list_fautes_de_courriel(identite.courriel)
    if identite.organisme and identite.organisme not in list_organismes(nommant):
        fautes["organisme"] = "choisissez un organisme de la liste"
    return fautes | identite.list_fautes(nommant)


def list_fautes_de_nom(identite: Identite) -> dict[str, str]:
    """What is wrong in a name and a function."""
    fautes = {}
    if not _MOTS.search(fold(identite.nom)) or len(identite.nom) > NOM_MAX:
        fautes["nom"] = f"écrivez le nom, en {NOM_MAX} caractères au plus"
    if len(identite.fonction) > FONCTION_MAX:
        fautes["fonction"] = f"la fonction dépasse {FONCTION_MAX} caractères"
    return fautes


def list_fautes_de_courriel(courriel: str) -> dict[str, str]:
    """What is wrong in an address; none is no fault."""
    try:
        EmailField(blank=True).clean(courriel, None)
    except ValidationError:
        return {"courriel": "ce courriel ne s’écrit pas ainsi"}
    return {}


def make_identifiant(nom: str) -> str:
    """What one signs in with: words of the name, and digits drawn at random, for a taken name must tell nothing."""
    mots = ".".join(_MOTS.findall(fold(nom)))[:40]
    while True:
        identifiant = f"{mots}-{secrets.randbelow(9000) + 1000}"
        if not User.objects.filter(username=identifiant).exists():
            return identifiant


@transaction.atomic
def invite_again(*, nommant: Nommant, numero: int) -> tuple[User, str]:
    """Another link for an account whose every mandat is one's to give. Raises MandatIntrouvable."""
    compte = lock_comptes(numero, nommant.compte).get(numero)
    nommant = nommant.renew()
    if compte is None or numero not in list_comptes(nommant) or not can_ouvrir(nommant, compte):
        raise MandatIntrouvable
    return compte, invite(compte=compte, le=nommant.le, par=nommant.compte)


@transaction.atomic
def revoke_invitation(*, nommant: Nommant, numero: int) -> Invitation:
    """One link closed before it was used. Raises MandatIntrouvable."""
    invitation = find_invitation(nommant, numero)
    lock_comptes(invitation.compte_id, nommant.compte)
    nommant = nommant.renew()
    invitation = find_invitation(nommant, numero)
    invitation.revoquee_le = nommant.le
    invitation.save(update_fields=["revoquee_le"])
    detail = {"invitation": invitation.pk}
    nommant.record("revoquer", invitation.compte_id, detail, Acte.Verbe.INVITATION)
    return invitation


def find_invitation(nommant: Nommant, numero: int) -> Invitation:
    """A live link of an account in sight, that one may close. Raises MandatIntrouvable."""
    vivantes = list_ouvertes().filter(pk=numero, expire_le__gt=nommant.le)
    invitation = vivantes.select_related("compte").first()
    if invitation is None or invitation.compte_id not in list_comptes(nommant):
        raise MandatIntrouvable
    if invitation.pk not in list_revocables(nommant, [invitation]):
        raise MandatIntrouvable
    return invitation
