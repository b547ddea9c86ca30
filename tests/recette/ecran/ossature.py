"""What a page is built of, without its words nor its figures: two pages of one ossature are judged once in the small size."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tests.recette.ecran.visites import Vue

BALISE = re.compile(rb"<(/?[a-z][a-z0-9]*)((?:\s[^>]*)?)>")
ATTRIBUT = re.compile(rb"""\s([a-z][a-z-]*)(?:="([^"]*)")?""")
DITS = frozenset({b"class", b"role", b"type", b"aria-invalid", b"aria-current", b"scope"})
"""Attributes whose value changes what is seen or said; of the others only the presence counts."""
SUITE = 3
"""Tags that follow one another: enough to tell where each stands, and a list of any length is one list."""

Ossature = frozenset[tuple[bytes, ...]]


def read_ossature(corps: bytes) -> Ossature:
    """Every run of three tags that the page holds."""
    balises = [_read_balise(m[1], m[2]) for m in BALISE.finditer(corps)]
    return frozenset(zip(*(balises[rang:] for rang in range(SUITE)), strict=False))


def _read_balise(nom: bytes, attributs: bytes) -> bytes:
    dits = [a + (b"=" + v if a in DITS else b"") for a, v in ATTRIBUT.findall(attributs)]
    return nom + b" " + b" ".join(sorted(dits))


def choose_a_juger(vues: Sequence[Vue]) -> list[Vue]:
    """One page per statut and ossature: the heaviest, whose words are the longest."""
    choisies: dict[tuple[int, Ossature], Vue] = {}
    for vue in vues:
        cle = (vue.statut, read_ossature(vue.corps))
        if cle not in choisies or len(vue.corps) > len(choisies[cle].corps):
            choisies[cle] = vue
    return list(choisies.values())
