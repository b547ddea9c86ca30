"""Two tableaux compared path by path, and a computation compared with the evaluator on many worlds.

The computation itself is given as a function: this folder imports nothing of the product (test_independance.py).
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from tests.oracle.evaluateur import evaluate
from tests.oracle.mondes import make_monde
from tests.oracle.regard import Monde

Calcul = Callable[[Monde, str, date, date], dict[str, Any]]


def get_nom(element: object, rang: int) -> str:
    """Name of an element of a list in a path: its code when it has one."""
    if isinstance(element, dict) and "code" in element:
        return str(element["code"])
    return str(rang)


def compare_dicts(attendu: dict[str, Any], obtenu: dict[str, Any], chemin: str) -> Iterator[str]:
    """Keys of both sides: a missing key is not the same as null."""
    for nom in sorted({*attendu, *obtenu}, key=str):
        ou = f"{chemin}.{nom}" if chemin else str(nom)
        if nom not in obtenu:
            yield f"{ou} : attendu {attendu[nom]!r}, absent"
        elif nom not in attendu:
            yield f"{ou} : {obtenu[nom]!r} en trop"
        else:
            yield from compare_valeurs(attendu[nom], obtenu[nom], ou)


def compare_listes(attendu: list[Any], obtenu: list[Any], chemin: str) -> Iterator[str]:
    """Elements that have a code are paired by it, and their order is compared too; the others by rank."""
    noms = [get_nom(element, rang) for rang, element in enumerate(attendu)]
    noms_obtenus = [get_nom(element, rang) for rang, element in enumerate(obtenu)]
    par_nom = dict(zip(noms, attendu, strict=True))
    par_nom_obtenu = dict(zip(noms_obtenus, obtenu, strict=True))
    for nom in sorted({*noms, *noms_obtenus}):
        ou = f"{chemin}[{nom}]"
        if nom not in par_nom_obtenu:
            yield f"{ou} : absent"
        elif nom not in par_nom:
            yield f"{ou} : en trop"
        else:
            yield from compare_valeurs(par_nom[nom], par_nom_obtenu[nom], ou)
    if sorted(noms) == sorted(noms_obtenus) and noms != noms_obtenus:
        yield f"{chemin} : ordre attendu {noms}, obtenu {noms_obtenus}"
    for liste, cote in ((noms, "attendu"), (noms_obtenus, "obtenu")):
        if len(set(liste)) < len(liste):
            yield f"{chemin} : {cote} deux fois le même code {liste}"


def is_nombre(valeur: object) -> bool:
    """An integer or a fraction, never a float nor a boolean."""
    return isinstance(valeur, int | Fraction) and not isinstance(valeur, bool)


def is_egal(attendu: object, obtenu: object) -> bool:
    """Exact equality; 1 and Fraction(1) are the same number, 1 and True are not the same answer."""
    if is_nombre(attendu) and is_nombre(obtenu):
        return attendu == obtenu
    return type(attendu) is type(obtenu) and attendu == obtenu


def compare_valeurs(attendu: object, obtenu: object, chemin: str) -> Iterator[str]:
    """Any two values met at the same path."""
    if isinstance(attendu, dict) and isinstance(obtenu, dict):
        yield from compare_dicts(attendu, obtenu, chemin)
    elif isinstance(attendu, list) and isinstance(obtenu, list):
        yield from compare_listes(attendu, obtenu, chemin)
    elif not is_egal(attendu, obtenu):
        yield f"{chemin} : attendu {attendu!r}, obtenu {obtenu!r}"


def compare(attendu: dict[str, Any], obtenu: dict[str, Any]) -> list[str]:
    """Readable differences between two tableaux, one per path; empty when they are the same."""
    return list(compare_valeurs(attendu, obtenu, ""))


def compare_mondes(calculer: Calcul, seeds: Iterable[int]) -> Iterator[str]:
    """Differences between a computation and the evaluator, each with the seed and the look that show it."""
    for seed in seeds:
        monde, vues = make_monde(seed)
        for code, vu_le, connu_le in vues:
            attendu = evaluate(monde, code, vu_le, connu_le)
            for ecart in compare(attendu, calculer(monde, code, vu_le, connu_le)):
                yield f"monde {seed}, {code} vu le {vu_le} connu le {connu_le} : {ecart}"
