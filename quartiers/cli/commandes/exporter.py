"""`quartiers exporter GENRE CODE`: what was declared, as a file that `importer` reads back."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from quartiers.cli.appel import AppelIncorrect, add_connu_le, read_today
from quartiers.cli.commandes.tableau import open_vue, write_sortie
from quartiers.core.genres import GENRES_IMPORTABLES
from quartiers.reports.classeur import FORMATS

NOM = "exporter"
AIDE = "écrit ce qui a été déclaré d'un territoire, tel que « importer » le relit"
RELEVES = "releves"
CSV = "csv"
EN_TEXTE = (CSV,)
"""Relevés are a text: a workbook is what an import reads of them, and no export writes one."""
GENRES = (RELEVES, *GENRES_IMPORTABLES)


def configure(parser: argparse.ArgumentParser) -> None:
    """Kind, code, day of knowledge and destination."""
    parser.add_argument("genre", choices=GENRES, metavar="GENRE", help=", ".join(GENRES))
    parser.add_argument(
        "code", metavar="CODE", help="code du territoire ; ce qu'il contient est écrit aussi"
    )
    add_connu_le(parser)
    parser.add_argument(
        "-o",
        "--sortie",
        type=Path,
        metavar="FICHIER",
        help=f"fichier à écrire ; pour un autre genre que « releves », sa fin dit le format ({', '.join(FORMATS)})",
    )


def run(args: argparse.Namespace) -> int:
    """Print or write the file; an unknown code exits 2."""
    args.vu_le = args.connu_le = args.connu_le or read_today()
    vue = open_vue(args, suivre=False)  # what was declared stays under the code of its day
    from quartiers.usecases.exporter import export_enregistrements, export_releves

    if args.genre == RELEVES:
        find_format(args.sortie, EN_TEXTE)
        texte = export_releves(vue.territoires, args.code, args.connu_le)
        write_sortie(texte, args.sortie)
        return 0
    octets = export_enregistrements(
        GENRES_IMPORTABLES[args.genre],
        find_format(args.sortie),
        vue.dossier.referentiel,
        vue.territoires,
        args.code,
        args.connu_le,
    )
    write_sortie(octets, args.sortie)
    return 0


def find_format(sortie: Path | None, admis: Iterable[str] = FORMATS) -> str:
    """The format that the end of a name says, among those that can be written; CSV when nothing is named."""
    if sortie is None:
        return CSV
    format_ = sortie.suffix.removeprefix(".").lower()
    if format_ not in admis:
        msg = f"{sortie} : le nom doit finir par .{', .'.join(admis)}"
        raise AppelIncorrect(msg)
    return format_
