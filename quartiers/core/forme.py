"""One form for the names by which a producer is known, however they were typed."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from quartiers.core.dire import fold

INVISIBLES = dict.fromkeys(
    (
        0x00AD,
        0x034F,
        0x061C,
        0x180E,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),  # they turn the direction of what follows
        *range(0x2060, 0x2065),
        *range(0x2066, 0x2070),
        0xFE0E,
        0xFE0F,
        0xFEFF,
    )
)
_TRAITS = dict.fromkeys((*range(0x2010, 0x2016), 0x2043, 0x2212, 0xFE58, 0xFE63, 0xFF0D), "-")
_APOSTROPHES = dict.fromkeys(
    (0x0060, 0x00B4, 0x02B9, 0x02BB, 0x02BC, 0x2018, 0x2019, 0x201B, 0x2032, 0xFF07), "'"
)
_SIGNES: dict[int, str | None] = {**INVISIBLES, **_TRAITS, **_APOSTROPHES}
_DISTINCTS = ("<super>", "<sub>", "<fraction>", "<circle>", "<square>")


def fold_identifiant(texte: str) -> str:
    """A source or a key as it is compared, never as it is shown (L-02): « PREFECTURE » and « Préfecture » are one.

    Case and accents (which capitals lose), compatibility forms, runs of spaces, kinds of apostrophes and of
    hyphens, signs that nobody sees. Spaces and hyphens stay apart from one another; a superscript or a fraction
    is no other writing of a plain digit: `m²` is not `m2`.
    """
    if texte.isascii() and "`" not in texte:
        return " ".join(texte.lower().split())
    return _fold_rare(texte)


@lru_cache(maxsize=8192)
def _fold_rare(texte: str) -> str:
    return " ".join(fold(map_signes(texte)).split())


def map_signes(texte: str) -> str:
    """Signs that are other writings of a plain one; NFKC, save for what has a meaning of its own."""
    texte = texte.translate(_SIGNES)
    if texte.isascii():
        return texte
    morceaux = [
        signe
        if unicodedata.decomposition(signe).startswith(_DISTINCTS)
        else unicodedata.normalize("NFKC", signe)
        for signe in texte
    ]
    # Again: a compatibility form may be of several signs that are mapped themselves (« ŉ », « ″ »).
    return unicodedata.normalize("NFC", "".join(morceaux).translate(_SIGNES))
