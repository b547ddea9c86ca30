"""A guide followed word for word: each numbered sentence is a gesture or something to read, and nothing is left aside."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page

PATIENCE_MS = 15_000
_ETAPE = re.compile(r"^(\d+)\. (.+)$", re.MULTILINE)
_PHRASE = re.compile(r"[^.«»]*(?:«[^»]*»[^.«»]*)+\.")
_CITE = r"« ([^»]+) »"


class GuideFaux(Exception):  # noqa: N818 -- a French noun, as everywhere
    """A sentence of the guide that cannot be followed."""


@dataclass(slots=True)
class Suiveur:
    """A reader with the guide in hand. `vues`: what was read on the way."""

    page: Page
    photo: Path
    dossier: Path = Path()
    gestes: int = 0
    vues: list[str] = field(default_factory=list)

    def follow(self, guide: Path) -> int:
        """Every step in order; how many sentences. Raises GuideFaux with the number of the step."""
        combien, self.dossier = 0, guide.parent
        for numero, phrase in list_phrases(guide.read_text(encoding="utf-8")):
            try:
                self.do(phrase)
            except Exception as erreur:
                dit = str(erreur).splitlines()[0]
                ici = " ".join(self.page.locator("body").inner_text().split())[:600]
                msg = f"{guide.name}, {numero} : « {phrase} » : {dit} (à {self.page.url} : {ici})"
                raise GuideFaux(msg) from erreur
            combien += 1
        return combien

    def do(self, phrase: str) -> None:
        """One sentence. Raises GuideFaux when none of the known ones says it."""
        for motif, geste in GESTES:
            if trouve := re.fullmatch(motif, phrase):
                geste(self, *trouve.groups())
                self.page.wait_for_load_state()
                return
        raise GuideFaux("personne ne sait suivre cette phrase")

    def open(self, adresse: str) -> None:
        """An address typed."""
        self.page.goto(adresse)

    def press(self, nom: str, ou: str | None = None) -> None:
        """A link or a button, by the first words that are seen of it; `ou`: those of the line that it is on."""
        cadre = self.find_ligne(ou)
        debut = re.compile(rf"^{re.escape(nom)}")
        boutons = cadre.get_by_role("button", name=debut)
        # Words that only a screen reader says may stand before: « Mon compte, » before a name.
        liens = cadre.get_by_role("link").filter(has_text=re.compile(rf"(^|, )\s*{re.escape(nom)}"))
        self._click(boutons.or_(liens))

    def press_bouton(self, nom: str) -> None:
        """A button, where a link has the same name."""
        self._click(self.page.get_by_role("button", name=re.compile(rf"^{re.escape(nom)}")))

    def _click(self, quoi: Locator) -> None:
        self.gestes += 1
        quoi.filter(visible=True).first.click(timeout=PATIENCE_MS)

    def choose(self, nom: str, ou: str | None = None) -> None:
        """A choice among several, by its first words."""
        self.gestes += 1
        debut = re.compile(rf"^{re.escape(nom)}(?!\w)")
        self.find_ligne(ou).get_by_role("radio", name=debut).first.check(
            timeout=PATIENCE_MS, force=True
        )

    def choose_dans(self, champ: str, ou: str | None, nom: str) -> None:
        """A line of a list."""
        self.gestes += 1
        liste = self.find_ligne(ou).get_by_label(re.compile(rf"^{re.escape(champ)}")).first
        liste.select_option(label=nom, timeout=PATIENCE_MS)

    def tick(self, nom: str) -> None:
        """A box."""
        self.gestes += 1
        self.page.get_by_role("checkbox", name=re.compile(rf"^{re.escape(nom)}")).first.check()

    def write(self, champ: str, texte: str) -> None:
        """A field, by the first words of its label."""
        self.gestes += 1
        self.page.get_by_label(re.compile(rf"^{re.escape(champ)}")).first.fill(texte)

    def join(self, champ: str) -> None:
        """A photo; the script, when there is one, makes it smaller first."""
        self.gestes += 1
        self.page.get_by_label(re.compile(rf"^{re.escape(champ)}")).first.set_input_files(
            self.photo
        )
        self.page.wait_for_timeout(500)

    def join_fichier(self, nom: str, champ: str) -> None:
        """A file that stands beside the guide."""
        self.gestes += 1
        champs = self.page.get_by_label(re.compile(rf"^{re.escape(champ)}"))
        champs.first.set_input_files(self.dossier / nom)

    def read(self, *textes: str) -> None:
        """Words that are seen on the page."""
        dit = squash(self.page.locator("body").inner_text())
        for texte in filter(None, textes):
            if squash(texte) not in dit:
                raise GuideFaux(f"on ne lit pas « {texte} »")
            self.vues.append(texte)

    def expect_titre(self, titre: str) -> None:
        """The page that opens begins its title so."""
        dit = squash(self.page.locator("h1").first.inner_text())
        if not dit.startswith(squash(titre)):
            raise GuideFaux(f"la page ouverte est « {dit} »")

    def find_ligne(self, ou: str | None) -> Locator:
        """The smallest line of a list or of a table that says it; the page itself when nothing is said."""
        if ou is None:
            return self.page.locator("body")
        return self.page.locator("li, tr, .a-lire").filter(has_text=ou).last


def squash(texte: str) -> str:
    """One space for many, unbreakable ones included."""
    return " ".join(texte.split())


def list_phrases(guide: str) -> Iterator[tuple[int, str]]:
    """The sentences of the numbered steps, which must follow one another."""
    for rang, (numero, etape) in enumerate(_ETAPE.findall(guide), 1):
        if int(numero) != rang:
            raise GuideFaux(f"l’étape {rang} porte le numéro {numero}")
        phrases = [squash(phrase) for phrase in _PHRASE.findall(etape)]
        if squash(" ".join(phrases)) != squash(etape):
            raise GuideFaux(f"étape {rang} : une phrase ne se suit pas")
        for phrase in phrases:
            yield rang, phrase


GESTES: tuple[tuple[str, Callable[..., None]], ...] = (
    (rf"Ouvrez {_CITE}\.", Suiveur.open),
    (rf"Appuyez sur le bouton {_CITE}\.", Suiveur.press_bouton),
    (rf"Appuyez sur {_CITE}(?:, en face de {_CITE})?\.", Suiveur.press),
    (rf"Choisissez {_CITE}(?:, en face de {_CITE})?\.", Suiveur.choose),
    (rf"Dans {_CITE}(?:, en face de {_CITE})?, choisissez {_CITE}\.", Suiveur.choose_dans),
    (rf"Cochez {_CITE}\.", Suiveur.tick),
    (rf"Dans {_CITE}, écrivez {_CITE}\.", Suiveur.write),
    (rf"Joignez une photo à {_CITE}\.", Suiveur.join),
    (rf"Joignez le fichier {_CITE} à {_CITE}\.", Suiveur.join_fichier),
    (rf"Vous lisez {_CITE}(?:, puis {_CITE})?(?:, puis {_CITE})?\.", Suiveur.read),
    (rf"La page {_CITE} s’ouvre\.", Suiveur.expect_titre),
)
"""What a guide may ask, in its very words."""
