"""`quartiers VERBE …`: find the commands, parse the call, run one, give its exit code."""

import gc
import importlib
import io
import os
import pkgutil
import sys
from collections.abc import Sequence
from types import ModuleType

from quartiers import __version__
from quartiers.cli import commandes
from quartiers.cli.appel import APPEL_INCORRECT, REFUS, AppelIncorrect, Refus
from quartiers.cli.francais import Analyseur
from quartiers.core.anomalie import DonneesRefusees

RAMASSAGE = (50_000, 20, 50)
"""Thresholds of the garbage collector: a file of 36,000 communes lives whole, looking through it costs a quarter."""


def list_commandes() -> list[ModuleType]:
    """Every module of `commandes/`, in the order of its `NOM`."""
    noms = [module.name for module in pkgutil.iter_modules(commandes.__path__)]
    modules = [importlib.import_module(f"{commandes.__name__}.{nom}") for nom in noms]
    return sorted(modules, key=lambda module: str(module.NOM))


def build_parser() -> Analyseur:
    """Build the whole tree of commands; each one stores its `run` in the namespace."""
    parser = Analyseur(
        prog="quartiers",
        description="Quartiers en actes : le tableau de bord de « La République en actes ».",
        epilog="Codes de sortie : 0 fait ; 1 données refusées ; 2 appel incorrect.",
    )
    parser.add_argument(
        "--version", action="version", version=__version__, help="montre la version et s'arrête"
    )
    verbes = parser.add_subparsers(title="verbes", metavar="VERBE", dest="verbe", required=True)
    for module in list_commandes():
        sous = verbes.add_parser(module.NOM, help=module.AIDE, description=module.AIDE)
        module.configure(sous)
        sous.set_defaults(run=module.run)
    return parser


def force_utf8() -> None:
    """French needs its accents whatever the locale of the machine (`LANG=C`, Windows)."""
    for flux in (sys.stdout, sys.stderr):
        if isinstance(flux, io.TextIOWrapper):
            flux.reconfigure(encoding="utf-8", errors="backslashreplace")


def main(argv: Sequence[str] | None = None) -> int:
    """Entry point of the `quartiers` command; returns the exit code."""
    force_utf8()
    gc.set_threshold(*RAMASSAGE)
    args = build_parser().parse_args(argv)
    try:
        code = int(args.run(args))
        sys.stdout.flush()
    except AppelIncorrect as erreur:
        print(erreur, file=sys.stderr)
        return APPEL_INCORRECT
    except (Refus, DonneesRefusees) as refus:
        print(refus, file=sys.stderr)
        return REFUS
    except BrokenPipeError:
        # The reader left (`| head`): not our error. Python would complain again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("Interrompu.", file=sys.stderr)
        return 130
    return code
