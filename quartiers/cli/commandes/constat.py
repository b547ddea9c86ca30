"""`quartiers constat CODE INDICATEUR`: why this figure."""

from __future__ import annotations

import argparse
import difflib
from pathlib import Path

from quartiers.cli.appel import AppelIncorrect, add_dates
from quartiers.cli.commandes.tableau import open_vue, write_sortie

NOM = "constat"
AIDE = "explique un chiffre : règle, cible, faits, lignes des sources"


def configure(parser: argparse.ArgumentParser) -> None:
    """Code of the territoire, code of the indicateur, dates and format."""
    parser.add_argument("code", metavar="CODE", help="code du territoire")
    parser.add_argument("indicateur", metavar="INDICATEUR", help="code de l'indicateur")
    add_dates(parser)
    parser.add_argument(
        "--format", choices=("texte", "json", "pdf"), default="texte", help="forme de la réponse"
    )
    parser.add_argument("-o", "--sortie", type=Path, metavar="FICHIER", help="fichier à écrire")


def run(args: argparse.Namespace) -> int:
    """Print the proof; an unknown code or an indicateur not shown there exits 2."""
    from quartiers.core.composition import compose_entete
    from quartiers.core.explication import explain_constat
    from quartiers.reports.constat_json import render_explication
    from quartiers.reports.tableau_json import render_entete, write_json
    from quartiers.reports.tableau_texte import write_explication

    if args.format == "pdf" and args.sortie is None:
        msg = "le format pdf ne s'affiche pas : dire dans quel fichier l'écrire (-o FICHIER)"
        raise AppelIncorrect(msg)
    vue = open_vue(args)
    from quartiers.usecases.charger_pieces import can_open_all, list_faits, load_pieces
    from quartiers.usecases.imprimer import can_see_all, print_preuve  # once Django is loaded

    referentiel = vue.dossier.referentiel
    indicateur = referentiel.get_indicateur(args.indicateur)
    if indicateur is None:
        proches = difflib.get_close_matches(
            args.indicateur, [i.code for i in referentiel.list_indicateurs()], n=3
        )
        suite = f" ; codes proches : {', '.join(proches)}" if proches else ""
        msg = f"indicateur inconnu : {args.indicateur}{suite}"
        raise AppelIncorrect(msg)
    explication = explain_constat(vue, indicateur, args.code)
    if explication is None:
        msg = f"l'indicateur {args.indicateur} n'est pas montré dans {args.code}"
        raise AppelIncorrect(msg)
    entete = compose_entete(vue, args.code)
    if args.format == "pdf":
        write_sortie(print_preuve(vue, args.code, indicateur, can_see_all) or b"", args.sortie)
    elif args.format == "json":
        pieces = load_pieces(list_faits(explication), vue.connu_le, can_open_all, str)
        json = write_json(render_explication(explication, render_entete(entete), pieces))
        write_sortie(json, args.sortie)
    else:
        write_sortie(write_explication(explication, entete), args.sortie)
    return 0
