"""9. The nation in columns: every statut equal to pandas', a sample equal to the plain computation, and the times."""

from __future__ import annotations

import importlib

from tests.recette.outils import Atelier, Echec, expect, play

# What the nation must hold for the comparison to mean something.
CELLULES, RELEVES = 240_000, 1_500_000


def main(atelier: Atelier) -> str:
    """Full size, three looks; a difference, or no columns to compare, is a failure."""
    try:
        importlib.import_module("quartiers.core.colonnes.evaluation")
    except ModuleNotFoundError as erreur:
        raise Echec(f"moteur en colonnes absent ({erreur})") from erreur
    from bench.nation import render_resultat, run_nation

    resultat = run_nation()
    phrase, *details = render_resultat(resultat).split("\n")
    for detail in details:
        atelier.note(detail)
    expect(
        resultat.cellules >= CELLULES and resultat.releves >= RELEVES,
        f"une nation trop petite : {resultat.cellules} cellules, {resultat.releves} relevés",
    )
    expect(not resultat.differences, f"{phrase} ; {resultat.differences[:1]}")
    return phrase


if __name__ == "__main__":
    play(main)
