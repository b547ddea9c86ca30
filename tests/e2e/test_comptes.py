"""A person invited comes in for the first time, with the keyboard alone, on a phone; her sessions and password after it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.recette.ecran.juge import list_violations
from tests.site import QUARTIERS

pytestmark = pytest.mark.navigateur
PHRASE, AUTRE = "une longue phrase facile", "une tout autre longue phrase"


def invite(environ: dict[str, str], identifiant: str) -> str:
    """The link that the command gives."""
    base = f"sqlite:///{Path(environ['QUARTIERS_VAR']) / 'demo.sqlite3'}"
    qui = ("compte", "creer", identifiant, "--role", "delegue", "--nom", "Déléguée d’essai")
    ou = ("--territoire", "QC-FICTIF-TILLEULS", "--acte", "lettre de mission du 20/12/2025")
    fini = subprocess.run(
        [*QUARTIERS, *qui, *ou, "--invitation"],
        check=True, capture_output=True, text=True, env=environ | {"QUARTIERS_BASE": base},
    )  # fmt: skip
    return fini.stdout.splitlines()[-1]


@pytest.mark.parametrize("largeur", [1280, 320])
def test_premiere_entree_au_clavier(
    open_page: Callable[..., Page], site: str, environ_du_site: dict[str, str], largeur: int
) -> None:
    page = open_page(largeur, compte="")
    page.goto(invite(environ_du_site, f"deleguee-{largeur}"))
    assert list_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= largeur
    page.get_by_label("Nouveau mot de passe").focus()
    page.keyboard.type(PHRASE)
    page.keyboard.press("Tab")
    page.keyboard.type(PHRASE)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Les Tilleuls")
    page.get_by_role("link", name="Déléguée d’essai").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mon compte")
    expect(page.get_by_text("lettre de mission du 20/12/2025")).to_be_visible()
    expect(page.get_by_text("(celle-ci)")).to_be_visible()
    for adresse in ("/compte/", "/compte/mot-de-passe/"):
        page.goto(adresse)
        assert list_violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= largeur
    page.goto("/compte/mot-de-passe/")
    page.get_by_label("Mot de passe actuel").fill(PHRASE)
    page.get_by_label("Nouveau mot de passe").fill(AUTRE)
    page.get_by_label("Le même, encore une fois").fill(AUTRE)
    page.get_by_role("button", name="Changer").click()
    expect(page.get_by_role("status")).to_contain_text("Le mot de passe est changé")
