"""`quartiers modele GENRE -o FICHIER`: an empty file of a kind to fill in, that `importer` reads."""

from __future__ import annotations

import argparse
from pathlib import Path

from quartiers.cli.appel import read_today
from quartiers.cli.commandes.exporter import find_format
from quartiers.cli.commandes.referentiel import load_referentiel
from quartiers.cli.commandes.tableau import write_sortie
from quartiers.core.genres import GENRES_IMPORTABLES
from quartiers.reports.classeur import FORMATS

NOM = "modele"
AIDE = "écrit un fichier vide à remplir : ses colonnes, ce qu'elles attendent, leurs mots"


def configure(parser: argparse.ArgumentParser) -> None:
    """Which kind, and where to; the end of the name says the format."""
    parser.add_argument(
        "genre",
        choices=tuple(GENRES_IMPORTABLES),
        metavar="GENRE",
        help=", ".join(GENRES_IMPORTABLES),
    )
    parser.add_argument(
        "-o",
        "--sortie",
        type=Path,
        metavar="FICHIER",
        required=True,
        help=f"fichier à écrire ; sa fin dit le format ({', '.join(FORMATS)})",
    )


def run(args: argparse.Namespace) -> int:
    """Write the template: it needs no base."""
    from quartiers.reports.genre_fichier import write_modele

    format_ = find_format(args.sortie)
    genre = GENRES_IMPORTABLES[args.genre]
    write_sortie(write_modele(genre, format_, load_referentiel(), read_today()), args.sortie)
    return 0
