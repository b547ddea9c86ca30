"""One word per thing: each public class is in docs/glossaire.md, and no name of a class is used twice."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable

from tests.architecture.arbre import RACINE, list_modules, parse

GLOSSAIRE = RACINE / "docs" / "glossaire.md"
CALCUL, TABLES = "quartiers.core.", "quartiers.storage.models."
"""A table may bear the name of what it keeps: the same thing, and the same word."""


def list_classes() -> list[tuple[str, str]]:
    """Public top-level classes of every floor, each with the module that defines it."""
    return [
        (noeud.name, module)
        for module, chemin in list_modules().items()
        for noeud in parse(chemin).body
        if isinstance(noeud, ast.ClassDef) and not noeud.name.startswith("_")
    ]


def list_mots() -> set[str]:
    """Identifiers of the glossary: what stands between backquotes in the first cells of a row."""
    lignes = GLOSSAIRE.read_text(encoding="utf-8").splitlines()
    cellules = ("|".join(li.split("|")[1:3]) for li in lignes if li.startswith("| "))
    return {mot for cellule in cellules for mot in re.findall(r"`(\w+)`", cellule)}


def find_doubles(classes: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Names that two modules give to two things."""
    modules = defaultdict(list)
    for nom, module in classes:
        modules[nom].append(module)
    return {nom: ou for nom, ou in modules.items() if len(ou) > 1 and not is_gardee(ou)}


def is_gardee(modules: list[str]) -> bool:
    """A thing of the computation and the table that keeps it."""
    prefixes = sorted(modules)
    return (
        len(prefixes) == 2
        and prefixes[0].startswith(CALCUL)
        and prefixes[1].startswith(TABLES)
    )  # fmt: skip


def test_every_public_class_is_in_the_glossary() -> None:
    classes = list_classes()
    mots = list_mots()
    inconnues = {nom: module for nom, module in classes if nom not in mots}
    assert {module.split(".")[1] for _, module in classes} >= {
        *("core", "storage", "sources", "reports", "geo", "referentiel", "usecases", "cli", "web"),
    }
    assert inconnues == {}, "à ajouter à docs/glossaire.md"


def test_no_class_name_is_used_twice() -> None:
    assert find_doubles(list_classes()) == {}


def test_a_name_used_twice_is_seen() -> None:
    ailleurs = [("Compte", "quartiers.web.a"), ("Compte", "quartiers.reports.b")]
    assert set(find_doubles(ailleurs)) == {"Compte"}
    gardee = [("Releve", f"{CALCUL}fait"), ("Releve", f"{TABLES}declaration")]
    assert find_doubles(gardee) == {}
    assert set(find_doubles([*gardee, ("Releve", "quartiers.usecases.a")])) == {"Releve"}


def test_every_class_of_the_glossary_exists() -> None:
    """A name that no class bears any more leaves the glossary; words in small letters are fields and modules."""
    classes = {nom for nom, _ in list_classes()}
    imbriquees = {
        noeud.name
        for chemin in list_modules().values()
        for noeud in ast.walk(parse(chemin))
        if isinstance(noeud, ast.ClassDef)
    }
    nommes = {mot for mot in list_mots() if mot[0].isupper()}
    assert nommes - classes - imbriquees - list_alias() == set()


def list_alias() -> set[str]:
    """Names given to a type rather than to a class: `Sens = …`, `Contrat: TypeAlias = …`."""
    return {
        cible.id
        for chemin in list_modules().values()
        for noeud in parse(chemin).body
        if isinstance(noeud, ast.Assign | ast.AnnAssign)
        for cible in (noeud.targets if isinstance(noeud, ast.Assign) else [noeud.target])
        if isinstance(cible, ast.Name)
    }


def test_glossary_has_one_row_per_word() -> None:
    rangees = [
        ligne.split("|")[1].strip()
        for ligne in GLOSSAIRE.read_text(encoding="utf-8").splitlines()
        if ligne.startswith("| ") and not ligne.startswith("| terme")
    ]
    assert len(rangees) == len(set(rangees)) > 30
