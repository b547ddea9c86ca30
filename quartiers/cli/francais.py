"""argparse that speaks French: Python ships no French catalogue for its messages."""

import argparse
import re
import sys
from typing import NoReturn

# argparse's own sentences (Python 3.11 to 3.14) and ours; groups are kept in order.
PHRASES: tuple[tuple[str, str], ...] = (
    (r"the following arguments are required: (.+)", r"il manque : {0}"),
    (r"unrecognized arguments: (.+)", r"argument inconnu : {0}"),
    (r"argument (.+?): expected one argument", r"{0} : une valeur est attendue"),
    (r"argument (.+?): expected at least one argument", r"{0} : au moins une valeur est attendue"),
    (r"argument (.+?): expected (\d+) arguments?", r"{0} : {1} valeurs sont attendues"),
    (
        r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)",
        r"{0} : {1} est inconnu (choix : {2})",
    ),
    (r"argument (.+?): invalid int value: (.+)", r"{0} : {1} n'est pas un nombre entier"),
    (r"argument (.+?): invalid float value: (.+)", r"{0} : {1} n'est pas un nombre"),
    (r"argument (.+?): not allowed with argument (.+)", r"{0} ne va pas avec {1}"),
    (r"one of the arguments (.+) is required", r"il faut l'un de : {0}"),
    (r"ambiguous option: (.+) could match (.+)", r"option ambiguë : {0} peut être {1}"),
    (r"argument (.+?): ignored explicit argument (.+)", r"{0} ne prend pas de valeur ({1})"),
    (r"argument (.+?): (.+)", r"{0} : {1}"),
)


def translate(message: str) -> str:
    """Give the French sentence of one of argparse's messages, or the message itself."""
    for motif, phrase in PHRASES:
        if trouve := re.fullmatch(motif, message, re.DOTALL):
            return phrase.format(*trouve.groups())
    return message


class Aide(argparse.RawDescriptionHelpFormatter):
    """Help whose first word is French."""

    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - argparse's private signature
        super().add_usage(usage, actions, groups, "Usage : " if prefix is None else prefix)


class Analyseur(argparse.ArgumentParser):
    """ArgumentParser with French headings, `--aide`, French errors and exit code 2."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("formatter_class", Aide)
        kwargs["add_help"] = False
        kwargs.setdefault("allow_abbrev", False)
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed through as received
        self._positionals.title = "arguments"
        self._optionals.title = "options"
        self.add_argument(
            "-h", "--aide", "--help", action="help", help="montre cette aide et s'arrête"
        )

    def error(self, message: str) -> NoReturn:
        """One French line after the usage, exit code 2 (wrong call)."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog} : {translate(message)}\n")
