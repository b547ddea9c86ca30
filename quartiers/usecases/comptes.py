"""Accounts and what they are given."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from quartiers.storage.models import Mandat


class CompteExistant(ValueError):  # noqa: N818 -- named in French like every noun of the product
    """An account of that name is already there."""


@transaction.atomic
def create_compte(
    *,
    identifiant: str,
    mot_de_passe: str | None,
    role: str,
    territoires: tuple[str, ...] = (),
    nom: str = "",
    organisme: str = "",
    du: date | None = None,
    au: date | None = None,
) -> User:
    """An account with its mandats. Without password it can only be opened by another door (demonstration)."""
    if User.objects.filter(username=identifiant).exists():
        raise CompteExistant(f"le compte « {identifiant} » existe déjà")
    compte = User(username=identifiant, last_name=nom[:150])
    if mot_de_passe is None:
        compte.set_unusable_password()
    else:
        validate_password(mot_de_passe, compte)
        compte.set_password(mot_de_passe)
    compte.save()
    for territoire in territoires or ("",):
        Mandat.objects.create(
            compte=compte,
            role=Mandat.Role(role),
            territoire=territoire,
            organisme=organisme,
            du=du,
            au=au,
        )
    return compte
