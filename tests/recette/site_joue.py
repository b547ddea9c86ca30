"""A program played on the base of the demonstration, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from tests.recette.outils import RACINE, Atelier, Echec


def play_on_demo(atelier: Atelier, module: str) -> dict[str, Any]:
    """Load the demonstration, run a module on it: what it prints last, in JSON. Raises Echec with what it said."""
    atelier.variables["PYTHONPATH"] = str(RACINE)
    atelier.quartiers("demo", "--sans-serveur")
    base = f"sqlite:///{atelier.dossier / 'var' / 'demo.sqlite3'}"
    atelier.variables |= {"QUARTIERS_BASE": base, "QUARTIERS_DEMO": "1"}
    fini = subprocess.run(
        [sys.executable, "-m", module],
        check=False, capture_output=True, text=True, cwd=RACINE, env=atelier.get_environnement(),
    )  # fmt: skip
    if fini.returncode:
        raise Echec(fini.stderr[-1500:])
    dit: dict[str, Any] = json.loads(fini.stdout.splitlines()[-1])
    return dit
