"""8. The worlds compared with the oracle: how many, per status, per row of 4.7; 0 difference."""

from __future__ import annotations

from tests.core.adaptateur import compute
from tests.oracle.comparaison import compare
from tests.oracle.comptes import Comptes, count_vue, list_manques, render_comptes
from tests.oracle.mondes import make_monde
from tests.recette.outils import Atelier, expect, play
from tests.suite.taille import is_entiere

MONDES = 10_000 if is_entiere() else 1_500
DEBUT = 100_000  # other worlds than those of the test-suite


def main(atelier: Atelier) -> str:
    """Compare, count, and refuse a status or a row met too rarely."""
    comptes, differences = Comptes(), []
    for seed in range(DEBUT, DEBUT + MONDES):
        monde, vues = make_monde(seed)
        comptes.mondes += 1
        for vue in vues:
            attendu = count_vue(comptes, monde, *vue)
            differences += compare(attendu, compute(monde, *vue))
    atelier.note(render_comptes(comptes))
    manques = list_manques(comptes)
    expect(not manques, f"trop rares : {', '.join(manques)}")
    expect(not differences, f"{len(differences)} différences, dont {differences[:1]}")
    rare_statut, rare_ligne = min(comptes.statuts.values()), min(comptes.lignes.values())
    return (
        f"{comptes.mondes} mondes, {comptes.vues} tableaux, {comptes.cellules} cellules, 0 différence ; "
        f"chaque statut au moins {rare_statut} fois, chaque ligne de 4.7 au moins {rare_ligne} fois"
    )


if __name__ == "__main__":
    play(main)
