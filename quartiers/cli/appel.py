"""What every command needs of the call: its errors, its dates, and the only clock of the product."""

import argparse
from datetime import MAXYEAR, MINYEAR, date, datetime

from quartiers.core.jour_ecrit import CauseDeRefus, JourRefuse, read_jour
from quartiers.core.temps import PARIS

FAIT = 0
REFUS = 1
APPEL_INCORRECT = 2
ABSENT = "impossible : ce jour n'existe pas"


class AppelIncorrect(Exception):  # noqa: N818 - named in French like every noun of the product
    """The call itself is wrong (unknown code, missing option): exit code 2, one line."""


class Refus(Exception):  # noqa: N818 - same reason
    """Refused for a reason that is not in a file (base out of reach…): exit code 1.

    What is wrong *in a file* is `quartiers.core.anomalie.DonneesRefusees`, same exit code.
    """


def read_today() -> date:
    """Today in Paris. Only the roof asks the clock; below, a date is always an argument."""
    return datetime.now(tz=PARIS).date()


def read_now() -> datetime:
    """Now, aware, in Paris: the moment of an entry."""
    return datetime.now(tz=PARIS)


def parse_date(texte: str) -> date:
    """`2026-11-23` or `23/11/2026`; raises argparse's error, so that the call exits with code 2."""
    texte = texte.strip()
    try:
        return read_jour(texte, range(MINYEAR, MAXYEAR + 1))
    except JourRefuse as refus:
        illisible = refus.cause is CauseDeRefus.ILLISIBLE
        pourquoi = "illisible : écrire AAAA-MM-JJ ou JJ/MM/AAAA"
        msg = f"date « {texte} » {pourquoi if illisible else ABSENT}"
        raise argparse.ArgumentTypeError(msg) from None


def add_dates(parser: argparse.ArgumentParser) -> None:
    """Give a command `--vu-le` and `--connu-le`; both are None when absent (see `get_dates`)."""
    parser.add_argument(
        "--vu-le",
        type=parse_date,
        metavar="DATE",
        help="jour regardé (aujourd'hui par défaut)",
    )
    add_connu_le(parser)


def add_connu_le(parser: argparse.ArgumentParser) -> None:
    """Give a command `--connu-le` alone; None when absent."""
    parser.add_argument(
        "--connu-le",
        type=parse_date,
        metavar="DATE",
        help="jour de connaissance, jusqu'à sa fin (aujourd'hui par défaut)",
    )


def get_dates(args: argparse.Namespace) -> tuple[date, date]:
    """(vu_le, connu_le) of a call made with `add_dates`, today in Paris by default."""
    aujourdhui = read_today()
    return args.vu_le or aujourdhui, args.connu_le or aujourdhui
