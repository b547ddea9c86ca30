"""Saisir 2. Thirty declarations judged on one page, one sent back, the same questions for one line and for thirty."""

from __future__ import annotations

from tests.recette.outils import Atelier, expect, play
from tests.recette.site_joue import play_on_demo

GESTES_MAX = 5
RAISONS = {
    "declare": "Vous l’avez déclarée.",
    "saisi": "Vous l’avez saisie pour quelqu’un d’autre.",
    "au_nom": "Elle a été saisie pour votre compte.",
    "importe": "Vous l’avez importée.",
    "corrige": "Vous l’avez corrigée en dernier.",
    "declare_avant": "Vous l’aviez déclarée avant qu’elle soit corrigée.",
    "prouve": "Vous avez envoyé sa preuve.",
    "delegue": "Une délégation vous lie à qui l’a déclarée.",
    "deux_mandats": "Vous l’avez déclarée.",
}
"""What the person reads of each way to judge one's own line."""


def main(atelier: Atelier) -> str:
    """On the demonstration."""
    dit = play_on_demo(atelier, "tests.recette.validation_jouee")
    expect(dit["lignes"] == 30, f"{dit['lignes']} lignes sur la page")
    expect((dit["validees"], dit["renvoyees"]) == (29, 1), f"{dit}")
    expect(dit["gestes"] <= GESTES_MAX, f"{dit['gestes']} gestes")
    expect(len(set(dit["questions"])) == 1, f"questions : {dit['questions']}")
    expect(dit["raisons"] == RAISONS, f"{dit['raisons']}")
    for nom, raison in RAISONS.items():
        atelier.note(f"{nom} : {raison}")
    return (
        f"30 déclarations jugées sur une page en {dit['gestes']} gestes, {dit['questions'][0]} questions pour une comme pour trente, "
        f"1 renvoyée avec son motif ; {len(RAISONS)} façons de se valider soi-même, toutes refusées"
    )


if __name__ == "__main__":
    play(main)
