"""What only a real browser can say: widths, console, keyboard, one click to come in, print."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.recette.ecran.juge import list_violations

pytestmark = pytest.mark.navigateur

TILLEULS = "/quartiers/QC-FICTIF-TILLEULS/"
VOIT_TOUT = "demo-task-force"
# The rank of the focused element in the page: two links of the same words are two stops.
PLACE = "[...document.querySelectorAll('*')].indexOf(document.activeElement)"
PAGES = (
    "/departements/DEP-00/",
    TILLEULS,
    f"{TILLEULS}?vu_le=2026-06-30&connu_le=2026-07-10&statut=atteint",
    "/preuves/QC-FICTIF-TILLEULS/e03-a1-france-services/",
    "/preuves/QC-FICTIF-TILLEULS/e06-a2-adultes-relais/",
    "/preuves/DEP-00/e06-a2-adultes-relais/",
    "/territoires/COM-00004/",
    "/regles/",
    "/mentions/",
    "/territoires/FR/",
    "/territoires/REG-00/",
    "/territoires/FR/?action=e03-a1-france-services",
    f"{TILLEULS}engagements/E03/",
    "/recherche/",
    "/recherche/?q=tilleuls",
    "/recherche/?q=rien-de-tel",
    "/regles/04-presence/",
    "/sources/",
    "/accessibilite/",
    "/donnees-personnelles/",
    "/plan-du-site/",
)


@pytest.mark.parametrize("largeur", [1280, 390, 320])
def test_nothing_is_wider_than_its_window(open_page: Callable[..., Page], largeur: int) -> None:
    page = open_page(largeur, compte=VOIT_TOUT)
    for adresse in PAGES:
        reponse = page.goto(adresse)
        assert reponse is not None
        assert reponse.status == 200, adresse
        assert page.evaluate("document.documentElement.scrollWidth") <= largeur, adresse


def test_axe_finds_nothing(open_page: Callable[..., Page]) -> None:
    """The recette judges every role, state and width; this says within seconds that a template broke a rule."""
    page = open_page(compte=VOIT_TOUT)
    fautes = []
    for adresse in PAGES:
        page.goto(adresse)
        fautes += [f"{adresse} {faute}" for faute in list_violations(page)]
    assert fautes == []


def test_axe_finds_what_is_broken(open_page: Callable[..., Page]) -> None:
    """A judge that finds nothing anywhere would judge nothing."""
    page = open_page(compte=VOIT_TOUT)
    page.goto("/recherche/?q=tilleuls")
    page.evaluate("document.querySelectorAll('label').forEach(e => e.remove())")
    page.evaluate("document.querySelector('h1').outerHTML = '<h3>Recherche</h3>'")
    trouvees = {faute.split(" ")[0] for faute in list_violations(page)}
    assert {"label", "page-has-heading-one"} <= trouvees, trouvees


@pytest.mark.parametrize("largeur", [1280, 390, 320])
def test_the_sign_in_page_fits(open_page: Callable[..., Page], largeur: int) -> None:
    page = open_page(largeur, compte="")
    page.goto("/connexion/")
    assert page.evaluate("document.documentElement.scrollWidth") <= largeur


def test_one_click_then_home(open_page: Callable[..., Page]) -> None:
    page = open_page(compte="demo-prefet")
    expect(page).to_have_url(re.compile(r"/departements/DEP-00/"))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Val-de-Brume"))
    expect(page.locator(".bandeau-fictif")).to_be_visible()
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page).to_have_url(re.compile(r"/connexion/$"))


def test_from_the_departement_to_the_line_of_the_source(open_page: Callable[..., Page]) -> None:
    """The journey of reading: why is Les Tilleuls late on services? Three clicks."""
    page = open_page()
    page.locator(".matrice").get_by_role("link", name="Les Tilleuls").click()
    page.get_by_role("link", name=re.compile("^France services.*à surveiller")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("à surveiller")
    expect(page.locator(".fiche").first).to_contain_text("Ligne")
    page.locator(".chrono a").last.click()
    expect(page).to_have_url(re.compile("connu_le="))
    expect(page.locator(".encadre").first).to_contain_text("laisse de côté")


def test_dates_follow_from_page_to_page(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(TILLEULS)
    page.get_by_label(re.compile("^Vu le")).fill("2026-06-30")
    page.get_by_role("button", name="Voir").click()
    expect(page).to_have_url(re.compile("vu_le=2026-06-30"))
    page.locator(".bande a").first.click()
    expect(page).to_have_url(re.compile("vu_le=2026-06-30"))
    expect(page.get_by_label(re.compile("^Vu le"))).to_have_value("2026-06-30")


@pytest.mark.parametrize("adresse", ["/departements/DEP-00/", TILLEULS, PAGES[3]])
def test_the_keyboard_goes_everywhere_and_shows_where_it_is(
    open_page: Callable[..., Page], adresse: str
) -> None:
    page = open_page()
    page.goto(adresse)
    page.keyboard.press("Tab")
    premier = page.evaluate("document.activeElement.textContent.trim()")
    assert premier == "Aller au contenu"
    tous = page.locator("a[href], button, input:not([type=hidden])").count()
    vus = set()
    for _ in range(min(tous, 80) + 8):  # a date field holds several stops
        page.keyboard.press("Tab")
        vus.add(page.evaluate(PLACE))
        if page.evaluate("document.activeElement === document.body"):
            continue  # past the last link, the browser starts again
        montre = page.evaluate(
            """() => {const e = document.activeElement; const s = getComputedStyle(e);
            const r = e.getBoundingClientRect();
            return {trait: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2,
                    vu: r.width > 0 && r.height > 0 && r.left >= 0}}"""
        )
        assert montre == {"trait": True, "vu": True}
    assert len(vus) >= min(tous, 80) - 5


def test_the_skip_link_leads_to_the_content(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(TILLEULS)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#contenu"


def test_targets_are_large_enough_for_a_finger(open_page: Callable[..., Page]) -> None:
    """WCAG 2.2: 24 px, save the links inside a sentence."""
    page = open_page(390)
    page.goto(TILLEULS)
    petits = page.evaluate(
        """() => [...document.querySelectorAll('.bande a, .bilan a, button, .nav a, input')]
        .map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
        .filter(([h, r]) => r.width && (r.width < 24 || r.height < 24)).map(([h]) => h)"""
    )
    assert petits == []


def test_the_demo_accounts_are_told_apart_from_the_form(open_page: Callable[..., Page]) -> None:
    page = open_page(compte="")
    page.goto("/connexion/")
    page.get_by_label("Identifiant").fill("demo-prefet")
    page.get_by_label("Mot de passe").fill("rien du tout, vraiment rien")
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("alert")).to_contain_text("incorrect")
    expect(page.get_by_label("Identifiant")).to_have_value("demo-prefet")
