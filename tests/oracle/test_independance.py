"""Two independent hands: nothing of the product is imported in this folder."""

import ast
import sys
from pathlib import Path

import pytest

DOSSIER = Path(__file__).parent
PERMIS = {"tests", "pytest", "hypothesis"}
FICHIERS = sorted(DOSSIER.rglob("*.py"))


def list_imports(texte: str) -> set[str]:
    """Modules imported anywhere in a source, inside functions included; names passed to import_module too."""
    modules: set[str] = set()
    for noeud in ast.walk(ast.parse(texte)):
        if isinstance(noeud, ast.Import):
            modules |= {alias.name for alias in noeud.names}
        elif isinstance(noeud, ast.ImportFrom):
            modules.add("." * noeud.level + (noeud.module or ""))
        elif isinstance(noeud, ast.Call) and noeud.args:
            nom = ast.unparse(noeud.func).rpartition(".")[2]
            premier = noeud.args[0]
            if nom in {"import_module", "__import__", "importorskip"}:
                modules.add(str(premier.value) if isinstance(premier, ast.Constant) else "?")
    return modules


def list_interdits(texte: str) -> list[str]:
    """Imports that are neither of the standard library, nor of this folder, nor a test tool."""
    interdits = []
    for module in sorted(list_imports(texte)):
        tete = module.partition(".")[0]
        is_d_ici = tete != "tests" or module.startswith("tests.oracle.") or module == "tests.oracle"
        if not is_d_ici or (tete not in PERMIS and tete not in sys.stdlib_module_names):
            interdits.append(module)
    return interdits


def test_le_dossier_a_des_fichiers() -> None:
    assert DOSSIER / "evaluateur.py" in FICHIERS


@pytest.mark.parametrize("fichier", FICHIERS, ids=lambda f: f.name)
def test_rien_du_produit(fichier: Path) -> None:
    assert list_interdits(fichier.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "import quartiers",
        "from quartiers.core import constat",
        "def f():\n    from quartiers.core.statut import Statut",
        "import importlib\nimportlib.import_module('quartiers.core')",
        "import importlib\nnom = 'x'\nimportlib.import_module(nom)",
        "import numpy",
        "from . import regard",
        "from tests.oracle_calcul import adaptateur",
    ],
)
def test_le_refus_voit(source: str) -> None:
    assert list_interdits(source)
