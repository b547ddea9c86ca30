"""A reader in a real Chromium: what is clicked and filled is counted, what is read has a place on the page."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Locator, Page

from tests.recette.outils import expect

ECRANS = ((1280, 900), (390, 844))
"""A desk and a phone: widths and heights of what is seen without scrolling."""


def squash(texte: str) -> str:
    """Words with one plain space between them: thin, unbreakable spaces and ends of line are typography."""
    return " ".join(re.sub("[\u00a0\u202f]", " ", texte).split())


@dataclass(frozen=True, slots=True)
class Dit:
    """Words read on a page, and how far to scroll from where one is to see their end: 0 when they are seen."""

    mots: str
    defilement: int

    @property
    def ou(self) -> str:
        """In French."""
        return (
            "sans défiler" if not self.defilement else f"après {self.defilement} px de défilement"
        )


@dataclass(slots=True)
class Parcours:
    """One journey, from the first screen after sign-in. `chemin`: the visible words that were followed."""

    page: Page
    clics: int = 0
    champs: int = 0
    chemin: list[str] = field(default_factory=list)

    def follow(self, lien: Locator) -> None:
        """Click something that is seen; its words (or those of its sign) are kept."""
        expect(lien.count() > 0, f"rien à suivre après {self.chemin or 'le premier écran'}")
        premier = lien.first
        expect(premier.is_visible(), f"caché : {premier}")
        signe = premier.locator("svg[role=img]")
        mots = squash(premier.inner_text())
        if not mots and signe.count():
            mots = squash(signe.first.get_attribute("aria-label") or "")
        self.clics += 1
        self.chemin.append(f"« {mots} »")
        premier.click()
        self.page.wait_for_load_state()

    def fill(self, champ: Locator, valeur: str) -> None:
        """Write in a field that is seen."""
        expect(champ.is_visible(), f"champ caché : {champ}")
        champ.fill(valeur)
        self.champs += 1
        self.chemin.append(f"[{valeur}]")

    def read(self, partie: Locator) -> Dit:
        """The visible words of a part of the page and where they end."""
        expect(partie.count() > 0, f"rien à lire : {partie} sur {self.page.url}")
        premier = partie.first
        expect(premier.is_visible(), f"caché : {partie}")
        bas = premier.evaluate("e => e.getBoundingClientRect().bottom")
        hauteur = self.page.viewport_size["height"] if self.page.viewport_size else 0
        return Dit(squash(premier.inner_text()), max(0, round(bas - hauteur)))

    @property
    def resume(self) -> str:
        """« 2 clics, 1 champ : « Les Tilleuls » › … »."""
        clics = f"{self.clics} clic{'s' if self.clics > 1 else ''}"
        champs = f", {self.champs} champ" if self.champs else ""
        return f"{clics}{champs}" + (f" ({' › '.join(self.chemin)})" if self.chemin else "")


Ouvrir = Callable[..., Parcours]


def build_ouvrir(navigateur: Browser, site: str) -> Ouvrir:
    """How a journey starts: an account of the demonstration opened by its button, a window of that size."""

    def ouvrir(compte: str, largeur: int = 1280, hauteur: int = 900) -> Parcours:
        contexte = navigateur.new_context(
            viewport={"width": largeur, "height": hauteur}, locale="fr-FR", base_url=site
        )
        page = contexte.new_page()
        page.goto("/connexion/")
        page.locator(f"form:has(input[value={compte}]) button").click()
        page.wait_for_load_state()
        return Parcours(page)

    return ouvrir
