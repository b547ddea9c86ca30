"""A program played on the base of the demonstration, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from tests.recette.outils import RACINE, Atelier, Echec


def play_on_demo(atelier: Atelier, module: str) -> dict[str, Any]:
    """Load the demonstration, run a module on it: what it prints last, in JSON. Raises Echec with what it said."""
    var = atelier.dossier / "var"
    environ = {nom: v for nom, v in os.environ.items() if not nom.startswith("QUARTIERS_")}
    environ |= {"QUARTIERS_VAR": str(var), "PYTHONPATH": str(RACINE)}
    atelier.variables = environ
    atelier.quartiers("demo", "--sans-serveur")
    jeu = {"QUARTIERS_BASE": f"sqlite:///{var / 'demo.sqlite3'}", "QUARTIERS_DEMO": "1"}
    fini = subprocess.run(
        [sys.executable, "-m", module],
        check=False, capture_output=True, text=True, cwd=RACINE, env=environ | jeu,
    )  # fmt: skip
    if fini.returncode:
        raise Echec(fini.stderr[-1500:])
    dit: dict[str, Any] = json.loads(fini.stdout.splitlines()[-1])
    return dit
