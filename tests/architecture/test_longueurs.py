"""A function over 60 lines or a file over 400 lines must say why: `# long: reason` near its top."""

import ast
import re
from pathlib import Path

from tests.architecture.arbre import RACINE, list_python, parse

FONCTION_MAX = 60
FICHIER_MAX = 400
PRES_DU_DEBUT = 15
RAISON = re.compile(r"#\s*long\s*:\s*\S.{9,}")


def has_raison(lignes: list[str]) -> bool:
    """A reason of at least ten characters among the first lines."""
    return any(RAISON.search(ligne) for ligne in lignes[:PRES_DU_DEBUT])


def list_trop_longs(chemin: Path, texte: str, arbre: ast.Module) -> list[str]:
    """The file and the functions that are too long without a reason."""
    lignes = texte.splitlines()
    nom = chemin.relative_to(RACINE)
    fautes = []
    if len(lignes) > FICHIER_MAX and not has_raison(lignes):
        fautes.append(f"{nom} : {len(lignes)} lignes")
    for noeud in ast.walk(arbre):
        if isinstance(noeud, ast.FunctionDef | ast.AsyncFunctionDef):
            corps = lignes[noeud.lineno - 1 : noeud.end_lineno]
            if len(corps) > FONCTION_MAX and not has_raison(corps):
                fautes.append(f"{nom}:{noeud.lineno} {noeud.name} : {len(corps)} lignes")
    return fautes


def test_files_and_functions_fit_in_a_head() -> None:
    fautes = [
        faute
        for chemin in list_python()
        for faute in list_trop_longs(chemin, chemin.read_text(encoding="utf-8"), parse(chemin))
    ]
    assert fautes == []


def test_the_rule_fires_and_a_reason_silences_it() -> None:
    longue = "def f():\n" + "    x = 1\n" * 70
    expliquee = longue.replace("def f():\n", "def f():\n    # long: a table is read in one go\n")
    chemin = RACINE / "exemple.py"
    assert len(list_trop_longs(chemin, longue, ast.parse(longue))) == 1
    assert list_trop_longs(chemin, expliquee, ast.parse(expliquee)) == []
    geant = "x = 1\n" * 401
    assert len(list_trop_longs(chemin, geant, ast.parse(geant))) == 1
    bref = geant.replace("x = 1\n", "# long: x\n", 1)
    assert len(list_trop_longs(chemin, bref, ast.parse(bref))) == 1, "a reason is a sentence"
