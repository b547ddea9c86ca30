"""What the programs of the recette share: their own base, the commands, one sentence at the end.

A program `item_NN_nom.py` is written so:

    def main(atelier: Atelier) -> str:
        atelier.quartiers("importer", "cog", str(atelier.donnees / "cog"))
        …
        return "62 QRR sur 62, écart maximal 0,3 m"       # raise Echec("…") when it is not so

    if __name__ == "__main__":
        play(main)

Its first line of output is the sentence, its exit code 0 or 1. `print` details with `atelier.note`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

ENSEMBLE = """
import contextlib
import io
import json
import sys
from quartiers.cli.main import main
sorties = []
for appel in json.load(sys.stdin):
    with contextlib.redirect_stdout(io.StringIO()) as sortie:
        code = main(appel)
    if code:
        sys.exit(f"{' '.join(appel)} rend {code}")
    sorties.append(sortie.getvalue())
json.dump(sorties, sys.stdout)
"""
RACINE = Path(__file__).resolve().parent.parent.parent


class Echec(Exception):  # noqa: N818 - French noun
    """The item is not shown; the message says what was seen instead."""


def find_donnees() -> Path | None:
    """The folder of the official files, when it stands beside the project."""
    dossier = Path(os.environ.get("QUARTIERS_DONNEES") or RACINE.parent / "shared" / "data")
    return dossier if dossier.is_dir() else None


@dataclass(slots=True)
class Reponse:
    """What a command answered."""

    code: int
    sortie: str
    erreurs: str


@dataclass(slots=True)
class Atelier:
    """A temporary folder with its own base; commands run in it through the real entry point.

    `histoire`, `etat`: the shared imports that made its base, and the file they left (tests/recette/bases.py).
    """

    dossier: Path
    notes: list[str] = field(default_factory=list)
    variables: dict[str, str] = field(default_factory=dict)
    histoire: list[tuple[str, ...]] = field(default_factory=list)
    etat: tuple[int, int] | None = None

    @property
    def donnees(self) -> Path:
        """The official files; their absence is a failure told as such."""
        dossier = find_donnees()
        if dossier is None:
            msg = "données officielles absentes (QUARTIERS_DONNEES)"
            raise Echec(msg)
        return dossier

    def note(self, texte: str) -> None:
        """A detail, printed after the sentence."""
        self.notes.append(texte)

    def get_environnement(self) -> dict[str, str]:
        """The environment of the commands: a base of its own, nothing of the user's."""
        propre = {nom: v for nom, v in os.environ.items() if not nom.startswith("QUARTIERS_")}
        return {**propre, "QUARTIERS_VAR": str(self.dossier / "var"), **self.variables}

    def run(self, *arguments: str, delai: float = 900) -> Reponse:
        """`quartiers …` whatever its exit code."""
        fini = subprocess.run(
            [sys.executable, "-P", "-m", "quartiers", *arguments],
            check=False,
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=self.dossier,
            env=self.get_environnement(),
            timeout=delai,
        )
        return Reponse(fini.returncode, fini.stdout, fini.stderr)

    def quartiers(self, *arguments: str, code: int = 0, delai: float = 900) -> str:
        """`quartiers …` with the exit code it must have; gives its output."""
        reponse = self.run(*arguments, delai=delai)
        if reponse.code != code:
            msg = (
                f"« quartiers {' '.join(arguments)} » rend {reponse.code} au lieu de {code} : "
                f"{reponse.erreurs.strip() or reponse.sortie.strip()[-500:]}"
            )
            raise Echec(msg)
        return reponse.sortie

    def read_ensemble(self, *appels: tuple[str, ...]) -> list[str]:
        """What several commands that only read print, each one's code being 0: the entry point, once per command,
        in one process, which loads the base once.
        """
        fini = subprocess.run(
            [sys.executable, "-P", "-c", ENSEMBLE],
            input=json.dumps(appels),
            check=False,
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=self.dossier,
            env=self.get_environnement(),
        )
        if fini.returncode:
            raise Echec(f"« quartiers » : {fini.stderr.strip()[-500:]}")
        sorties: list[str] = json.loads(fini.stdout)
        return sorties


Item: TypeAlias = Callable[[Atelier], str]


def expect(vrai: bool, sinon: str) -> None:
    """Raise Echec(sinon) unless the condition holds."""
    if not vrai:
        raise Echec(sinon)


def play(main: Item) -> None:
    """Run one item and exit: 0 with its sentence, 1 with what was seen instead."""
    with tempfile.TemporaryDirectory(prefix="quartiers-recette-") as dossier:
        atelier = Atelier(Path(dossier))
        try:
            phrase, code, pile = main(atelier), 0, ""
        except Echec as echec:
            phrase, code, pile = str(echec), 1, ""
        except Exception as erreur:  # noqa: BLE001 - whatever happens, one sentence and the stack
            phrase, code, pile = f"{type(erreur).__name__} : {erreur}", 1, traceback.format_exc()
    print("\n".join([phrase.replace("\n", " ; "), *atelier.notes, pile]).strip())
    sys.exit(code)
