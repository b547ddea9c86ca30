"""`quartiers verifier`: the integrity of the base, one line per check."""

from __future__ import annotations

import argparse

from quartiers.cli.appel import FAIT, REFUS, parse_date

NOM = "verifier"
AIDE = "contrôle l'intégrité de la base, une ligne par contrôle"


def configure(parser: argparse.ArgumentParser) -> None:
    """The base is QUARTIERS_BASE."""
    parser.add_argument(
        "--au",
        type=parse_date,
        metavar="DATE",
        help="dit aussi la dernière écriture entrée ce jour-là, comme au pied d'un papier",
    )
    parser.epilog = "Code de sortie 1 dès qu'un contrôle trouve quelque chose."


def run(args: argparse.Namespace) -> int:
    """Print every check; exit 1 when one of them found something. The heads of the chains: to be kept elsewhere."""
    from quartiers.cli.base import prepare_base

    prepare_base()
    from quartiers.usecases.lire_tete import say_tete
    from quartiers.usecases.verifier import list_tetes, verify_base

    controles = verify_base()
    print("\n".join(map(str, controles)))
    for tete in list_tetes():
        print(f"tête    {tete}")
    if args.au is not None:
        print(say_tete(args.au))
    return REFUS if any(controle.trouvailles for controle in controles) else FAIT
