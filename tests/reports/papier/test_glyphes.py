"""What the fonts of the project draw, and the signs: the same shapes on paper and on the site."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quartiers.core.dire import FINE, INSECABLE
from quartiers.core.statut import Statut
from quartiers.reports.papier.glyphes import COUPURE, MOT_MAX, POLICES, clean_texte, list_permis

SIGNES = POLICES.parent / "signes"
SPRITE = POLICES.parents[2] / "web" / "templates" / "web" / "parties" / "signes.html"


def test_the_fonts_draw_what_french_and_our_numbers_need() -> None:
    attendus = f"aéèêëàâîïôöùûüÿçœæÉÈÀÇŒÆ«»’“”–—…≤≥→−€%°0123456789{FINE}{INSECABLE}"
    assert [c for c in attendus if ord(c) not in list_permis()] == []
    assert not any(ord(c) in list_permis() for c in "漢\x00\u202e\ue000")


def test_each_font_comes_with_its_licence_and_is_light() -> None:
    assert len(list(POLICES.glob("*.ttf"))) == 3
    for licence in ("OFL-source-sans-3.txt", "OFL-source-serif-4.txt"):
        assert "SIL Open Font License, Version 1.1" in (POLICES / licence).read_text("utf-8")
    assert sum(police.stat().st_size for police in POLICES.glob("*.ttf")) < 1_200_000


@pytest.mark.parametrize(
    ("texte", "rendu"),
    [
        ("deux\nlignes\tet\r\ntab", "deux lignes et tab"),
        ("e\u0301", "é"),
        ("a\u202eb", "a?b"),
        ("a" * MOT_MAX, "a" * MOT_MAX),
        ("b" * 23, f"{'b' * 11}{COUPURE}{'b' * 11}{COUPURE}b"),
        ("", ""),
    ],
)
def test_a_text_is_cleaned(texte: str, rendu: str) -> None:
    assert clean_texte(texte) == rendu


def read_formes(svg: str) -> list[str]:
    """The shapes of a drawing, one by one."""
    return re.findall(r"<(?:path|circle|rect)[^>]*/>", svg)


@pytest.mark.parametrize("statut", Statut)
def test_a_sign_has_one_shape(statut: Statut) -> None:
    """The file that paper uses and the symbol of the site are the same drawing."""
    sprite = SPRITE.read_text("utf-8")
    symbole = re.search(rf'<symbol id="g-{statut.value}" [^>]*>(.*?)</symbol>', sprite)
    assert symbole
    formes = read_formes(Path(SIGNES / f"{statut.value}.svg").read_text("utf-8"))
    assert formes == read_formes(symbole[1])
    assert formes
