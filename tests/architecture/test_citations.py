"""Whoever cites a document finds it here: its name, its section, its lecture, its decision."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.arbre import RACINE, list_fichiers

DOCS = RACINE / "docs"
PAGES = ("domaine", "formats")
"""The documents whose sections are cited by their number."""
TEXTES = {".py", ".md", ".toml", ".html", ".css", ".csv", ".json", ".txt", ".typ", ".js", ""}
_DOCUMENT = re.compile(r"(?<![\w./*<{-])((?:[\w.-]+/)*[\w-]+\.md)\b")
_SUITE = r"\d+(?:\.\d+)*"
_SECTION = re.compile(
    rf"\b(domaine|formats)(?:\.md)?(?:`|\]\([^)]*\))?(?:, | \(|,? section | )"
    rf"({_SUITE}(?:(?:, | and | et ){_SUITE})*)(?![\w°])"
)
_LECTURE = re.compile(r"\bL-\d{2,3}(?: bis)?\b")
_DECISION = re.compile(r"\bADR (\d{4})|\badr/(\d{4})")
_AUTREFOIS = re.compile(r"maquette", re.IGNORECASE)
"""Drawings that guided the pages and are no part of the project."""


@cache
def list_noms() -> frozenset[str]:
    """Every ending of the path of every document: `docs/domaine.md`, `domaine.md`."""
    return frozenset(
        "/".join(morceaux[rang:])
        for chemin in list_fichiers()
        if chemin.suffix == ".md"
        for morceaux in [chemin.relative_to(RACINE).parts]
        for rang in range(len(morceaux))
    )


@cache
def list_sections(page: str) -> frozenset[str]:
    """Numbers of the titles of a document, and of the items of a numbered list under one: « 0.4 »."""
    sections, courante = set(), ""
    for ligne in (DOCS / f"{page}.md").read_text(encoding="utf-8").splitlines():
        if titre := re.match(r"##+ (\d+(?:\.\d+)*)\.? ", ligne):
            courante = titre[1]
            sections.add(courante)
        elif courante and (point := re.match(r"(\d+)\. ", ligne)):
            sections.add(f"{courante}.{point[1]}")
    return frozenset(sections)


@cache
def list_lectures() -> frozenset[str]:
    """Numbers of the lectures that are written."""
    texte = (DOCS / "lectures.md").read_text(encoding="utf-8")
    return frozenset(re.findall(r"\*\*(L-\d{2,3}(?: bis)?)\*\*", texte))


@cache
def list_decisions() -> frozenset[str]:
    """Numbers of the decisions that are written."""
    return frozenset(chemin.name[:4] for chemin in (DOCS / "adr").glob("*.md"))


def find_documents(texte: str) -> Iterator[str]:
    """Documents that are cited and are not here."""
    for cite in _DOCUMENT.findall(texte):
        if re.sub(r"^(?:\.\.?/)+", "", cite) not in list_noms():
            yield cite


def find_sections(texte: str) -> Iterator[str]:
    """Sections that are cited and that no document has, or of no document."""
    for page, suite in _SECTION.findall(texte):
        for numero in re.findall(_SUITE, suite):
            if numero not in list_sections(page):
                yield f"{page} {numero}"


def find_lectures(texte: str) -> Iterator[str]:
    """Lectures that are cited and not written."""
    yield from (cite for cite in _LECTURE.findall(texte) if cite not in list_lectures())


def find_decisions(texte: str) -> Iterator[str]:
    """Decisions that are cited and not written."""
    for nom, chemin in _DECISION.findall(texte):
        if (nom or chemin) not in list_decisions():
            yield f"ADR {nom or chemin}"


def find_autrefois(texte: str) -> Iterator[str]:
    """Documents without a name in `.md` that were never here."""
    yield from _AUTREFOIS.findall(texte)


CHERCHER: dict[str, Callable[[str], Iterator[str]]] = {
    "documents": find_documents,
    "sections": find_sections,
    "lectures": find_lectures,
    "décisions": find_decisions,
    "ailleurs": find_autrefois,
}
# One name that is not here for each search: `(what, text)`.
FAUX = {
    "documents": "ce que dit absent" + ".md",
    "sections": "(domaine" + ".md 4.1, 4.12)",
    "lectures": "lecture L-" + "999",
    "décisions": "ADR " + "9999",
    "ailleurs": "comme la maqu" + "ette",
}


def list_citants() -> Iterator[tuple[Path, str]]:
    """Every text of the project, this file left out."""
    for chemin in list_fichiers():
        if chemin.suffix in TEXTES and chemin != Path(__file__).resolve():
            yield chemin, chemin.read_text(encoding="utf-8", errors="replace")


@pytest.mark.parametrize("quoi", CHERCHER)
def test_ce_qui_est_cite_existe(quoi: str) -> None:
    absents = [
        f"{chemin.relative_to(RACINE)} : {cite}"
        for chemin, texte in list_citants()
        for cite in CHERCHER[quoi](texte)
    ]
    assert absents == []


@pytest.mark.parametrize("quoi", CHERCHER)
def test_une_citation_sans_document_serait_vue(quoi: str) -> None:
    assert len(list(CHERCHER[quoi](FAUX[quoi]))) == 1


@pytest.mark.parametrize("page", PAGES)
def test_les_sections_se_lisent(page: str) -> None:
    assert {"1", "2"} <= list_sections(page)
    assert len(list_sections(page)) >= 8


def test_les_citations_se_lisent() -> None:
    """All the ways in which a section is cited today are seen by the search."""
    ecrits = [
        "domaine.md 4.1",
        "domaine 5)",
        "[formats.md](formats.md), section 6",
        "domaine 4.3, ",
    ]
    assert [bool(_SECTION.search(ecrit)) for ecrit in ecrits] == [True] * len(ecrits)
    nombre = sum(len(_SECTION.findall(texte)) for _, texte in list_citants())
    assert nombre > 30, "le code cite le domaine"
