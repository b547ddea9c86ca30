"""`quartiers compte`: create an account, hand over a link that opens it, remove its second factor, close it."""

from __future__ import annotations

import argparse
import getpass
import sys
from datetime import timedelta

from quartiers.cli.appel import AppelIncorrect, Refus, parse_date, read_now, read_today

NOM = "compte"
AIDE = "crée un compte, donne un lien pour y entrer, retire son second facteur, le ferme"


def configure(parser: argparse.ArgumentParser) -> None:
    """`creer`, `inviter`, `facteur`, `fermer`."""
    actions = parser.add_subparsers(title="actions", metavar="ACTION", dest="action", required=True)
    creer = actions.add_parser("creer", help="crée un compte", description="Crée un compte.")
    add_options(creer)
    inviter = actions.add_parser(
        "inviter",
        help="donne un lien pour entrer, la première fois ou quand le mot de passe est perdu",
        description="Donne un lien, à remettre à la personne, pour choisir son mot de passe. Il n'est dit qu'une fois.",
    )
    facteur = actions.add_parser(
        "facteur",
        help="retire le second facteur d'un compte dont le téléphone et les codes sont perdus",
        description="Retire le second facteur d'un compte et ferme toutes ses sessions. Son mot de passe reste le même.",
    )
    facteur.add_argument(
        "--retirer",
        required=True,
        dest="identifiant",
        metavar="IDENTIFIANT",
        help="nom pour se connecter",
    )
    fermer = actions.add_parser(
        "fermer",
        help="ferme un compte, ses sessions et ses liens",
        description="Ferme un compte pour toujours : ses sessions et ses liens sont fermés aussitôt, son nom n'est pas repris.",
    )
    for action in (inviter, fermer):
        action.add_argument("identifiant", metavar="IDENTIFIANT", help="nom pour se connecter")


def add_options(creer: argparse.ArgumentParser) -> None:
    """What an account is given."""
    creer.add_argument("identifiant", metavar="IDENTIFIANT", help="nom pour se connecter")
    creer.add_argument("--role", required=True, metavar="ROLE", help="prefet, delegue, commune…")
    creer.add_argument(
        "--territoire",
        action="append",
        default=[],
        metavar="CODE",
        help="territoire confié, avec tout ce qu'il contient (peut être répété)",
    )
    creer.add_argument("--nom", default="", help="nom affiché : la fonction plutôt que la personne")
    creer.add_argument(
        "--organisme",
        default="",
        help="service, collectivité ou association ; obligatoire pour qui ne tient que ses propres fiches",
    )
    creer.add_argument(
        "--acte",
        default="",
        help="ce qui nomme : arrêté, lettre de mission, délibération, et sa date",
    )
    creer.add_argument("--du", type=parse_date, metavar="DATE", help="premier jour")
    creer.add_argument("--au", type=parse_date, metavar="DATE", help="dernier jour")
    par_quoi = creer.add_mutually_exclusive_group()
    par_quoi.add_argument(
        "--mot-de-passe-entree",
        action="store_true",
        help="lit le mot de passe sur l'entrée standard (une ligne) au lieu de le demander",
    )
    par_quoi.add_argument(
        "--invitation",
        action="store_true",
        help="ne demande aucun mot de passe : donne un lien pour que la personne le choisisse",
    )


def run(args: argparse.Namespace) -> int:
    """What is asked; a password is typed twice, and never an argument (arguments are seen by everybody)."""
    from quartiers.cli.base import prepare_base

    prepare_base()
    faire = {"creer": create, "inviter": invite_titulaire, "facteur": drop, "fermer": close}
    return faire[args.action](args)


