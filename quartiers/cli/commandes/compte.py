"""`quartiers compte creer`: a first account, with what it may see."""

from __future__ import annotations

import argparse
import getpass
import sys

from quartiers.cli.appel import AppelIncorrect, Refus, parse_date, read_today

NOM = "compte"
AIDE = "crée un compte et dit ce qu'il peut voir"


def configure(parser: argparse.ArgumentParser) -> None:
    """One action for now: `creer`."""
    actions = parser.add_subparsers(title="actions", metavar="ACTION", dest="action", required=True)
    creer = actions.add_parser("creer", help="crée un compte", description="Crée un compte.")
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
    creer.add_argument("--du", type=parse_date, metavar="DATE", help="premier jour")
    creer.add_argument("--au", type=parse_date, metavar="DATE", help="dernier jour")
    creer.add_argument(
        "--mot-de-passe-entree",
        action="store_true",
        help="lit le mot de passe sur l'entrée standard (une ligne) au lieu de le demander",
    )


def run(args: argparse.Namespace) -> int:
    """Create it; the password is typed twice, and never an argument (arguments are seen by everybody)."""
    from quartiers.cli.base import prepare_base

    prepare_base()
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
    try:
        create_compte(
            identifiant=args.identifiant,
            mot_de_passe=read_mot_de_passe(depuis_entree=args.mot_de_passe_entree),
            role=args.role,
            territoires=tuple(args.territoire),
            nom=args.nom,
            organisme=args.organisme,
            du=args.du,
            au=args.au,
        )
    except CompteRefuse as refus:
        raise Refus(str(refus)) from refus
    vus = ", ".join(args.territoire) or "aucun territoire"
    print(f"Compte « {args.identifiant} » créé : {args.role}, {vus}.")
    return 0


def read_mot_de_passe(*, depuis_entree: bool) -> str:
    """One line of the standard input, or typed twice without being shown."""
    if depuis_entree:
        return sys.stdin.readline().rstrip("\n")
    premier = getpass.getpass("Mot de passe : ")
    if getpass.getpass("Encore une fois : ") != premier:
        raise Refus("Les deux mots de passe diffèrent.")
    return premier
