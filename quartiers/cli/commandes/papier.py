"""`quartiers papier CODE -o DOSSIER`: one PDF of two pages per quartier, for a meeting's folder."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from quartiers.cli.appel import AppelIncorrect, add_dates
from quartiers.cli.commandes.tableau import open_vue

NOM = "papier"
AIDE = "écrit un PDF de deux pages par quartier d'un territoire"


def configure(parser: argparse.ArgumentParser) -> None:
    """Code, dates, folder."""
    parser.add_argument("code", metavar="CODE", help="code du territoire (DEP-93, COM-93008…)")
    add_dates(parser)
    parser.add_argument(
        "-o", "--sortie", type=Path, metavar="DOSSIER", required=True, help="dossier où écrire"
    )
    parser.add_argument(
        "--processus", type=int, metavar="N", help="processus d'impression (un par cœur par défaut)"
    )


def run(args: argparse.Namespace) -> int:
    """Write the files, say how far it is; a territoire without expected quartier exits 2."""
    if args.processus is not None and args.processus < 1:
        msg = f"nombre de processus impossible : {args.processus}"
        raise AppelIncorrect(msg)
    vue = open_vue(args)
    from quartiers.usecases.imprimer import list_a_imprimer, print_dossier  # once Django is loaded

    codes = list_a_imprimer(vue, args.code)
    if not codes:
        msg = f"aucun quartier attendu dans {args.code} à cette date"
        raise AppelIncorrect(msg)
    try:
        args.sortie.mkdir(parents=True, exist_ok=True)
        chemins = print_dossier(vue, codes, args.sortie, args.connu_le, args.processus)
        for rang, _chemin in enumerate(chemins, start=1):
            print(f"\r{rang} sur {len(codes)}", end="", file=sys.stderr, flush=True)
    except OSError as erreur:
        msg = f"{args.sortie} ne peut pas être écrit : {erreur.strerror}"
        raise AppelIncorrect(msg) from erreur
    print(file=sys.stderr)
    print(f"{len(codes)} PDF dans {args.sortie}")
    return 0
