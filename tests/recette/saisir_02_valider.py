"""Saisir 2. Thirty declarations judged on one page, one sent back, the same questions for one line and for thirty."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from tests.recette.outils import RACINE, Atelier, Echec, expect, play

GESTES_MAX, GENRES = 5, 9


def main(atelier: Atelier) -> str:
    """On the demonstration."""
    environ = {nom: v for nom, v in os.environ.items() if not nom.startswith("QUARTIERS_")}
    var = atelier.dossier / "var"
    environ |= {"QUARTIERS_VAR": str(var), "PYTHONPATH": str(RACINE)}
    atelier.variables = environ
    atelier.quartiers("demo", "--sans-serveur")
    jeu = {"QUARTIERS_BASE": f"sqlite:///{var / 'demo.sqlite3'}", "QUARTIERS_DEMO": "1"}
    fini = subprocess.run(
        [sys.executable, "-m", "tests.recette.validation_jouee"],
        check=False, capture_output=True, text=True, cwd=RACINE, env=environ | jeu,
    )  # fmt: skip
    if fini.returncode:
        raise Echec(fini.stderr[-1500:])
    dit = json.loads(fini.stdout.splitlines()[-1])
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
