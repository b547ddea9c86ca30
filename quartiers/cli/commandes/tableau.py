"""`quartiers tableau CODE`: the dashboard of a territoire."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from quartiers.cli.appel import AppelIncorrect, add_dates, get_dates

if TYPE_CHECKING:
    from quartiers.core.vue import Vue

NOM = "tableau"
AIDE = "montre le tableau de bord d'un territoire"
FORMATS = ("texte", "json", "csv")
_A_VENIR = ("xlsx", "ods", "pdf", "geojson")


def configure(parser: argparse.ArgumentParser) -> None:
    """Code, dates, format and destination."""
    parser.add_argument("code", metavar="CODE", help="code du territoire (QRR-93_3, DEP-33, FR…)")
    add_dates(parser)
    parser.add_argument(
        "--format", choices=(*FORMATS, *_A_VENIR), default="texte", help="forme de la réponse"
    )
    parser.add_argument("-o", "--sortie", type=Path, metavar="FICHIER", help="fichier à écrire")


def run(args: argparse.Namespace) -> int:
    """Print or write the tableau; an unknown code exits 2."""
    if args.format in _A_VENIR:
        msg = f"le format {args.format} n'est pas encore produit ; formats produits : {', '.join(FORMATS)}"
        raise AppelIncorrect(msg)
    vue = open_vue(args)
    texte = _render(vue, args.code, args.format)
    write_sortie(texte, args.sortie)
    return 0


def open_vue(args: argparse.Namespace) -> Vue:
    """The dossier of the base at the dates of the call; AppelIncorrect when the code is unknown."""
    from quartiers.cli.base import prepare_base
    from quartiers.core.vue import Vue

    prepare_base()
    from quartiers.usecases.dossier import load_dossier

    vu_le, connu_le = get_dates(args)
    vue = Vue(load_dossier(), vu_le, connu_le)
    if args.code not in vue.territoires:
        raise AppelIncorrect(_say_inconnu(vue, args.code))
    return vue


def _say_inconnu(vue: Vue, code: str) -> str:
    import difflib

    if not len(vue.territoires):
        return f"territoire inconnu : {code} (la base est vide ; voir « quartiers importer »)"
    proches = difflib.get_close_matches(code, list(vue.territoires), n=3)
    suite = f" ; codes proches : {', '.join(proches)}" if proches else ""
    return f"territoire inconnu : {code}{suite}"


def _render(vue: Vue, code: str, forme: str) -> str:
    from quartiers.core.composition import compose_vue, list_tableaux
    from quartiers.reports.tableau_csv import write_csv
    from quartiers.reports.tableau_json import render_tableau, write_json
    from quartiers.reports.tableau_texte import write_tableau

    if forme == "csv":
        return write_csv(list_tableaux(vue, code))
    tableau = compose_vue(vue, code)
    return write_json(render_tableau(tableau)) if forme == "json" else write_tableau(tableau)


def write_sortie(texte: str, sortie: Path | None) -> None:
    """To the file, else to the terminal; the bytes are the same."""
    if sortie is None:
        sys.stdout.write(texte)
        return
    try:
        sortie.write_text(texte, encoding="utf-8", newline="")
    except OSError as erreur:
        msg = f"{sortie} ne peut pas être écrit : {erreur.strerror}"
        raise AppelIncorrect(msg) from erreur
