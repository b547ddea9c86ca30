"""The floor of what people do reads as verbs: a module bears the verb of its act, or the name of the one thing it holds."""

import ast
from collections.abc import Mapping
from pathlib import Path

from tests.architecture.arbre import list_modules, parse

ETAGE = "quartiers.usecases."
PORTE = "acces"
"""The one door to a territoire: named by a noun everywhere it is spoken of."""
VERBES = frozenset(
    {
        *(
            "annuler",
            "admettre",
            "annoter",
            "appliquer",
            "changer",
            "charger",
            "chercher",
            "comparer",
            "completer",
            "compter",
            "contester",
            "creer",
            "declarer",
            "deleguer",
            "dessiner",
            "donner",
            "ecrire",
            "enchainer",
        ),
        *(
            "entrer",
            "essayer",
            "examiner",
            "expliquer",
            "exporter",
            "fermer",
            "garder",
            "importer",
            "imprimer",
            "interroger",
            "inviter",
        ),
        *(
            "juger",
            "lire",
            "lister",
            "mesurer",
            "nommer",
            "pointer",
            "preparer",
            "projeter",
            "proposer",
        ),
        *(
            "prouver",
            "rattacher",
            "relire",
            "retirer",
            "reviser",
            "suivre",
            "tenir",
            "trancher",
            "transmettre",
            "verifier",
        ),
    }
)
"""What people do, and what is done for it: « dossier » or « papier » end like verbs and are none."""


def list_actes() -> dict[str, Path]:
    """Modules of the floor itself; its folders hold one file per kind."""
    modules = list_modules()
    actes = {nom.removeprefix(ETAGE): chemin for nom, chemin in modules.items()}
    return {
        nom: chemin
        for nom, chemin in actes.items()
        if f"{ETAGE}{nom}" in modules and chemin.name != "__init__.py"
    }


def find_sans_verbe(modules: Mapping[str, Path]) -> list[str]:
    """Modules that bear neither a verb nor the name of a class that they define."""
    return [
        nom
        for nom, chemin in modules.items()
        if "." not in nom
        and nom != PORTE
        and nom.split("_")[0] not in VERBES
        and name_classe(nom) not in list_classes(chemin)
    ]


def name_classe(module: str) -> str:
    """`releve_lu` → `ReleveLu`."""
    return "".join(mot.capitalize() for mot in module.split("_"))


def list_classes(chemin: Path) -> set[str]:
    """The classes at the top of a file."""
    return {noeud.name for noeud in parse(chemin).body if isinstance(noeud, ast.ClassDef)}


def test_every_module_is_a_verb_or_the_thing_it_holds() -> None:
    modules = list_actes()
    assert {"importer", "exporter", "memoire"} <= modules.keys()
    assert find_sans_verbe(modules) == []


def test_a_module_without_a_verb_is_seen(tmp_path: Path) -> None:
    chemin = tmp_path / "projection.py"
    chemin.write_text("class Savoir:\n    pass\n", encoding="utf-8")
    assert find_sans_verbe({"projection": chemin, "imports.qpv": chemin}) == ["projection"]
    assert find_sans_verbe({"projeter": chemin, "savoir": chemin}) == []
    assert find_sans_verbe({"papier": chemin, "lecture_champs": chemin}) == [
        "papier",
        "lecture_champs",
    ]


def test_every_verb_is_used() -> None:
    assert {nom.split("_")[0] for nom in list_actes() if "." not in nom} >= VERBES