def create(args: argparse.Namespace) -> int:
    """An account with its mandats."""
    from quartiers.core.vue import Vue
    from quartiers.usecases.charger_dossier import load_dossier
    from quartiers.usecases.creer_compte import CompteRefuse, check_mandat, create_compte

    aujourdhui = read_today()
    territoires = Vue(load_dossier(), aujourdhui, aujourdhui).territoires
    try:
        check_mandat(
            args.role, tuple(args.territoire), territoires, args.du, args.au, args.organisme
        )
    except CompteRefuse as refus:
        raise AppelIncorrect(str(refus)) from refus
    mot_de_passe = None
    if not args.invitation:
        mot_de_passe = read_mot_de_passe(depuis_entree=args.mot_de_passe_entree)
    try:
        compte = create_compte(
            identifiant=args.identifiant,
            mot_de_passe=mot_de_passe,
            role=args.role,
            territoires=tuple(args.territoire),
            nom=args.nom,
            organisme=args.organisme,
            du=args.du,
            au=args.au,
            acte=args.acte,
            le=read_now(),
        )
    except CompteRefuse as refus:
        raise Refus(str(refus)) from refus
    vus = ", ".join(args.territoire) or "aucun territoire"
    args.identifiant = compte.get_username()  # as it is kept: signs of compatibility are made plain
    print(f"Compte « {args.identifiant} » créé : {args.role}, {vus}.")
    return invite_titulaire(args) if args.invitation else 0


def invite_titulaire(args: argparse.Namespace) -> int:
    """A link for the holder of an account, said this once."""
    from django.contrib.auth.models import User
    from django.urls import reverse

    from quartiers.usecases.inviter import JOURS, CompteFerme, invite

    le = read_now()
    try:
        jeton = invite(compte=User.objects.get(username=args.identifiant), le=le)
    except User.DoesNotExist:
        raise Refus(f"aucun compte « {args.identifiant} »") from None
    except CompteFerme as refus:
        raise Refus(str(refus)) from refus
    fin = le.date() + timedelta(days=JOURS)
    print(
        f"À remettre à la personne, à la suite de l'adresse du site, jusqu'au {fin:%d/%m/%Y} compris :"
    )
    print(reverse("invitation", args=[jeton]))
    return 0


def drop(args: argparse.Namespace) -> int:
    """The holder enters by the password alone, until another factor is set up."""
    from django.contrib.auth.models import User

    from quartiers.usecases.tenir_facteur import FacteurRefuse, drop_facteur

    try:
        sessions = drop_facteur(identifiant=args.identifiant, le=read_now())
    except User.DoesNotExist:
        raise Refus(f"aucun compte « {args.identifiant} »") from None
    except FacteurRefuse as refus:
        raise Refus(str(refus)) from refus
    print(f"Second facteur de « {args.identifiant} » retiré ; sessions fermées : {sessions}.")
    return 0


def close(args: argparse.Namespace) -> int:
    """Nobody enters it any more."""
    from django.contrib.auth.models import User

    from quartiers.core.territoire import Territoires
    from quartiers.usecases.fermer_compte import close_compte
    from quartiers.usecases.nommant import MandatIntrouvable, build_nommant

    try:
        compte = User.objects.get(username=args.identifiant)
        nommant = build_nommant(None, read_now(), Territoires.build(()))
        sessions, liens = close_compte(nommant=nommant, numero=compte.pk)
    except User.DoesNotExist:
        raise Refus(f"aucun compte « {args.identifiant} »") from None
    except MandatIntrouvable:
        raise Refus(f"le compte « {args.identifiant} » est déjà fermé") from None
    print(f"Compte « {args.identifiant} » fermé ; sessions fermées : {sessions}, liens : {liens}.")
    return 0


def read_mot_de_passe(*, depuis_entree: bool) -> str:
    """One line of the standard input, or typed twice without being shown."""
    if depuis_entree:
        return sys.stdin.readline().rstrip("\n")
    premier = getpass.getpass("Mot de passe : ")
    if getpass.getpass("Encore une fois : ") != premier:
        raise Refus("Les deux mots de passe diffèrent.")
    return premier
