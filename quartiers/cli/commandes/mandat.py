"""`quartiers mandat`: give a mandat, change its end, end it, delegate it, hand over all those of an account."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from quartiers.cli.appel import Refus, parse_date, read_now

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from quartiers.usecases.nommant import Nommant

NOM = "mandat"
AIDE = "donne un mandat, en change la fin, y met fin, le délègue, transmet ceux d'un compte"


def configure(parser: argparse.ArgumentParser) -> None:
    """`lister`, `nommer`, `changer`, `mettre-fin`, `deleguer`, `transmettre`, `annuler`."""
    actions = parser.add_subparsers(title="actions", metavar="ACTION", dest="action", required=True)
    lister = actions.add_parser(
        "lister", help="les mandats d'un compte", description="Dit les mandats d'un compte."
    )
    lister.add_argument("identifiant", metavar="IDENTIFIANT", help="nom pour se connecter")
    nommer = actions.add_parser(
        "nommer",
        help="donne un mandat à un compte",
        description="Donne un mandat à un compte qui est déjà là.",
    )
    nommer.add_argument("identifiant", metavar="IDENTIFIANT", help="nom pour se connecter")
    nommer.add_argument("--role", required=True, metavar="ROLE", help="prefet, delegue, commune…")
    nommer.add_argument(
        "--territoire",
        action="append",
        default=[],
        metavar="CODE",
        help="territoire confié, avec tout ce qu'il contient (peut être répété)",
    )
    nommer.add_argument("--organisme", default="", help="nom d'un organisme enregistré")
    nommer.add_argument(
        "--personne",
        default="",
        metavar="IDENTIFIANT",
        help="un autre compte de la même personne, ou « autre » quand elle lui ressemble sans l'être",
    )
    nommer.add_argument("--du", type=parse_date, metavar="DATE", help="premier jour")
    changer = actions.add_parser(
        "changer",
        help="change le dernier jour d'un mandat",
        description="Change le dernier jour d'un mandat : l'ancien reste écrit, avec sa fin.",
    )
    mettre_fin = actions.add_parser(
        "mettre-fin",
        help="met fin à un mandat, aussitôt",
        description="Met fin à un mandat : sessions, liens et délégations qui en viennent sont fermés aussitôt.",
    )
    deleguer = actions.add_parser(
        "deleguer",
        help="laisse un autre compte valider avec un mandat",
        description="Laisse un autre compte lire et valider avec un mandat, d'un jour à un jour.",
    )
    for action in (changer, mettre_fin, deleguer):
        action.add_argument("numero", type=int, metavar="NUMERO", help="celui que donne `lister`")
    deleguer.add_argument("identifiant", metavar="IDENTIFIANT", help="celui qui validera")
    deleguer.add_argument(
        "--du", type=parse_date, required=True, metavar="DATE", help="premier jour"
    )
    for action in (nommer, changer):
        action.add_argument("--acte", default="", help="ce qui nomme, et sa date")
    for action, requis in ((nommer, False), (changer, False), (deleguer, True)):
        action.add_argument(
            "--au", type=parse_date, required=requis, metavar="DATE", help="dernier jour"
        )
    add_transmission(actions)


def add_transmission(actions: Any) -> None:  # noqa: ANN401 -- argparse gives it no public name
    """`transmettre` and `annuler`."""
    transmettre = actions.add_parser(
        "transmettre",
        help="remet à un compte tout ce que tient un autre",
        description="Remet à un compte tout ce que tient un autre, à partir d'un jour ; annulable jusque-là.",
    )
    transmettre.add_argument("identifiant", metavar="DE", help="le compte de qui s'en va")
    transmettre.add_argument("a", metavar="A", help="le compte de qui prend la suite")
    transmettre.add_argument(
        "--le", type=parse_date, required=True, metavar="DATE", help="premier jour de la suite"
    )
    transmettre.add_argument("--acte", default="", help="ce qui nomme, et sa date")
    transmettre.add_argument(
        "--a-blanc", action="store_true", help="dit ce qui serait fait, et ne fait rien"
    )
    annuler = actions.add_parser(
        "annuler",
        help="annule une transmission, avant son jour",
        description="Annule une transmission, avant son jour.",
    )
    annuler.add_argument(
        "numero", type=int, metavar="NUMERO", help="celui qu'a donné `transmettre`"
    )


def run(args: argparse.Namespace) -> int:
    """What is asked, by the verbs of the pages."""
    from quartiers.cli.base import prepare_base

    prepare_base()
    from quartiers.usecases.creer_compte import CompteRefuse
    from quartiers.usecases.nommant import MandatIntrouvable

    actions = {
        "lister": list_mandats,
        "nommer": give,
        "changer": change,
        "mettre-fin": end,
        "deleguer": delegate_mandat,
        "transmettre": hand_over,
        "annuler": cancel,
    }
    try:
        return actions[args.action](args)
    except CompteRefuse as refus:
        raise Refus(str(refus)) from refus
    except MandatIntrouvable:
        raise Refus("rien de ce nom ni de ce numéro, ou c’est fini") from None


def open_nommant() -> Nommant:
    """The command, on territoires as they are known today."""
    from quartiers.usecases.charger_dossier import load_savoir
    from quartiers.usecases.nommant import build_nommant

    return build_nommant(None, read_now(), load_savoir().actuels)


def find_compte(identifiant: str) -> User:
    """An account, or a refusal."""
    from django.contrib.auth.models import User

    try:
        return User.objects.get(username=identifiant)
    except User.DoesNotExist:
        raise Refus(f"aucun compte « {identifiant} »") from None


def list_mandats(args: argparse.Namespace) -> int:
    """One line per mandat, those that were ended too."""
    from quartiers.core.temps import PARIS
    from quartiers.storage.models import Mandat

    for m in Mandat.objects.filter(compte=find_compte(args.identifiant)):
        jours = f"{m.du or '…'} → {m.au or '…'}"
        fin = f", fini le {m.retire_le.astimezone(PARIS):%d/%m/%Y}" if m.retire_le else ""
        print(f"{m.pk}  {m.role}  {m.territoire or 'aucun territoire'}  {jours}{fin}  {m.acte}")
    return 0


def give(args: argparse.Namespace) -> int:
    """One mandat per territoire."""
    from quartiers.usecases.donner_mandat import Nomination, give_mandats
    from quartiers.usecases.identite import AUTRE

    nomination = Nomination(
        args.role, tuple(args.territoire), args.organisme, args.du, args.au, args.acte
    )
    compte = find_compte(args.identifiant)
    if not compte.is_active:
        raise Refus(f"le compte « {args.identifiant} » est fermé")
    personne = args.personne
    if personne not in {"", AUTRE}:
        personne = str(find_compte(personne).pk)
    donnes = give_mandats(
        nommant=open_nommant(), compte=compte.pk, nomination=nomination, personne=personne
    )
    numeros = ", ".join(str(m.pk) for m in donnes)
    print(f"Donné à « {args.identifiant} » : {args.role} (mandat {numeros}).")
    return 0


def change(args: argparse.Namespace) -> int:
    """Another last day."""
    from quartiers.usecases.donner_mandat import change_mandat

    neuf = change_mandat(nommant=open_nommant(), numero=args.numero, au=args.au, acte=args.acte)
    print(f"Le mandat {args.numero} est fini ; le mandat {neuf.pk} le continue.")
    return 0


def end(args: argparse.Namespace) -> int:
    """Now."""
    from quartiers.usecases.donner_mandat import end_mandat

    mandat = end_mandat(nommant=open_nommant(), numero=args.numero)
    print(f"Le mandat {args.numero} de « {mandat.compte.get_username()} » est fini.")
    return 0


def delegate_mandat(args: argparse.Namespace) -> int:
    """From a day to a day."""
    from quartiers.usecases.deleguer import delegate

    delegation = delegate(
        nommant=open_nommant(),
        mandat=args.numero,
        a=find_compte(args.identifiant).pk,
        du=args.du,
        au=args.au,
    )
    print(
        f"« {args.identifiant} » valide avec le mandat {args.numero} "
        f"du {delegation.du:%d/%m/%Y} au {delegation.au:%d/%m/%Y}."
    )
    return 0


def hand_over(args: argparse.Namespace) -> int:
    """What would be done, line by line, then all of it or nothing."""
    from quartiers.usecases.transmettre import Demande, PlanPerime, build_plan, transmit

    de, a, nommant = find_compte(args.identifiant), find_compte(args.a), open_nommant()
    demande = Demande(de.pk, a.pk, args.le, args.acte, {})
    plan = build_plan(nommant, demande)
    for ligne in plan.lignes:
        dit = f"{ligne.mandat.role}  {ligne.mandat.territoire or 'aucun territoire'}"
        print(f"{dit}{' : refusé, ' + ligne.faute if ligne.faute else ''}")
    for libelle, combien in plan.tenus:
        print(f"{libelle} : {combien}")
    if args.a_blanc:
        print("À blanc : rien n'a été fait.")
        return 0
    try:
        faite = transmit(nommant=nommant, demande=demande, numero=plan.numero)
    except PlanPerime:
        dit = "ce que tient ce compte vient de changer : rien n’a été fait, recommencer"
        raise Refus(dit) from None
    print(f"Transmission {faite.pk} à « {args.a} », le {faite.le:%d/%m/%Y}.")
    return 0


def cancel(args: argparse.Namespace) -> int:
    """Until its day."""
    from quartiers.usecases.transmettre import cancel_transmission

    cancel_transmission(nommant=open_nommant(), numero=args.numero)
    print(f"La transmission {args.numero} est annulée.")
    return 0
