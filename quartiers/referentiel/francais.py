"""Pydantic's complaints, in French, told by the entry they are about."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from quartiers.referentiel.defaut import Defaut

_PHRASES = {
    "missing": "clé absente",
    "extra_forbidden": "clé inconnue",
    "string_type": "un texte est attendu",
    "string_too_short": "texte vide",
    "string_pattern_mismatch": "écriture inattendue",
    "bool_type": "true ou false est attendu",
    "bool_parsing": "true ou false est attendu",
    "int_type": "un entier est attendu",
    "int_parsing": "un entier est attendu",
    "date_type": "une date est attendue (AAAA-MM-JJ)",
    "date_parsing": "une date est attendue (AAAA-MM-JJ)",
    "date_from_datetime_parsing": "une date est attendue (AAAA-MM-JJ)",
    "list_type": "une liste est attendue",
    "dict_type": "une table est attendue",
    "model_type": "une table est attendue",
    "too_short": "liste vide",
}


def translate(fichier: str, brut: object, erreur: ValidationError) -> list[Defaut]:
    """One defect per complaint, with the code of the nearest entry that has one."""
    return [_translate_one(fichier, brut, detail) for detail in erreur.errors()]


def _translate_one(fichier: str, brut: object, detail: ErrorDetails) -> Defaut:
    chemin = list(detail["loc"])
    entree, reste = find_entree(brut, chemin)
    cle = ".".join(str(element) for element in reste if not isinstance(element, int))
    return Defaut(fichier, entree, f"« {cle} » : {_say(detail)}" if cle else _say(detail))


def _say(detail: ErrorDetails) -> str:
    genre = detail["type"]
    if genre == "enum":
        return (
            f"« {detail['input']} » n'est pas dans la liste ({detail['ctx']['expected']})".replace(
                " or ", " ou "
            )
        )
    if genre == "value_error":
        return str(detail["ctx"]["error"])
    phrase = _PHRASES.get(genre, str(detail["msg"]))
    return f"{phrase} (« {detail['input']} »)" if genre == "string_pattern_mismatch" else phrase


def find_entree(brut: object, chemin: list[int | str]) -> tuple[str, list[int | str]]:
    """Code of the deepest entry on a path, and the path below it."""
    courant, entree, reste = brut, _get_code(brut), list(chemin)
    for rang, element in enumerate(chemin):
        try:
            courant = _descend(courant, element)
        except (KeyError, IndexError):
            break
        if code := _get_code(courant):
            entree, reste = code, list(chemin[rang + 1 :])
    return entree, reste


def _descend(valeur: object, element: int | str) -> object:
    if isinstance(valeur, Mapping):
        return valeur[element]
    if isinstance(valeur, list) and isinstance(element, int):
        return valeur[element]
    raise KeyError(element)


def _get_code(valeur: object) -> str:
    return str(valeur["code"]) if isinstance(valeur, Mapping) and "code" in valeur else ""
