"""The demonstration, served for real by its own command, and Debian's Chromium to look at it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.site import QUARTIERS, is_faute, open_navigateur, serve

RACINE = Path(__file__).resolve().parents[2]
OUBLIEES = {"QUARTIERS_BASE", "QUARTIERS_DEMO", "DJANGO_SETTINGS_MODULE"}


@pytest.fixture(scope="session")
def environ_du_site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Of the processes that share the var folder of the site."""
    env = {nom: v for nom, v in os.environ.items() if nom not in OUBLIEES}
    dossier = tmp_path_factory.mktemp("site")
    return env | {"QUARTIERS_VAR": str(dossier / "var"), "PYTHONPATH": str(RACINE)}


@pytest.fixture(scope="session")
def site(environ_du_site: dict[str, str]) -> Iterator[str]:
    """Address of `quartiers demo`, in a var folder of its own."""
    dossier = Path(environ_du_site["QUARTIERS_VAR"]).parent
    with serve((*QUARTIERS, "demo"), dossier, environ_du_site) as adresse:
        yield adresse


@pytest.fixture(scope="session")
def navigateur(chromium: Path) -> Iterator[Browser]:
    """The system's Chromium, started once."""
    with open_navigateur() as lance:
        yield lance


@pytest.fixture
def open_page(navigateur: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """A page of a width, signed in by one click unless `compte` is empty; console errors fail the test."""
    contextes: list[BrowserContext] = []
    fautes: list[str] = []

    def ouvrir(largeur: int = 1280, compte: str = "demo-prefet") -> Page:
        contexte = navigateur.new_context(
            viewport={"width": largeur, "height": 900}, locale="fr-FR", base_url=site
        )
        contextes.append(contexte)
        page = contexte.new_page()
        page.on(
            "console", lambda m: fautes.append(m.text) if m.type in {"error", "warning"} else None
        )
        page.on("pageerror", lambda erreur: fautes.append(str(erreur)))
        page.on("requestfailed", lambda r: fautes.append(r.url) if is_faute(r) else None)
        if compte:
            page.goto("/connexion/")
            page.locator(f"form:has(input[value={compte}]) button").click()
        return page

    yield ouvrir
    for contexte in contextes:
        contexte.close()
    assert fautes == []
