"""The name of a column as people write it: folded to be compared, and what a misspelt one was meant to be."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib import resources

from quartiers.core.dire import fold
from quartiers.core.forme import map_signes

FICHIER_SYNONYMES = "synonymes_colonnes.toml"
LETTRES_MIN = 4
_PARENTHESE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_SANS_EFFET = re.compile(r"[\s_\-'\"«»“”„]+")


@lru_cache(maxsize=4096)
def fold_colonne(brut: str) -> str:
    """What a header is compared by: case, accents, spaces, `_`, `-`, quotes and its unit no longer count.

    The unit is what stands in parentheses or after a slash. A header that is nothing else keeps it.
    """
    texte = unicodedata.normalize("NFKC", brut)
    sans_unite = _PARENTHESE.sub(" ", texte).partition("/")[0]
    return _fold(sans_unite) or _fold(texte)


def _fold(texte: str) -> str:
    return _SANS_EFFET.sub("", fold(map_signes(texte)))


def find_ressemblante(inconnue: str, absentes: Iterable[str]) -> str | None:
    """The expected column, absent from the header, that an unknown one resembles; None when there is none.

    A known synonym, or one edit away (a letter more, less, other, or two exchanged) when the expected name has
    four letters at least. Digits are no typing mistake: `ptot_2025` is not a misspelt `ptot_2024`.
    """
    pliee = fold_colonne(inconnue)
    synonymes = load_synonymes()
    attendues = {fold_colonne(absente): absente for absente in absentes}
    for attendue, absente in attendues.items():
        if pliee in synonymes.get(attendue, ()):
            return absente
    for attendue, absente in attendues.items():
        if len(attendue) >= LETTRES_MIN and is_one_edit(pliee, attendue):
            return absente
    return None


@cache
def load_synonymes() -> Mapping[str, frozenset[str]]:
    """Folded synonyms of each folded column name, from the data file beside this module."""
    texte = resources.files("quartiers.sources").joinpath(FICHIER_SYNONYMES).read_text("utf-8")
    return {
        fold_colonne(colonne): frozenset(map(fold_colonne, mots))
        for colonne, mots in tomllib.loads(texte)["synonymes"].items()
    }


def is_one_edit(un: str, autre: str) -> bool:
    """Whether one letter added, removed, replaced, or two neighbours exchanged lead from one to the other."""
    if un == autre or abs(len(un) - len(autre)) > 1 or _list_digits(un) != _list_digits(autre):
        return False
    debut = _count_common(un, autre)
    un, autre = un[debut:], autre[debut:]
    fin = _count_common(un[::-1], autre[::-1])
    un, autre = un[: len(un) - fin], autre[: len(autre) - fin]
    return max(len(un), len(autre)) == 1 or (len(un) == 2 and un == autre[::-1])


def _count_common(un: str, autre: str) -> int:
    """The length of what two texts have in common at their beginning."""
    rang = 0
    for gauche, droite in zip(un, autre, strict=False):
        if gauche != droite:
            break
        rang += 1
    return rang


def _list_digits(texte: str) -> list[str]:
    return [signe for signe in texte if signe.isdigit()]
