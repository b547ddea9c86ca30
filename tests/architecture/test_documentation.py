"""The documentation points at files that exist, and every decision is in the list."""

import re
from pathlib import Path

from tests.architecture.arbre import RACINE, list_fichiers


def list_liens(texte: str) -> list[str]:
    """Relative targets of Markdown links and pictures, comments and addresses left out."""
    visible = re.sub(r"<!--.*?-->|```.*?```", "", texte, flags=re.DOTALL)
    cibles = re.findall(r"\]\(([^)#\s]+)", visible)
    return [cible for cible in cibles if "://" not in cible and not cible.startswith("mailto:")]


def test_no_dead_link() -> None:
    morts = [
        f"{page.relative_to(RACINE)} → {lien}"
        for page in list_fichiers()
        if page.suffix == ".md"
        for lien in list_liens(page.read_text(encoding="utf-8"))
        if not (page.parent / lien).exists()
    ]
    assert morts == []


def test_a_link_is_seen() -> None:
    texte = "[a](README.md) ![c](d.png) [e](https://f) <!-- [g](CHANGELOG.md) --> [i](essais.md#k)"
    assert list_liens(texte) == ["README.md", "d.png", "essais.md"]


def test_every_decision_is_numbered_and_listed() -> None:
    decisions = sorted((RACINE / "docs" / "adr").glob("*.md"))
    liste = (RACINE / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert [int(d.name[:4]) for d in decisions] == list(range(1, len(decisions) + 1))
    assert [d.name for d in decisions if f"adr/{d.name}" not in liste] == []


def test_every_setting_is_documented() -> None:
    """Variables read anywhere in the product stand in a table of the settings or in the docs."""
    lus = set()
    for chemin in (RACINE / "quartiers").rglob("*.py"):
        lus |= set(re.findall(r"[\"'](QUARTIERS_[A-Z_]+)[\"']", chemin.read_text(encoding="utf-8")))
    pages: list[Path] = [RACINE / "quartiers" / "settings.py", RACINE / "README.md"]
    pages += (RACINE / "docs").rglob("*.md")
    ecrits = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    tables = set(re.findall(r"(?:`|\| )(QUARTIERS_[A-Z_]+)", ecrits))
    assert lus
    assert sorted(lus - tables) == []
