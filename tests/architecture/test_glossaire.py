"""One word per thing: each public class of the core and of the stored models is in docs/glossaire.md."""

import ast
import re

from tests.architecture.arbre import RACINE, list_modules, parse

GLOSSAIRE = RACINE / "docs" / "glossaire.md"
SURVEILLES = ("quartiers.core", "quartiers.storage.models")


def list_classes() -> dict[str, str]:
    """Public top-level class → the module that defines it."""
    return {
        noeud.name: module
        for module, chemin in list_modules().items()
        if module.startswith(SURVEILLES)
        for noeud in parse(chemin).body
        if isinstance(noeud, ast.ClassDef) and not noeud.name.startswith("_")
    }


def list_mots() -> set[str]:
    """Identifiers of the glossary: what stands between backquotes in a table row."""
    lignes = GLOSSAIRE.read_text(encoding="utf-8").splitlines()
    return {m for ligne in lignes if ligne.startswith("|") for m in re.findall(r"`(\w+)`", ligne)}


def test_every_public_class_is_in_the_glossary() -> None:
    inconnues = {nom: module for nom, module in list_classes().items() if nom not in list_mots()}
    assert list_classes()
    assert inconnues == {}, "à ajouter à docs/glossaire.md"


def test_glossary_has_one_row_per_word() -> None:
    rangees = [
        ligne.split("|")[1].strip()
        for ligne in GLOSSAIRE.read_text(encoding="utf-8").splitlines()
        if ligne.startswith("| ") and not ligne.startswith("| terme")
    ]
    assert len(rangees) == len(set(rangees)) > 30
