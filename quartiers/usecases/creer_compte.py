"""Accounts and what they are given."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from quartiers.core.table_des_droits import TABLE
from quartiers.core.territoire import Genre, Territoires
from quartiers.storage.models import Acte, Mandat, Titulaire
from quartiers.usecases.lister_organismes import is_organisme
from quartiers.usecases.tenir_journal import Detail, write_acte

Role = Mandat.Role
ACTE_MAX = 300
_DEPARTEMENT = frozenset({Genre.DEPARTEMENT, Genre.COLLECTIVITE})
_REGION = frozenset({Genre.REGION})
_QUARTIER = frozenset({Genre.QUARTIER, Genre.QRR, Genre.QPV})
_LOCAL = _DEPARTEMENT | _QUARTIER | {Genre.EPCI, Genre.COMMUNE}
GENRES_DU_ROLE = {
    Role.PREFET: _DEPARTEMENT,
    Role.SOUS_PREFET_VILLE: _DEPARTEMENT,
    Role.DELEGUE: _QUARTIER,
    Role.PREFET_REGION: _REGION,
    Role.TASK_FORCE: frozenset({Genre.NATION}),
    # An académie is given as its départements, or as its région when they are the same.
    Role.RECTEUR: _DEPARTEMENT | _REGION,
    # The ressort of a tribunal is often a part of a département: its communes, its EPCI.
    Role.PROCUREUR: _DEPARTEMENT | {Genre.EPCI, Genre.COMMUNE},
    Role.POLICE: _DEPARTEMENT,
    Role.GENDARMERIE: _DEPARTEMENT,
    Role.SERVICE_ETAT: _DEPARTEMENT | _REGION,
    Role.COMMUNE: frozenset({Genre.COMMUNE}),
    Role.EPCI: frozenset({Genre.EPCI}),
    Role.CONSEIL_DEPARTEMENTAL: _DEPARTEMENT,
    # The assembly of Guadeloupe or La Réunion is one too: its région is given.
    Role.CONSEIL_REGIONAL: _REGION,
    Role.OPERATEUR: _LOCAL,
    Role.ASSOCIATION: _LOCAL,
    Role.CONSEIL_CITOYEN: _QUARTIER,
    Role.ADMINISTRATEUR: frozenset[Genre](),
}
"""What each role may be given: an administrateur is given no territoire, hence no content."""


class CompteRefuse(ValueError):  # noqa: N818 -- named in French like every noun of the product
    """What is asked of an account cannot be done, and why."""


class CompteExistant(CompteRefuse):
    """An account of that name is already there."""


def check_mandat(
    role: str,
    territoires: tuple[str, ...],
    connus: Territoires,
    du: date | None = None,
    au: date | None = None,
    organisme: str = "",
) -> None:
    """Raises CompteRefuse when this role cannot be given these territoires, or lacks what it acts by.

    A role that acts on what its own organisme recorded is nothing without an organisme.
    """
    if role not in Role.values:
        raise CompteRefuse(f"rôle inconnu : {role} ; rôles : {', '.join(Role.values)}")
    genres = GENRES_DU_ROLE[Role(role)]
    if bool(territoires) is not bool(genres):
        attendu = "demande au moins un territoire" if genres else "ne voit aucun territoire"
        raise CompteRefuse(f"le rôle {role} {attendu}")
    if TABLE[role].has_part_propre and not organisme.strip():
        raise CompteRefuse(
            f"le rôle {role} agit au nom d’un organisme : dire lequel avec --organisme"
        )
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
    acte: str = "",
    le: datetime | None = None,
) -> User:
    """An account with its mandats. Without password it can only be opened by another door (a link, the demonstration).

    `le`: the moment, which the journal of acts keeps; None, and it is told nothing, for the accounts of tests alone.
    Raises CompteRefuse when the name is taken or the password too weak.
    """
    if len(acte.strip()) > ACTE_MAX:
        raise CompteRefuse(f"l’acte dépasse {ACTE_MAX} caractères")
    organisme = organisme.strip()[:200]
    compte = open_compte(
        identifiant=identifiant, mot_de_passe=mot_de_passe, nom=nom, organisme=organisme
    )
    for territoire in territoires or ("",):
        Mandat.objects.create(
            compte=compte,
            role=Role(role),
            territoire=territoire,
            organisme=organisme,
            acte=acte.strip(),
            du=du,
            au=au,
            donne_le=le,
        )
    if le is not None:
        detail: Detail = {"role": str(role), "territoires": list(territoires)}
        write_acte(Acte.Verbe.DROITS, le=le, vise=compte.pk, objet="creer", detail=detail)
    return compte


def open_compte(
    *,
    identifiant: str,
    mot_de_passe: str | None,
    nom: str = "",
    fonction: str = "",
    courriel: str = "",
    organisme: str = "",
    personne: int | None = None,
) -> User:
    """An account that was given nothing, and its holder, a person of its own unless another account has the same one.

    `organisme` is kept when it is the name of a record. Raises CompteRefuse.
    """
    if User.objects.filter(username=identifiant).exists():
        raise CompteExistant(f"le compte « {identifiant} » existe déjà")
    compte = User(username=identifiant, last_name=nom[:150])
    if mot_de_passe is None:
        compte.set_unusable_password()
    else:
        compte.password = hash_mot_de_passe(compte, mot_de_passe)
    titulaire = Titulaire(
        compte=compte,
        nom=compte.last_name,
        fonction=fonction,
        courriel=courriel,
        organisme=organisme if is_organisme(organisme) else "",
        personne=0,
    )
    try:
        compte.full_clean()
        titulaire.clean_fields(exclude=("compte",))
    except ValidationError as erreur:
        raise CompteRefuse(" ".join(erreur.messages)) from erreur
    compte.save()
    titulaire.pk, titulaire.personne = compte.pk, compte.pk if personne is None else personne
    titulaire.save(force_insert=True)
    return compte


def hash_mot_de_passe(compte: User, mot_de_passe: str) -> str:
    """What is kept of a password: slow to work out on purpose, so outside of any transaction that holds others back.

    Raises CompteRefuse with every reason why it is too weak.
    """
    try:
        validate_password(mot_de_passe, compte)
    except ValidationError as erreur:
        raise CompteRefuse(" ".join(erreur.messages)) from erreur
    return make_password(mot_de_passe)
