"""8. kill -9 at every write of an import, before and after every question of a form, on both bases: all or nothing."""

from __future__ import annotations

from tests.recette.balayages import IMPORT, sweep
from tests.recette.outils import Atelier, play


def main(atelier: Atelier) -> str:
    """The sweeps of the suite, each base in turn, with what was cut."""
    dits = sweep(atelier, IMPORT, "formulaire")
    return f"coupures d’un import et d’un formulaire : {dits} : tout ou rien, chaîne entière"


if __name__ == "__main__":
    play(main)
