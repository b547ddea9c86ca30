"""Saisir 2. Thirty declarations judged on one page, one sent back, the same questions for one line and for thirty."""

from __future__ import annotations

from tests.recette.outils import Atelier, expect, play
from tests.recette.site_joue import play_on_demo

GESTES_MAX, GENRES = 5, 9


def main(atelier: Atelier) -> str:
    """On the demonstration."""
    dit = play_on_demo(atelier, "tests.recette.validation_jouee")
    expect(dit["lignes"] == 30, f"{dit['lignes']} lignes sur la page")
    expect((dit["validees"], dit["renvoyees"]) == (29, 1), f"{dit}")
    expect(dit["gestes"] <= GESTES_MAX, f"{dit['gestes']} gestes")
    expect(len(set(dit["questions"])) == 1, f"questions : {dit['questions']}")
    expect(len(dit["raisons"]) == GENRES and all(dit["raisons"].values()), f"{dit['raisons']}")
    for nom, raison in dit["raisons"].items():
        atelier.note(f"{nom} : {raison}")
    return (
        f"30 déclarations jugées sur une page, {dit['questions'][0]} questions pour une comme pour trente, "
        f"1 renvoyée avec son motif ; {GENRES} façons de se valider soi-même, toutes refusées"
    )


if __name__ == "__main__":
    play(main)
