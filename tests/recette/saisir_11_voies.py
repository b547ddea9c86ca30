"""Saisir 11. A list made by a command: what feeds each indicateur, and the shortest way to declare each action."""

from __future__ import annotations

import csv
import io
from collections import Counter

from tests.recette.outils import Atelier, expect, play

INDICATEURS, ACTIONS = 150, 63
Ligne = dict[str, str]
PILOTER = "E10"
"""The engagement that the tool works out from itself, until plans and requests are kept in it."""


def main(atelier: Atelier) -> str:
    """Every line of the command, and for each action the fewest fields."""
    ecrit = atelier.quartiers("referentiel", "saisies")
    lignes = list(csv.DictReader(io.StringIO(ecrit.lstrip("\ufeff")), delimiter=";"))
    expect(len(lignes) == INDICATEURS, f"{len(lignes)} lignes")
    expect(all(ligne["nourri_par"] for ligne in lignes), "un indicateur que rien ne nourrit")
    principales = {
        ligne["action"]: find_voie(ligne, lignes)
        for ligne in lignes
        if ligne["action"] and ligne["principal"]
    }
    expect(len(principales) == ACTIONS, f"{len(principales)} actions")
    sans = sorted(action for action, ligne in principales.items() if not ligne["page"])
    hors = [action for action in sans if not action.startswith(PILOTER)]
    expect(not hors, f"sans page, hors de « piloter » : {hors}")
    champs = Counter(ligne["champs"] for ligne in principales.values() if ligne["page"])
    for action, ligne in principales.items():
        atelier.note(f"{action} : {ligne['page'] or 'calculée'} {ligne['champs']}")
    return (
        f"{INDICATEURS} indicateurs, tous nourris ; {ACTIONS - len(sans)} actions sur {ACTIONS} se déclarent, "
        f"en {min(map(int, champs))} à {max(map(int, champs))} champs ; les {len(sans)} autres sont de « piloter » : {', '.join(sans)}"
    )


def find_voie(principal: Ligne, lignes: list[Ligne]) -> Ligne:
    """The form of the figure that gives its statut; when an official list alone gives it, that of another of the action."""
    siennes = [ligne for ligne in lignes if ligne["action"] == principal["action"]]
    return next((ligne for ligne in (principal, *siennes) if ligne["page"]), principal)


if __name__ == "__main__":
    play(main)
