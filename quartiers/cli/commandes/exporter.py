"""`quartiers exporter (releves|cibles) CODE`: what was declared, as a file that `importer` reads back."""

from __future__ import annotations

import argparse
from pathlib import Path

from quartiers.cli.appel import add_connu_le, read_today
from quartiers.cli.commandes.tableau import open_vue, write_sortie

NOM = "exporter"
AIDE = "écrit les relevés ou les cibles d'un territoire, tels que « importer » les relit"
GENRES = ("releves", "cibles")


def configure(parser: argparse.ArgumentParser) -> None:
    """Kind, code, day of knowledge and destination."""
    parser.add_argument(
        "genre", choices=GENRES, metavar="GENRE", help="releves (valeurs) ou cibles (plans)"
    )
    parser.add_argument(
        "code", metavar="CODE", help="code du territoire ; ce qu'il contient est écrit aussi"
    )
    add_connu_le(parser)
    parser.add_argument("-o", "--sortie", type=Path, metavar="FICHIER", help="fichier à écrire")


def run(args: argparse.Namespace) -> int:
    """Print or write the file; an unknown code exits 2."""
    args.vu_le = args.connu_le = args.connu_le or read_today()
    vue = open_vue(args, suivre=False)  # what was declared stays under the code of its day
    from quartiers.usecases.exporter import export_registre

    texte = export_registre(args.genre, vue.territoires, args.code, args.connu_le)
    write_sortie(texte, args.sortie)
    return 0
