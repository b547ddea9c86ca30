"""`quartiers migrer`: bring the base to the level of the code, on PostgreSQL as on SQLite."""

import argparse

NOM = "migrer"
AIDE = "met la base de données au niveau du logiciel"


def configure(parser: argparse.ArgumentParser) -> None:
    """No option: the base is QUARTIERS_BASE."""
    parser.epilog = "La base est celle de la variable QUARTIERS_BASE."


def run(args: argparse.Namespace) -> int:  # noqa: ARG001 - the same signature for every command
    """Print one line per migration; nothing to do is said too."""
    from quartiers.cli.base import bring_up_to_date, setup_django

    setup_django()
    faites = bring_up_to_date()
    print("\n".join(f"Migration faite : {nom}" for nom in faites) or "La base est à jour.")
    return 0
