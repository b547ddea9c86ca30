"""`quartiers schema GENRE`: what each column of a CSV holds, for machines."""

from __future__ import annotations

import argparse
from pathlib import Path

from quartiers.cli.commandes.referentiel import load_referentiel
from quartiers.cli.commandes.tableau import write_sortie
from quartiers.core.genres import GENRES_IMPORTABLES
from quartiers.reports.genre_schema import build_schema_de_genre
from quartiers.reports.schema import SCHEMAS, Schema, build_schema
from quartiers.reports.tableau_json import write_json

NOM = "schema"
AIDE = "écrit le schéma (Table Schema) d'un de nos fichiers CSV"


def configure(parser: argparse.ArgumentParser) -> None:
    """Which file, and where to."""
    genres = (*SCHEMAS, *GENRES_IMPORTABLES)
    parser.add_argument("genre", choices=genres, metavar="GENRE", help=", ".join(genres))
    parser.add_argument("-o", "--sortie", type=Path, metavar="FICHIER", help="fichier à écrire")


def run(args: argparse.Namespace) -> int:
    """Print or write the schema: it needs no base."""
    write_sortie(write_json(_build(args.genre)), args.sortie)
    return 0


def _build(genre: str) -> Schema:
    if genre in SCHEMAS:
        return build_schema(genre)
    return build_schema_de_genre(GENRES_IMPORTABLES[genre], load_referentiel())
