"""A base loaded once, for all the programs that begin with the same imports: official files, demonstration.

`lancer_recette` names a folder in RECETTE_BASES, thrown away at its end. A program that asks for an import finds
there the base as another one left it after the very same commands, and what they printed; it imports otherwise,
and leaves its own. Without the folder (a program played alone), every import is played.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from tests.recette.outils import Atelier

VARIABLE = "RECETTE_BASES"
BASE = "quartiers.sqlite3"
SORTIE = "sortie.txt"


def load(atelier: Atelier, *arguments: str) -> str:
    """`quartiers ARGUMENTS` on the base of the atelier, or the base that this very history gave."""
    garde = find_garde(atelier, arguments)
    var = atelier.dossier / "var"
    if garde is None:
        return atelier.quartiers(*arguments)
    if garde.is_dir():
        shutil.rmtree(var, ignore_errors=True)
        shutil.copytree(garde / "var", var)
        sortie = (garde / SORTIE).read_text(encoding="utf-8")
    else:
        sortie = atelier.quartiers(*arguments)
        keep(garde, var, sortie)
    atelier.histoire.append(arguments)
    atelier.etat = read_etat(var)
    return sortie


def read_etat(var: Path) -> tuple[int, int] | None:
    """The file of the base: another size or another time, and something else was written; None before it is made."""
    base = var / BASE
    return (base.stat().st_size, base.stat().st_mtime_ns) if base.is_file() else None


def find_garde(atelier: Atelier, arguments: tuple[str, ...]) -> Path | None:
    """Where the base of this history is kept, or would be.

    None when nothing is shared: no folder, a base of another place or of other rules, or a base that something
    else than shared imports has written in.
    """
    dossier = os.environ.get(VARIABLE)
    if not dossier or atelier.variables or read_etat(atelier.dossier / "var") != atelier.etat:
        return None
    histoire = repr([*atelier.histoire, arguments])
    return Path(dossier) / hashlib.sha256(histoire.encode()).hexdigest()[:16]


def keep(garde: Path, var: Path, sortie: str) -> None:
    """Whole or not at all: two programs may leave the same base, the first one is kept."""
    essai = Path(tempfile.mkdtemp(dir=garde.parent))
    shutil.copytree(var, essai / "var")
    (essai / SORTIE).write_text(sortie, encoding="utf-8")
    with suppress(OSError):
        essai.rename(garde)
    shutil.rmtree(essai, ignore_errors=True)
