"""Templates: French typography, no inline style nor script, the ids and words the pages rely on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quartiers.core.statut import Statut

WEB = Path(__file__).resolve().parents[2] / "quartiers" / "web"
GABARITS = sorted((WEB / "templates").rglob("*.html"))
BALISES = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<[^>]*>", re.DOTALL)
FAUTES = (
    (re.compile(r"« | »"), "espace insécable dans les guillemets"),
    (re.compile(r" :(?:\s|$)"), "espace insécable avant les deux-points"),
    (re.compile(r" [;!?](?:\s|$)"), "espace fine avant ; ! ?"),
    (re.compile(r"\d %"), "espace fine avant %"),
    (re.compile(r"\w'\w"), "apostrophe typographique"),
)


def list_fautes(texte: str) -> list[str]:
    """What a proof-reader would mark in the text between the tags."""
    lu = BALISES.sub("\0", texte)
    return [f"{nom} : {m.group()!r}" for motif, nom in FAUTES for m in motif.finditer(lu)]


@pytest.mark.parametrize("gabarit", GABARITS, ids=lambda p: p.name)
def test_typographie(gabarit: Path) -> None:
    assert list_fautes(gabarit.read_text(encoding="utf-8")) == []


def test_a_fault_is_seen() -> None:
    assert len(list_fautes("« a » : b ? 5 % l'eau")) == 6


@pytest.mark.parametrize("gabarit", GABARITS, ids=lambda p: p.name)
def test_strict_csp(gabarit: Path) -> None:
    texte = gabarit.read_text(encoding="utf-8")
    nos_fichiers = r"""<script src="\{% static '[\w/.]+' %\}" defer></script>"""
    reste = re.sub(nos_fichiers, "", texte)
    assert not re.search(r"\sstyle=|<script|\son[a-z]+=|javascript:", reste)


def test_one_sign_per_statut() -> None:
    sprite = (WEB / "templates/web/parties/signes.html").read_text(encoding="utf-8")
    feuille = (WEB / "static/web/composants.css").read_text(encoding="utf-8")
    for statut in Statut:
        assert f'id="g-{statut.value}"' in sprite
        assert f".s-{statut.value}" in feuille


def test_no_outside_address_in_the_stylesheets() -> None:
    """Our own fonts; the look of the State takes its own from the extra (test_habillage)."""
    for feuille in set((WEB / "static/web").glob("*.css")) - {WEB / "static/web/etat.css"}:
        adresses = re.findall(r"url\(([^)]*)\)", feuille.read_text(encoding="utf-8"))
        assert all(a.startswith("polices/") for a in adresses)
        assert all((WEB / "static/web" / a).is_file() for a in adresses)


def test_every_class_used_is_styled_or_said_to_be_bare() -> None:
    """A class that no rule knows is a typing error."""
    feuilles = "".join(f.read_text(encoding="utf-8") for f in (WEB / "static/web").glob("*.css"))
    connues = set(re.findall(r"\.([a-z][a-z0-9_-]*)", feuilles))
    utilisees = {
        classe
        for gabarit in GABARITS
        for attribut in re.findall(r'class="([^"{]*)"', gabarit.read_text(encoding="utf-8"))
        for classe in attribut.split()
    }
    assert utilisees - connues - SANS_REGLE == set()


# Hooks of the tests or of the print layout, without a look of their own.
SANS_REGLE = {"couv-c"}
