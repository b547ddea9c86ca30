"""`quartiers sources`: the known official sources, and the last millésime loaded of each."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quartiers.usecases.lister_sources import SourceConnue

NOM = "sources"
AIDE = "liste les sources officielles connues et le dernier millésime chargé"


def configure(parser: argparse.ArgumentParser) -> None:
    """No option: the base is QUARTIERS_BASE."""
    parser.epilog = "Un fichier se charge par « quartiers importer CODE FICHIER »."


def run(args: argparse.Namespace) -> int:  # noqa: ARG001 - the same signature for every command
    """Print each source in four lines."""
    from quartiers.cli.base import prepare_base

    prepare_base()
    from quartiers.usecases.lister_sources import list_sources_connues

    print("\n".join(say_source(source) for source in list_sources_connues()))
    return 0


def say_source(source: SourceConnue) -> str:
    """What a person needs to know before loading a file."""
    preuve = "prouve une absence" if source.exhaustive else "ne prouve pas une absence"
    return (
        f"{source.code} : {source.libelle} ({source.producteur}), {preuve}\n"
        f"  colonnes attendues : {', '.join(source.colonnes)}\n"
        f"  dernier chargé : {say_dernier(source)}"
    )


def say_dernier(source: SourceConnue) -> str:
    """The last file, its date and the day it was known."""
    if source.fichier is None or source.connu_le is None:
        return "aucun"
    date = f"millésime {source.millesime}, " if source.millesime else ""
    return f"{date}{source.fichier}, connu le {source.connu_le}"
