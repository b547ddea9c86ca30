"""Names and free texts before they are kept: what one engine stores and the other refuses enters neither.

SQLite keeps a NUL, a name of any length, and fails on half a surrogate pair; PostgreSQL does otherwise. JSON may
say all of these, and may put a list or nothing at all where a name is due.
"""

from __future__ import annotations

import unicodedata

NOM_MAX = 255
CLE_MAX = 80
TEXTE_MAX = 2000
_CITE_MAX = 60
_MISES_EN_PAGE = frozenset("\n\t")
_RENVERSEMENTS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They make a name read in another order than it is written: one place could pass for another."""
_NATURES = {bool: "un booléen", list: "une liste", dict: "un objet", type(None): "rien (null)"}


class TexteRefuse(ValueError):  # noqa: N818 -- named in French like every noun of the product
    """A text that cannot be kept; `colonne` is where it stands."""

    def __init__(self, colonne: str, raison: str) -> None:
        super().__init__(raison)
        self.colonne = colonne


def get_colonne(erreur: ValueError) -> str | None:
    """The column that a refused value stands in, when the refusal knows it."""
    return erreur.colonne if isinstance(erreur, TexteRefuse) else None


def check_nom(valeur: object, colonne: str, maximum: int = NOM_MAX) -> str:
    """A name, stripped: a text of one line that says something; TexteRefuse, in French, for anything else."""
    nom = _check(valeur, colonne, maximum, permis=frozenset())
    if not nom:
        raise TexteRefuse(colonne, "nom vide")
    if not _RENVERSEMENTS.isdisjoint(nom):
        rang = next(n for n, signe in enumerate(nom) if signe in _RENVERSEMENTS)
        raison = f"sens de lecture forcé (U+{ord(nom[rang]):04X}) en place {rang + 1}"
        raise TexteRefuse(colonne, raison)
    return nom


def check_texte(valeur: object, colonne: str, maximum: int = TEXTE_MAX) -> str:
    """A free text, stripped, perhaps on several lines; what is absent (`null`) is an empty one."""
    return "" if valeur is None else _check(valeur, colonne, maximum, permis=_MISES_EN_PAGE)


def read_mot(valeur: object, colonne: str) -> str:
    """The text of a JSON value that is a code or a number; a list, an object or nothing is none."""
    if isinstance(valeur, str | int | float) and not isinstance(valeur, bool):
        return str(valeur)
    raise TexteRefuse(colonne, f"{say_valeur(valeur)} à la place d’un texte")


def say_valeur(valeur: object) -> str:
    """A JSON value in a refusal, never written out whole: it may be huge, or too deep to be written at all."""
    nature = _NATURES.get(type(valeur))
    if nature is not None:
        return nature
    texte = str(valeur)
    return f"« {texte[:_CITE_MAX]}… »" if len(texte) > _CITE_MAX else f"« {texte} »"


def _check(valeur: object, colonne: str, maximum: int, permis: frozenset[str]) -> str:
    if not isinstance(valeur, str):
        raise TexteRefuse(colonne, f"{say_valeur(valeur)} à la place d’un texte")
    texte = valeur.strip()
    if len(texte) > maximum:
        raise TexteRefuse(colonne, f"plus de {maximum} caractères ({len(texte)})")
    if texte.isprintable():  # the usual case, and the fastest answer
        return texte
    for rang, signe in enumerate(texte, start=1):
        genre = unicodedata.category(signe)
        if genre == "Cs" or (genre == "Cc" and signe not in permis):
            nature = "moitié de caractère" if genre == "Cs" else "caractère de commande"
            raison = f"{nature} (U+{ord(signe):04X}) en place {rang}"
            raise TexteRefuse(colonne, raison)
    return texte
