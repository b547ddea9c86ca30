"""A figure contested then decided with the keyboard alone, on three widths, each page under axe."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.recette.ecran.juge import list_violations

pytestmark = pytest.mark.navigateur
# By width, a figure of its own: one organisme waits for one answer on each.
CHIFFRES = {
    1280: "e06-a2-adultes-relais",
    390: "e06-a1-educateurs-etp",
    320: "e07-a3-garantie-jeunes",
}
QUARTIER = "QC-FICTIF-ECLUSES"
IMAGES = os.environ.get("QUARTIERS_IMAGES", "")
"""A folder where each page is drawn, to be looked at."""


@pytest.mark.parametrize("largeur", CHIFFRES)
def test_contester_puis_trancher_au_clavier(open_page: Callable[..., Page], largeur: int) -> None:
    preuve = f"/preuves/{QUARTIER}/{CHIFFRES[largeur]}/"
    mairie = open_page(largeur, compte="demo-commune")
    mairie.goto(preuve)
    check(mairie, largeur, "preuve")
    mairie.get_by_role("link", name="Contester", exact=True).press("Enter")
    expect(mairie.get_by_role("heading", level=1)).to_contain_text("Contester")
    check(mairie, largeur, "contester")
    mairie.get_by_label("Comment le savez-vous").fill("Vu sur place.")
    mairie.get_by_label("Il en manque").press("Space")
    mairie.get_by_role("textbox", name="Valeur").fill("6")
    mairie.get_by_label("Constatée le").fill("2026-11-02")
    mairie.get_by_role("button", name="Contester").press("Enter")
    expect(mairie.get_by_text("réponse attendue avant le")).to_be_visible()
    check(mairie, largeur, "contestation")
    juge = open_page(largeur, compte="demo-sous-prefete")
    juge.goto("/valider/")
    check(juge, largeur, "valider")
    juge.get_by_role("link", name="Trancher").first.press("Enter")
    expect(juge.get_by_role("heading", level=1)).to_contain_text("Trancher")
    check(juge, largeur, "trancher")
    juge.get_by_label("Réponse").fill("Les contrats sont retrouvés.")
    mairie.goto(preuve)
    expect(mairie.get_by_text("Contesté depuis aujourd’hui")).to_be_visible()
    check(mairie, largeur, "preuve-contestee")
    juge.get_by_label("celle de Ville de Port-Lambert").press("Space")
    juge.get_by_role("button", name="Trancher").press("Enter")
    expect(juge.get_by_role("heading", level=1)).to_contain_text("Contestation")
    check(juge, largeur, "contestation-tranchee")
    mairie.goto(preuve)
    expect(mairie.get_by_text("Tranché le")).to_be_visible()
    check(mairie, largeur, "preuve-tranchee")
    mairie.goto("/a-declarer/")
    expect(mairie.get_by_text("tranchée le").first).to_be_visible()
    check(mairie, largeur, "a-declarer")


def check(page: Page, largeur: int, nom: str) -> None:
    """Nothing that axe finds, nothing wider than the screen."""
    if IMAGES:
        page.screenshot(path=Path(IMAGES) / f"{nom}-{largeur}.png", full_page=True)
    assert list_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= largeur
