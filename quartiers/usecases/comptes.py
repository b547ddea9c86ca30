"""Accounts and what they are given."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from quartiers.core.territoire import Genre, Territoires
from quartiers.storage.models import Mandat

Role = Mandat.Role
_DEPARTEMENT = frozenset({Genre.DEPARTEMENT, Genre.COLLECTIVITE})
GENRES_DU_ROLE = {
    Role.PREFET: _DEPARTEMENT,
    Role.SOUS_PREFET_VILLE: _DEPARTEMENT,
    Role.DELEGUE: frozenset({Genre.QUARTIER, Genre.QRR, Genre.QPV}),
    Role.PREFET_REGION: frozenset({Genre.REGION}),
    Role.TASK_FORCE: frozenset({Genre.NATION}),
    Role.COMMUNE: frozenset({Genre.COMMUNE}),
    Role.EPCI: frozenset({Genre.EPCI}),
    Role.ADMINISTRATEUR: frozenset[Genre](),
}
"""What each role may be given: an administrateur is given no territoire, hence no content."""


class CompteRefuse(ValueError):  # noqa: N818 -- named in French like every noun of the product
    """The account cannot be made, and why."""


class CompteExistant(CompteRefuse):
    """An account of that name is already there."""


def check_mandat(
    role: str,
    territoires: tuple[str, ...],
    connus: Territoires,
    du: date | None = None,
    au: date | None = None,
) -> None:
    """Raises CompteRefuse when this role cannot be given these territoires, or the dates are upside down."""
    if role not in Role.values:
        raise CompteRefuse(f"rôle inconnu : {role} ; rôles : {', '.join(Role.values)}")
    genres = GENRES_DU_ROLE[Role(role)]
    if bool(territoires) is not bool(genres):
        attendu = "demande au moins un territoire" if genres else "ne voit aucun territoire"
        raise CompteRefuse(f"le rôle {role} {attendu}")
    for code in territoires:
        if code not in connus:
            raise CompteRefuse(f"territoire inconnu : {code}")
        if connus[code].genre not in genres:
            admis = " ou ".join(sorted(genre.value for genre in genres))
            raise CompteRefuse(f"le rôle {role} porte sur : {admis} ; pas sur {code}")
    if du is not None and au is not None and au < du:
        raise CompteRefuse(f"le dernier jour ({au}) est avant le premier ({du})")


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
    """An account with its mandats. Without password it can only be opened by another door (demonstration).

    Raises CompteRefuse when the name is taken or the password too weak.
    """
    if User.objects.filter(username=identifiant).exists():
        raise CompteExistant(f"le compte « {identifiant} » existe déjà")
    compte = User(username=identifiant, last_name=nom[:150])
    if mot_de_passe is None:
        compte.set_unusable_password()
    else:
        try:
            validate_password(mot_de_passe, compte)
        except ValidationError as erreur:
            raise CompteRefuse(" ".join(erreur.messages)) from erreur
        compte.set_password(mot_de_passe)
    try:
        compte.full_clean()
    except ValidationError as erreur:
        raise CompteRefuse(" ".join(erreur.messages)) from erreur
    compte.save()
    for territoire in territoires or ("",):
        Mandat.objects.create(
            compte=compte,
            role=Role(role),
            territoire=territoire,
            organisme=organisme[:200],
            du=du,
            au=au,
        )
    return compte
