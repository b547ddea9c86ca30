"""`quartiers verifier`: the integrity of the base, one line per check."""

from __future__ import annotations

import argparse

from quartiers.cli.appel import FAIT, REFUS

NOM = "verifier"
AIDE = "contrôle l'intégrité de la base, une ligne par contrôle"


def configure(parser: argparse.ArgumentParser) -> None:
    """No option: the base is QUARTIERS_BASE."""
    parser.epilog = "Code de sortie 1 dès qu'un contrôle trouve quelque chose."


def run(args: argparse.Namespace) -> int:  # noqa: ARG001 - the same signature for every command
    """Print every check; exit 1 when one of them found something. The heads of the chains: to be kept elsewhere."""
    from quartiers.cli.base import prepare_base

    prepare_base()
    from quartiers.usecases.verifier import list_tetes, verify_base

    controles = verify_base()
    print("\n".join(map(str, controles)))
    for tete in list_tetes():
        print(f"tête    {tete}")
    return REFUS if any(controle.trouvailles for controle in controles) else FAIT
