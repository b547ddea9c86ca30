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
FICHIERS = ("json", "csv", "xlsx", "ods", "geojson", "pdf")
_BINAIRES = frozenset({"xlsx", "ods", "pdf"})


def configure(parser: argparse.ArgumentParser) -> None:
    """Code, dates, format and destination."""
    parser.add_argument("code", metavar="CODE", help="code du territoire (QRR-93_3, DEP-33, FR…)")
    add_dates(parser)
    parser.add_argument(
        "--format",
        choices=("texte", *FICHIERS),
        default="texte",
        help="forme de la réponse",
    )
    parser.add_argument("-o", "--sortie", type=Path, metavar="FICHIER", help="fichier à écrire")


def run(args: argparse.Namespace) -> int:
    """Print or write the tableau; an unknown code exits 2."""
    if args.format in _BINAIRES and args.sortie is None:
        msg = f"le format {args.format} ne s'affiche pas : dire dans quel fichier l'écrire (-o FICHIER)"
        raise AppelIncorrect(msg)
    write_sortie(_render(open_vue(args), args.code, args.format), args.sortie)
    return 0


def open_vue(args: argparse.Namespace, *, suivre: bool = True) -> Vue:
    """The dossier of the base at the dates of the call; AppelIncorrect when the code is unknown.

    `suivre`: a code that ended before `vu_le` becomes, in `args`, the one that continues it, and this is told.
    """
    from quartiers.cli.base import prepare_base
    from quartiers.core.vue import Vue

    prepare_base()
    from quartiers.usecases.charger_dossier import load_dossier

    vu_le, connu_le = get_dates(args)
    vue = Vue(load_dossier(), vu_le, connu_le)
    if suivre:
        args.code = _follow(vue, args.code)
    if args.code not in vue.territoires:
        raise AppelIncorrect(_say_inconnu(vue, args.code))
    return vue


def _follow(vue: Vue, code: str) -> str:
    suite = vue.territoires.get_code_au(code, vue.vu_le)
    if suite is None or suite == code:
        return code
    print(_say_devenu(vue, code, suite), file=sys.stderr)
    return suite


def _say_devenu(vue: Vue, code: str, suite: str) -> str:
    return f"{code} est devenu {suite} ({vue.territoires[suite].nom})"


def _say_inconnu(vue: Vue, code: str) -> str:
    import difflib

    if not len(vue.territoires):
        return f"territoire inconnu : {code} (la base est vide ; voir « quartiers importer »)"
    if suite := vue.territoires.get_present(code):
        return _say_devenu(vue, code, suite)
    proches = difflib.get_close_matches(code, list(vue.territoires), n=3)
    dont = f" ; codes proches : {', '.join(proches)}" if proches else ""
    return f"territoire inconnu : {code}{dont}"


def _render(vue: Vue, code: str, forme: str) -> str | bytes:
    from quartiers.core.composition import compose_vue
    from quartiers.reports.tableau_texte import write_tableau
    from quartiers.usecases.ecrire_tableau import FORMES, show_all

    if forme == "texte":
        return write_tableau(compose_vue(vue, code))
    if forme == "pdf":
        return print_pdf(vue, code)
    rendu = FORMES[forme].render(vue, code, show_all)
    return rendu if FORMES[forme].is_binaire else rendu.decode()


def print_pdf(vue: Vue, code: str) -> bytes:
    """The paper of a quartier, a commune or a département; what is larger is a wrong call."""
    from quartiers.usecases.imprimer import can_see_all, print_papier

    octets = print_papier(vue, code, can_see_all)
    if octets is None:
        msg = f"le format pdf n'existe pas pour {code} : demander un quartier, une commune ou un département"
        raise AppelIncorrect(msg)
    return octets


def write_sortie(contenu: str | bytes, sortie: Path | None) -> None:
    """To the file, else to the terminal (texts only); the bytes are the same."""
    if sortie is None:
        sys.stdout.write(contenu if isinstance(contenu, str) else contenu.decode())
        return
    try:
        sortie.write_bytes(contenu.encode() if isinstance(contenu, str) else contenu)
    except OSError as erreur:
        msg = f"{sortie} ne peut pas être écrit : {erreur.strerror}"
        raise AppelIncorrect(msg) from erreur
