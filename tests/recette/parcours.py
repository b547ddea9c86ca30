"""A reader in a real Chromium: what is clicked and filled is counted, what is read has a place on the page."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.conftest import find_chromium
from tests.e2e.conftest import OPTIONS, find_port
from tests.recette.outils import Atelier, Echec, expect

ATTENTE_S = 120
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


@contextmanager
def serve_demo(atelier: Atelier) -> Iterator[str]:
    """`quartiers demo` on a free port, until the block ends; gives its address."""
    port = find_port()
    journal: Path = atelier.dossier / "demo.txt"
    with ExitStack() as pile:
        sortie = pile.enter_context(journal.open("w", encoding="utf-8"))
        serveur = subprocess.Popen(
            [sys.executable, "-P", "-m", "quartiers", "demo", "--port", str(port)],
            cwd=atelier.dossier,
            env=atelier.get_environnement(),
            stdout=sortie,
            stderr=subprocess.STDOUT,
        )
        pile.callback(serveur.wait, timeout=30)
        pile.callback(serveur.terminate)
        limite = time.monotonic() + ATTENTE_S
        while True:
            if serveur.poll() is not None or time.monotonic() > limite:
                raise Echec(
                    f"la démonstration n'a pas démarré : {journal.read_text('utf-8')[-500:]}"
                )
            try:
                demande = HTTPConnection("127.0.0.1", port, timeout=10)
                demande.request("GET", "/connexion/")
                demande.getresponse().read()
            except OSError:
                time.sleep(0.3)
            else:
                break
        yield f"http://127.0.0.1:{port}"


@contextmanager
def open_navigateur() -> Iterator[Browser]:
    """The Chromium of the system."""
    chromium = find_chromium()
    if chromium is None:
        raise Echec("Chromium absent de cette machine")
    with sync_playwright() as playwright:
        lance = playwright.chromium.launch(executable_path=chromium, args=OPTIONS)
        yield lance
        lance.close()


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
