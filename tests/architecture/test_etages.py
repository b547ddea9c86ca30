"""The floors: import your own folder or a lower floor; neighbours never; no circle.

Function-local and TYPE_CHECKING imports count: a dependency is one whenever it is paid.
"""

import ast
import sys
from pathlib import Path

import pytest

from tests.architecture.arbre import (
    RACINE,
    Import,
    get_module,
    list_imports,
    list_modules,
    parse,
)

ETAGES = {
    "core": 0,
    "referentiel": 1,
    "sources": 1,
    "geo": 1,
    "reports": 1,
    "storage": 2,
    "pieces": 2,
    "usecases": 3,
    "web": 4,
    "api": 4,
    "cli": 4,
    # the roof: wiring, no rule
    "settings": 5,
    "urls": 5,
    "wsgi": 5,
    "entetes": 5,
    "smtp": 4,
    "__main__": 5,
}
# Who may read the clock: the roof of the product. Below, a date is an argument.
PORTES_DE_L_HEURE = {"web", "api", "cli"}
HORLOGES = {"now", "today", "utcnow", "localdate", "localtime", "fromtimestamp"}
AUTO_DATE = {"auto_now", "auto_now_add"}
INTERDITS_AU_CALCUL = {"time", "os", "io", "pathlib", "shutil", "subprocess", "socket", "random"}
APPELS_INTERDITS_AU_CALCUL = {"open", "print", "input", "exec", "eval", "__import__"}


def get_dossier(module: str) -> str | None:
    """`quartiers.core.fait` → `core`; the bare package (its version) → None."""
    morceaux = module.split(".")
    return morceaux[1] if len(morceaux) > 1 else None


def list_internes() -> list[Import]:
    """Every import from one of our modules to another."""
    return [
        lien
        for chemin in list_modules().values()
        for lien in list_imports(chemin)
        if lien.cible.split(".")[0] == "quartiers"
    ]


def test_every_folder_has_a_floor() -> None:
    dossiers = {get_dossier(module) for module in list_modules()} - {None}
    assert dossiers <= set(ETAGES), "dossier sans étage : le placer dans ETAGES"


def list_fautes(liens: list[Import]) -> list[str]:
    """Imports that go up, or to a neighbour."""
    fautes = []
    for lien in liens:
        depart, arrivee = get_dossier(lien.module), get_dossier(lien.cible)
        if depart == arrivee or arrivee is None:
            continue
        if depart is None or ETAGES[arrivee] >= ETAGES[depart]:
            fautes.append(f"{lien.module}:{lien.ligne} importe {lien.cible}")
    return fautes


def test_imports_only_go_down() -> None:
    assert list_fautes(list_internes()) == []


@pytest.mark.parametrize(
    ("module", "cible", "fautif"),
    [
        ("quartiers.core.fait", "quartiers.core.statut", False),
        ("quartiers.usecases.charger_dossier", "quartiers.core.fait", False),
        ("quartiers.cli.main", "quartiers", False),
        ("quartiers.core.fait", "quartiers.sources.texte", True),
        ("quartiers.sources.qpv", "quartiers.geo.distance", True),
        ("quartiers.web.pages", "quartiers.cli.appel", True),
        ("quartiers.storage.models.releve", "quartiers.usecases.acces", True),
    ],
)
def test_the_rule_itself(module: str, cible: str, fautif: bool) -> None:
    assert bool(list_fautes([Import(module, cible, 1)])) is fautif


def find_circle(graphe: dict[str, set[str]]) -> list[str]:
    """One circle of a graph as the list of its nodes, or an empty list."""
    etat: dict[str, int] = {}
    chemin: list[str] = []

    def visit(noeud: str) -> list[str]:
        etat[noeud] = 1
        chemin.append(noeud)
        for suivant in sorted(graphe.get(noeud, ())):
            if etat.get(suivant) == 1:
                return chemin[chemin.index(suivant) :]
            if suivant not in etat and (trouve := visit(suivant)):
                return trouve
        chemin.pop()
        etat[noeud] = 2
        return []

    for noeud in sorted(graphe):
        if noeud not in etat and (trouve := visit(noeud)):
            return trouve
    return []


def test_no_circle_between_modules() -> None:
    graphe: dict[str, set[str]] = {}
    for lien in list_internes():
        if lien.cible != lien.module:
            graphe.setdefault(lien.module, set()).add(lien.cible)
    assert find_circle(graphe) == []


def test_a_circle_is_seen() -> None:
    assert find_circle({"a": {"b"}, "b": {"c"}, "c": {"a"}}) == ["a", "b", "c"]
    assert find_circle({"a": {"b", "c"}, "b": {"c"}}) == []


def list_calcul() -> list[Path]:
    """Files of the computing core."""
    return [c for module, c in list_modules().items() if get_dossier(module) == "core"]


def test_core_needs_only_the_standard_library_and_numpy() -> None:
    admis = (set(sys.stdlib_module_names) | {"numpy", "quartiers"}) - INTERDITS_AU_CALCUL
    fautes = [
        f"{lien.module}:{lien.ligne} importe {lien.cible}"
        for chemin in list_calcul()
        for lien in list_imports(chemin)
        if lien.cible.split(".")[0] not in admis
    ]
    assert list_calcul()
    assert fautes == []


def list_appels_interdits(arbre: ast.Module) -> list[int]:
    """Lines that touch a file, a screen or code made at run time."""
    return [
        noeud.lineno
        for noeud in ast.walk(arbre)
        if isinstance(noeud, ast.Call)
        and isinstance(noeud.func, ast.Name)
        and noeud.func.id in APPELS_INTERDITS_AU_CALCUL
    ]


def test_core_touches_no_file() -> None:
    fautes = [
        f"{get_module(c)}:{n}" for c in list_calcul() for n in list_appels_interdits(parse(c))
    ]
    assert fautes == []
    assert list_appels_interdits(ast.parse("with open('x') as f:\n    print(f)")) == [1, 2]


def is_horloge(noeud: ast.AST) -> bool:
    """A reading of the clock: call, reference (`default=timezone.now`), model field or import."""
    match noeud:
        case ast.Attribute(attr=nom):
            return nom in HORLOGES
        case ast.keyword(arg=nom):
            return nom in AUTO_DATE
        case ast.Import(names=noms):
            return any(alias.name == "time" for alias in noms)
        case ast.ImportFrom(module=module, names=noms):
            return module == "time" or any(alias.name in HORLOGES for alias in noms)
    return False


def list_horloges(arbre: ast.Module) -> list[int]:
    """Lines that read the clock."""
    return [getattr(noeud, "lineno", 0) for noeud in ast.walk(arbre) if is_horloge(noeud)]


def test_only_the_roof_reads_the_clock() -> None:
    fautes = [
        f"{chemin.relative_to(RACINE)}:{ligne}"
        for module, chemin in list_modules().items()
        if get_dossier(module) not in PORTES_DE_L_HEURE
        for ligne in list_horloges(parse(chemin))
    ]
    assert fautes == []


@pytest.mark.parametrize(
    "code",
    [
        "x = date.today()",
        "x = Field(default=timezone.now)",
        "x = Field(auto_now_add=True)",
        "import time",
        "from time import monotonic",
        "from django.utils.timezone import now",
    ],
)
def test_a_clock_is_seen(code: str) -> None:
    assert list_horloges(ast.parse(code)) == [1]


def test_the_files_read_are_the_files_of_the_project() -> None:
    assert {"quartiers", "quartiers.settings", "quartiers.cli.main"} <= set(list_modules())
