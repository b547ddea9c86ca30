"""What the tests of the house read: the files of the project and the imports of its modules."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent.parent
PAQUET = RACINE / "quartiers"
HORS_PROJET = {".git", ".venv", "var", "build", "dist", "__pycache__", "node_modules"}


@cache
def list_fichiers() -> tuple[Path, ...]:
    """Every file the project holds or is about to hold: ignored files are left out."""
    if (RACINE / ".git").exists():
        commande = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        sortie = subprocess.run(commande, cwd=RACINE, check=True, capture_output=True).stdout
        chemins = [RACINE / nom for nom in sortie.decode().split("\0") if nom]
        return tuple(sorted(chemin for chemin in chemins if chemin.is_file()))
    return tuple(sorted(c for c in walk(RACINE) if c.is_file()))  # an archive without git


def walk(dossier: Path) -> Iterator[Path]:
    """Files below a folder, without what a machine makes."""
    for chemin in dossier.iterdir():
        if chemin.is_dir():
            if chemin.name not in HORS_PROJET and not chemin.name.startswith("."):
                yield from walk(chemin)
        else:
            yield chemin


def list_python() -> list[Path]:
    """Every Python file but Django's migrations, which Django writes."""
    return [c for c in list_fichiers() if c.suffix == ".py" and "migrations" not in c.parts]


@cache
def parse(chemin: Path) -> ast.Module:
    """Syntax tree of a file."""
    return ast.parse(chemin.read_text(encoding="utf-8"), filename=str(chemin))


def get_module(chemin: Path) -> str:
    """`quartiers/core/fait.py` → `quartiers.core.fait`; a package for its `__init__.py`."""
    morceaux = chemin.relative_to(RACINE).with_suffix("").parts
    return ".".join(morceaux[:-1] if morceaux[-1] == "__init__" else morceaux)


@dataclass(frozen=True, slots=True)
class Import:
    """One import statement, wherever it stands in the file (functions included)."""

    module: str
    cible: str
    ligne: int


@cache
def list_modules() -> dict[str, Path]:
    """Module name → file, for the whole package, migrations left out."""
    return {get_module(c): c for c in list_python() if PAQUET in c.parents}


def list_imports(chemin: Path) -> Iterator[Import]:
    """Absolute targets; `from a import b` gives `a.b` when that is a module of ours, else `a`."""
    module = get_module(chemin)
    for noeud in ast.walk(parse(chemin)):
        if isinstance(noeud, ast.Import):
            for alias in noeud.names:
                yield Import(module, alias.name, noeud.lineno)
        elif isinstance(noeud, ast.ImportFrom):
            assert noeud.level == 0, f"{chemin}:{noeud.lineno} : import relatif"
            for alias in noeud.names:
                complet = f"{noeud.module}.{alias.name}"
                yield Import(
                    module, complet if is_module(complet) else str(noeud.module), noeud.lineno
                )


def is_module(nom: str) -> bool:
    """True when the dotted name is a module of our package (not an object in it)."""
    return nom in list_modules()
