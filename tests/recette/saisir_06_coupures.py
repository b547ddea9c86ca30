"""Saisir 6. kill -9 at every point of an entry with its files and of a validation by lot, on both bases: all or nothing."""

from __future__ import annotations

from tests.recette.balayages import sweep
from tests.recette.outils import Atelier, play


def main(atelier: Atelier) -> str:
    """Two sweeps of the suite, each base in turn, with what was cut."""
    dits = sweep(atelier, "pieces", "lot")
    return (
        f"coupures d’une saisie avec pièces et d’une validation par lot : {dits} : tout ou rien, "
        "aucun fichier orphelin ni manquant, les deux chaînes entières"
    )


if __name__ == "__main__":
    play(main)
