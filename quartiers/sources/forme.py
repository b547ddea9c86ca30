"""One form for one text: what the eye cannot tell apart is compared, and for codes stored, as one thing.

`clean_code` puts right the signs of a code (its case is the caller's business); `fold_cle`, and `fold_identifiant`
of the core, only serve to compare: what is displayed stays as written.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from quartiers.core.forme import INVISIBLES, fold_identifiant, map_signes

_ENTIER_FLOTTANT = re.compile(r"(\d+)[.,]0+", re.ASCII)
_ESPACES = re.compile(r"[^\S\n\t]+")
_ALPHABETS = {
    "CYRILLIC": "cyrillique",
    "GREEK": "grec",
    "ARMENIAN": "arménien",
    "CHEROKEE": "cherokee",
    "ARABIC": "arabe",
    "ARABIC-INDIC": "arabe",
    "HEBREW": "hébreu",
    "GEORGIAN": "géorgien",
    "COPTIC": "copte",
    "MATHEMATICAL": "des signes mathématiques",
}
_SEMBLABLES = frozenset({"cyrillique", "grec", "arménien", "cherokee", "copte"})


@lru_cache(maxsize=65_536)
def fold_cle(texte: str) -> str:
    """What two writings of a key are compared by; a number that went through a float is that number: `12.0` is `12`."""
    return drop_decimales(fold_identifiant(texte))


def drop_decimales(texte: str) -> str:
    """`12` for `12.0`: a whole number that went through a float (a spreadsheet, a shapefile); any other text as it is."""
    trouve = _ENTIER_FLOTTANT.fullmatch(texte)
    return trouve[1] if trouve else texte


@lru_cache(maxsize=65_536)
def clean_code(texte: str) -> str:
    """The signs of a code put right (invisible ones out, hyphens, apostrophes, spaces); its case and lines are left.

    ValueError, in French, for a letter or a digit of another alphabet: `А` looks like `A` and is another sign.
    """
    if texte.isascii() and "`" not in texte:
        return _ESPACES.sub(" ", texte).strip()
    compose = unicodedata.normalize("NFC", texte)
    for rang, signe in enumerate(compose, start=1):
        if not signe.isascii() and (alphabet := get_alphabet(signe)):
            raise ValueError(_say_autre_alphabet(texte, signe, rang, alphabet))
    return _ESPACES.sub(" ", map_signes(compose)).strip()


def check_alphabet(texte: str) -> str:
    """The same name; ValueError for a letter of an alphabet that has some in common, by their shape, with ours."""
    if not texte.isascii():
        for rang, signe in enumerate(texte, start=1):
            if not signe.isascii() and (alphabet := get_alphabet(signe)) in _SEMBLABLES:
                raise ValueError(_say_autre_alphabet(texte, signe, rang, alphabet))
    return texte


def _say_autre_alphabet(texte: str, signe: str, rang: int, alphabet: str | None) -> str:
    return (
        f"« {texte.strip()} » : « {signe} », en place {rang}, est un signe de l’alphabet {alphabet} "
        f"(U+{ord(signe):04X}) ; le retaper au clavier"
    )


def plain_texte(texte: str) -> str:
    """A date or a number without the signs that nobody sees, its hyphens and its spaces being plain ones."""
    if texte.isascii():
        return texte.strip()
    return map_signes(texte).strip()


def drop_invisibles(texte: str) -> str:
    """The same text without the signs that nobody sees."""
    return texte if texte.isascii() else texte.translate(INVISIBLES)


def get_alphabet(signe: str) -> str | None:
    """The alphabet, in French, of a letter or a digit that is not a Latin one; None for any other sign."""
    if unicodedata.category(signe)[0] not in "LN":
        return None
    nom = unicodedata.name(signe, "").partition(" ")[0]
    if nom in {
        "LATIN",
        "FULLWIDTH",
        "SUPERSCRIPT",
        "SUBSCRIPT",
        "FEMININE",
        "MASCULINE",
        "MODIFIER",
    }:
        return None
    return _ALPHABETS.get(nom, f"« {nom.casefold() or 'inconnu'} »")
