"""Words kept as they are typed: left without a button, they are found again; declared, nothing of them is left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from quartiers.core.temps import PARIS

pytestmark = pytest.mark.navigateur
ADRESSE = "/territoires/QC-FICTIF-TILLEULS/declarer/e06-a1-educateurs-etp/"
MOTS = "vu avec la régie, un mardi"


def test_ce_que_l_on_ecrit_se_garde_sans_bouton(open_page: Callable[..., Page]) -> None:
    page = open_page(390, compte="demo-deleguee")
    page.goto(ADRESSE)
    page.get_by_label("Précision").fill(MOTS)
    expect(page.locator("[data-brouillon]")).to_contain_text("Brouillon gardé à ")
    # The hour of the site, wherever the browser is: the minute may just have turned.
    heures = [datetime.now(tz=PARIS) - timedelta(minutes=m) for m in (0, 1)]
    dites = [f"Brouillon gardé à {h.hour} h {h.minute:02d}." for h in heures]
    assert page.locator("[data-brouillon]").inner_text() in dites
    page.goto("/a-declarer/")
    expect(page.get_by_text("Brouillon gardé", exact=False)).to_have_count(0)
    page.goto(ADRESSE)
    expect(page.get_by_label("Précision")).to_have_value(MOTS)
    page.get_by_label("Autre valeur").fill("5")
    page.get_by_role("button", name="Déclarer").click()  # before what is typed is kept
    expect(page.get_by_text(MOTS)).to_be_visible()
    page.goto(ADRESSE)
    expect(page.get_by_label("Précision")).to_have_value("")


def test_un_brouillon_en_route_ne_survit_pas_a_la_declaration(
    open_page: Callable[..., Page],
) -> None:
    """The line is slow: « Déclarer » is pressed while the words are on their way."""
    page = open_page(390, compte="demo-deleguee")
    page.goto(ADRESSE)
    partis: list[str] = []

    def slow_down(route: Route) -> None:
        if "en-ecrivant" in (route.request.post_data or ""):
            partis.append(route.request.url)
            page.wait_for_timeout(1500)
        route.continue_()

    page.route("**/declarer/**", slow_down)
    page.get_by_label("Constaté le").fill("2026-11-19")
    page.get_by_label("Autre valeur").fill("7")
    with page.expect_request(lambda r: "en-ecrivant" in (r.post_data or "")):
        pass
    page.get_by_role("button", name="Déclarer").click()
    page.wait_for_url("**/declarations/**")
    assert len(partis) == 1
    page.goto(ADRESSE)
    expect(page.get_by_text("Votre brouillon")).to_have_count(0)
