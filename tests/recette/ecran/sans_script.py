"""The same journey with scripts switched off: every page is whole, every form answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Download, Page

TILLEULS, CINQ_CHEMINS = "QC-FICTIF-TILLEULS", "QC-FICTIF-CINQ-CHEMINS"
COMPARES = (
    "/territoires/FR/",
    "/territoires/REG-00/",
    "/departements/DEP-00/",
    f"/quartiers/{TILLEULS}/",
    f"/quartiers/{CINQ_CHEMINS}/",
    f"/quartiers/{TILLEULS}/engagements/E03/",
    f"/preuves/{TILLEULS}/e03-a1-france-services/",
    "/recherche/?q=tilleuls",
    "/regles/",
    "/sources/",
    "/plan-du-site/",
)
# What a script adds: a button that asks for it. Nothing else may differ.
TEXTE = """() => {
  const copie = document.body.cloneNode(true);
  for (const ajout of copie.querySelectorAll("script, .carte-bouton, .carte-etat")) ajout.remove();
  return copie.textContent.replace(/\\s+/g, " ").trim();
}"""


@dataclass(slots=True)
class Parcours:
    """What was done without a script, and what did not work."""

    page: Page
    gestes: int = 0
    compares: int = 0
    fautes: list[str] = field(default_factory=list)

    def click(self, selecteur: str, attendu: str) -> None:
        """Follow the first link or button, and arrive where it leads."""
        with self.page.expect_navigation():
            self.page.locator(selecteur).first.click()
        self.check(attendu in self.page.url, f"{selecteur} mène à {self.page.url}")

    def check(self, vrai: bool, sinon: str) -> None:
        """One gesture, good or told."""
        self.gestes += 1
        if not vrai:
            self.fautes.append(f"sans script, {sinon}")


def read_without(navigateur: Browser, site: str, read_with: Callable[[str], str]) -> Parcours:
    """The journey, then each page compared with its text when scripts are on."""
    contexte = navigateur.new_context(base_url=site, locale="fr-FR", java_script_enabled=False)
    parcours = Parcours(contexte.new_page())
    parcours.page.goto("/connexion/")
    journey(parcours)
    fill_forms(parcours)
    see_carte(parcours)
    for adresse in COMPARES:
        parcours.page.goto(adresse)
        parcours.compares += 1
        if parcours.page.evaluate(TEXTE) != read_with(adresse):
            parcours.fautes.append(f"sans script, {adresse} ne dit pas le même texte")
    parcours.click("header form.compte button", "/connexion/")
    contexte.close()
    return parcours


def journey(parcours: Parcours) -> None:
    """From the sign-in page down to a proof, a folded part opened, a file taken, and back."""
    page = parcours.page
    parcours.click("form:has(input[value=demo-task-force]) button", "/territoires/FR/")
    parcours.click('main a[href^="/departements/DEP-00/"]', "/departements/DEP-00/")
    parcours.click(f'main a[href^="/quartiers/{TILLEULS}/"]', f"/quartiers/{TILLEULS}/")
    fichier = take(page, 'main a[href*="/tableau.csv"]')
    parcours.check(fichier.suggested_filename.endswith(".csv"), "le tableur ne vient pas")
    parcours.click(f'main a[href*="/{TILLEULS}/engagements/"]', "/engagements/")
    pli = page.locator("main details").first
    pli.locator("summary").click()
    parcours.check(pli.get_attribute("open") is not None, "le pli ne s'ouvre pas")
    parcours.click(f'main a[href^="/preuves/{TILLEULS}/"]', "/preuves/")
    parcours.click(f'main a[href^="/quartiers/{TILLEULS}/"]', f"/quartiers/{TILLEULS}/")


def take(page: Page, selecteur: str) -> Download:
    """A file, by its link."""
    with page.expect_download() as attendu:
        page.locator(selecteur).first.click()
    return attendu.value


def fill_forms(parcours: Parcours) -> None:
    """Dates, a statut, a search, another action of the nation, a refused date."""
    page = parcours.page
    page.locator("#vu").fill("2026-06-30")
    parcours.click("form.vu-le button", "vu_le=2026-06-30")
    parcours.click("main a[href*='statut=']", "statut=")
    page.locator("header input[type=search]").fill("tilleuls")
    parcours.click("header form[role=search] button", "q=tilleuls")
    parcours.click(f'main a[href^="/quartiers/{TILLEULS}/"]', "vu_le=2026-06-30")
    page.goto("/territoires/FR/")
    page.locator("select[name=action]").select_option("e06-a2-adultes-relais")
    parcours.click("form:has(select[name=action]) button", "action=e06-a2-adultes-relais")
    page.goto(f"/quartiers/{TILLEULS}/?vu_le=hier")
    page.locator("#vu").fill("2026-06-30")
    parcours.click("main form button", "vu_le=2026-06-30")


def see_carte(parcours: Parcours) -> None:
    """The drawing is there, its list too, and no button that nothing would answer."""
    page = parcours.page
    page.goto(f"/quartiers/{CINQ_CHEMINS}/")
    parcours.check(page.locator(".carte > svg").is_visible(), "la carte n'est pas dessinée")
    parcours.check(page.locator(".cle li").count() >= 2, "la carte n'a pas sa liste")
    parcours.check(page.locator(".carte-bouton").count() == 0, "un bouton ne répondrait pas")
    parcours.check(page.locator("main table").count() >= 2, "les tableaux manquent")


def read_text(page: Page, adresse: str) -> str:
    """The words of a page, without what a script adds."""
    page.goto(adresse)
    texte: str = page.evaluate(TEXTE)
    return texte
