"""One form for the names by which a producer is known, however they were typed."""

from __future__ import annotations

from functools import lru_cache

from quartiers.core.dire import fold

_SIGNES = {
    **dict.fromkeys(map(ord, "‘’‛ʼ´`"), "'"),
    **dict.fromkeys(map(ord, "‐‑‒–—−"), "-"),
    **dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"), None),
}


def fold_identifiant(texte: str) -> str:
    """A source or a key as it is compared, never as it is shown (L-02): « PREFECTURE » and « Préfecture » are one.

    Case and accents (which capitals lose), runs of spaces, kinds of apostrophes and of hyphens, signs that nobody
    sees. Spaces and hyphens stay apart from one another, and letters stay letters: no two keys become one.
    """
    if texte.isascii() and "`" not in texte:
        return " ".join(texte.lower().split())
    return _fold_rare(texte)


@lru_cache(maxsize=8192)
def _fold_rare(texte: str) -> str:
    return " ".join(fold(texte.translate(_SIGNES)).split())
