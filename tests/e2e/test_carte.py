"""The map in a real browser: whole without script, moving when asked, back again, and never broken by a failure."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.navigateur

CINQ_CHEMINS = "/quartiers/QC-FICTIF-CINQ-CHEMINS/"
MOBILE = "Déplacer et agrandir la carte"


@pytest.mark.parametrize("largeur", [1280, 390, 320])
def test_the_map_moves_when_asked_and_comes_back(
    open_page: Callable[..., Page], largeur: int
) -> None:
    """`open_page` fails on any error of the console: the strict policy blocks nothing here."""
    page = open_page(largeur)
    page.goto(CINQ_CHEMINS)
    plan = page.locator(".carte > svg")
    expect(plan).to_be_visible()
    page.get_by_role("button", name=MOBILE).click()
    expect(page.locator(".leaflet-marker-icon")).to_have_count(2)
    expect(page.locator(".carte-boite path")).to_have_count(3)
    expect(plan).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= largeur
    boite = page.locator(".carte-boite path").first.bounding_box()
    assert boite is not None
    assert boite["width"] > 100
    page.locator(".leaflet-marker-icon").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".carte-bulle")).to_contain_text("Bus de Brume")
    page.get_by_role("button", name="Revenir au plan").click()
    expect(plan).to_be_visible()
    expect(page.locator(".carte-boite")).to_be_hidden()


def test_leaflet_is_loaded_only_when_asked(open_page: Callable[..., Page]) -> None:
    page = open_page()
    demandes: list[str] = []
    page.on("request", lambda requete: demandes.append(requete.url))
    page.goto(CINQ_CHEMINS)
    expect(page.get_by_role("button", name=MOBILE)).to_be_visible()
    assert not [adresse for adresse in demandes if "leaflet" in adresse or "geojson" in adresse]
    page.get_by_role("button", name=MOBILE).click()
    expect(page.locator(".leaflet-marker-icon").first).to_be_visible()
    assert (
        len([adresse for adresse in demandes if re.search(r"/leaflet(\.\w+)?\.js$", adresse)]) == 1
    )
    assert {adresse.split("/")[2] for adresse in demandes} == {page.url.split("/")[2]}


def test_when_the_shapes_do_not_come_the_drawing_stays(navigateur: Browser, site: str) -> None:
    contexte = navigateur.new_context(base_url=site, locale="fr-FR")
    page = contexte.new_page()
    page.goto("/connexion/")
    page.locator("form:has(input[value=demo-prefet]) button").click()
    page.route("**/carte.geojson*", lambda route: route.abort())
    page.goto(CINQ_CHEMINS)
    page.get_by_role("button", name=MOBILE).click()
    expect(page.get_by_role("status")).to_contain_text("n’a pas pu être chargée")
    expect(page.locator(".carte > svg")).to_be_visible()
    expect(page.get_by_role("button", name=MOBILE)).to_be_enabled()
    contexte.close()


def test_without_script_the_map_and_its_list_are_whole(navigateur: Browser, site: str) -> None:
    contexte = navigateur.new_context(base_url=site, locale="fr-FR", java_script_enabled=False)
    page = contexte.new_page()
    page.goto("/connexion/")
    page.locator("form:has(input[value=demo-prefet]) button").click()
    page.goto(CINQ_CHEMINS)
    expect(page.locator(".carte > svg")).to_be_visible()
    expect(page.locator(".cle li")).to_have_count(2)
    expect(page.get_by_role("button", name=MOBILE)).to_have_count(0)
    contexte.close()
