"""`quartiers schema (tableau|releves|cibles)`: what each column of a CSV holds, for machines."""

from __future__ import annotations

import argparse
from pathlib import Path

from quartiers.cli.commandes.tableau import write_sortie
from quartiers.reports.schema import SCHEMAS, build_schema
from quartiers.reports.tableau_json import write_json

NOM = "schema"
AIDE = "écrit le schéma (Table Schema) d'un de nos fichiers CSV"


def configure(parser: argparse.ArgumentParser) -> None:
    """Which file, and where to."""
    parser.add_argument("genre", choices=tuple(SCHEMAS), metavar="GENRE", help=" ou ".join(SCHEMAS))
    parser.add_argument("-o", "--sortie", type=Path, metavar="FICHIER", help="fichier à écrire")


def run(args: argparse.Namespace) -> int:
    """Print or write the schema: it needs no base."""
    write_sortie(write_json(build_schema(args.genre)), args.sortie)
    return 0
