"""Complaints of pydantic and of the TOML reader, in French, told by the entry they are about."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from quartiers.referentiel.defaut import Defaut

_PHRASES = {
    "missing": "clé absente",
    "extra_forbidden": "clé inconnue",
    "string_type": "un texte est attendu",
    "string_too_long": "code trop long (60 signes au plus)",
    "bool_type": "true ou false est attendu",
    "int_type": "un entier est attendu",
    "greater_than_equal": "nombre trop petit",
    "less_than_equal": "nombre trop grand",
    "list_type": "une liste est attendue",
    "dict_type": "une table est attendue",
    "model_type": "une table est attendue",
    "too_short": "liste vide",
}
_TOML = (
    ("Invalid date or datetime", "date ou heure impossible"),
    ("Cannot overwrite a value", "clé écrite deux fois"),
    ("Cannot declare", "table écrite deux fois"),
    ("Cannot mutate immutable namespace", "table écrite deux fois"),
    ("Duplicate inline table key", "clé écrite deux fois"),
    ("Unterminated string", "guillemet jamais fermé"),
    ("Illegal character", "caractère interdit (retour à la ligne dans un texte ?)"),
    ("Unescaped '\\' in a string", "barre oblique inverse à doubler"),
    ("Expected '=' after a key", "« = » attendu après une clé"),
    ("Expected newline or end of document", "rien n'est attendu après cette valeur"),
    ("Unclosed array", "crochet jamais fermé"),
    ("Unclosed inline table", "accolade jamais fermée"),
    ("Invalid value", "valeur illisible (guillemets oubliés ?)"),
    ("Invalid initial character for a key part", "clé attendue"),
    ("Invalid statement", "ligne illisible"),
)


def translate_toml(erreur: tomllib.TOMLDecodeError) -> str:
    """What is wrong in the writing, and where."""
    message = str(erreur)
    raison = next((fr for debut, fr in _TOML if message.startswith(debut)), "écriture incorrecte")
    if trouve := re.search(r"\(at line (\d+), column (\d+)\)", message):
        return f"ligne {trouve[1]}, colonne {trouve[2]} : {raison}"
    return f"fin du fichier : {raison}"


def translate(fichier: str, brut: object, erreur: ValidationError) -> list[Defaut]:
    """One defect per complaint, with the code of the nearest entry that has one."""
    return [_translate_one(fichier, brut, detail) for detail in erreur.errors()]


def _translate_one(fichier: str, brut: object, detail: ErrorDetails) -> Defaut:
    entree, reste = find_entree(brut, list(detail["loc"]))
    cle = ".".join(str(element) for element in reste if not isinstance(element, int))
    return Defaut(fichier, entree, f"« {cle} » : {_say(detail)}" if cle else _say(detail))


def _say(detail: ErrorDetails) -> str:
    genre = detail["type"]
    if genre in {"enum", "literal_error"}:
        attendus = str(detail["ctx"]["expected"]).replace(" or ", " ou ").replace("'", "")
        return f"« {detail['input']} » n'est pas dans la liste ({attendus})"
    if genre == "value_error":
        return str(detail["ctx"]["error"])
    if genre == "string_pattern_mismatch":
        return f"code mal écrit : « {detail['input']} » (lettres sans accent, chiffres, _ . + -)"
    return _PHRASES.get(genre, "valeur inattendue")


def find_entree(brut: object, chemin: list[int | str]) -> tuple[str, list[int | str]]:
    """Code of the deepest entry on a path, and the path below it.

    The `sources` used by an indicateur have a code too, and are not entries: the indicateur is.
    """
    courant, entree, reste = brut, _get_code(brut), list(chemin)
    for rang, element in enumerate(chemin):
        try:
            courant = _descend(courant, element)
        except (KeyError, IndexError):
            break
        if entree and chemin[max(rang - 1, 0)] == "sources":
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
