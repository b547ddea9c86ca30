"""A person invited comes in for the first time, with the keyboard alone, on a phone; her sessions and password after it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.codes_tires import draw_code, read_cle
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
    check(page, largeur)
    page.get_by_label("Nouveau mot de passe").focus()
    page.keyboard.type(PHRASE)
    page.keyboard.press("Tab")
    page.keyboard.type(PHRASE)
    page.keyboard.press("Enter")
    codes = set_up_facteur(page, largeur)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Les Tilleuls")
    page.get_by_role("link", name="Déléguée d’essai").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mon compte")
    expect(page.get_by_text("lettre de mission du 20/12/2025")).to_be_visible()
    expect(page.get_by_text("(celle-ci)")).to_be_visible()
    for adresse in ("/compte/", "/compte/mot-de-passe/", "/compte/second-facteur/"):
        page.goto(adresse)
        check(page, largeur)
    page.goto("/compte/mot-de-passe/")
    page.get_by_label("Mot de passe actuel").fill(PHRASE)
    page.get_by_label("Nouveau mot de passe").fill(AUTRE)
    page.get_by_label("Le même, encore une fois").fill(AUTRE)
    page.get_by_role("button", name="Changer").click()
    expect(page.get_by_role("status")).to_contain_text("Le mot de passe est changé")
    page.get_by_role("button", name="Se déconnecter").click()
    page.get_by_label("Identifiant").fill(f"deleguee-{largeur}")
    page.get_by_label("Mot de passe").fill(AUTRE)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Code")).to_be_focused()
    check(page, largeur)
    page.keyboard.type("000000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Session non ouverte")
    check(page, largeur)
    page.keyboard.type(codes[0])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Les Tilleuls")


@pytest.mark.parametrize("largeur", [1280, 320])
def test_le_journal_se_lit_et_se_filtre_au_clavier(
    open_page: Callable[..., Page], largeur: int
) -> None:
    page = open_page(largeur)
    page.goto("/compte/")
    page.get_by_role("link", name="Lire le journal des actes").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Le journal")
    expect(page.get_by_text("s’est connecté").first).to_be_visible()
    check(page, largeur)
    page.get_by_label("Quoi").select_option("Fermeture de compte")
    page.get_by_role("button", name="Voir").press("Enter")
    expect(page.get_by_text("Aucun acte du")).to_be_visible()
    check(page, largeur)


def set_up_facteur(page: Page, largeur: int) -> list[str]:
    """With the keyboard alone, from the page where the first sign-in leads: the codes to keep on paper."""
    expect(page.get_by_text("il lui faut un second facteur")).to_be_visible()
    page.get_by_role("button", name="Commencer").press("Enter")
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    check(page, largeur)
    cle = read_cle(page.content())
    page.get_by_label("Le code à six chiffres").focus()
    page.keyboard.type(draw_code(cle))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vos codes de secours")
    check(page, largeur)
    codes = page.locator(".codes-de-secours code").all_inner_texts()
    assert len(codes) == 10
    page.get_by_role("link", name="Continuer").press("Enter")
    return codes


def check(page: Page, largeur: int) -> None:
    """Nothing that axe finds, nothing wider than the screen."""
    assert list_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= largeur
