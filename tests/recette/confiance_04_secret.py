"""Confiance 4. The secret of small counts, tried by all that a commune, an EPCI, an association can open."""

from __future__ import annotations

from tests.recette.outils import Atelier, expect, play
from tests.recette.site_joue import play_on_demo
from tests.suite.taille import ENTIERE, is_entiere

FORMES = {"json", "page", "pdf", "csv", "xlsx", "ods", "geojson", "formulaire"}


def main(atelier: Atelier) -> str:
    """On the demonstration; then with half of the protection, which the same attacker must see."""
    if is_entiere():
        atelier.variables[ENTIERE] = "1"
    dit = play_on_demo(atelier, "tests.recette.secret_attaque")
    expect(dit["essayes"] >= 100, f"{dit['essayes']} comptes cachés")
    expect(not dit["trouves"], f"{len(dit['trouves'])} retrouvés : {dit['trouves'][:5]}")
    expect(dit["trouves_sans"] > 0, "l’attaquant ne voit pas une protection affaiblie")
    expect(dit["lus_par_l_etat"] > 0, "le préfet ne lit aucun de ces comptes : rien ne serait vu")
    expect(not dit["changes"], f"statuts changés : {dit['changes'][:5]}")
    expect(set(dit["ouverts"]) == FORMES, f"{dit['ouverts']}")
    expect(not dit["lus"], f"{len(dit['lus'])} lus : {dit['lus'][:5]}")
    for forme, nombre in sorted(dit["ouverts"].items()):
        atelier.note(f"{forme} : {nombre} ouverts")
    return (
        f"{dit['essayes']} petits comptes cachés attaqués, {len(dit['trouves'])} retrouvé ({dit['trouves_sans']} le sont quand leurs "
        f"compléments sont montrés) ; {sum(dit['ouverts'].values())} pages et fichiers, 0 où l’un se lit ; "
        f"{dit['statuts']} chiffres, {len(dit['changes'])} statut changé"
    )


if __name__ == "__main__":
    play(main)
