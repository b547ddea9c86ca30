"""Saisir 10. The screens that answer a form: refused, doubted, in conflict, declared, judged; axe, widths, keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page

from tests.recette.ecran.juge import list_debordements, list_violations
from tests.recette.outils import Atelier, expect, play
from tests.recette.serveur import serve_atelier
from tests.site import open_navigateur

LARGEURS_JUGEES = (1280, 390)
LARGEURS = (*LARGEURS_JUGEES, 320)
INDICATEUR, POSTE = "e06-a1-educateurs-etp", "e06-a2-adultes-relais"
ADRESSE = f"/territoires/QC-FICTIF-TILLEULS/declarer/{INDICATEUR}/"
ADRESSE_DU_POSTE = f"/territoires/QC-FICTIF-TILLEULS/declarer/{POSTE}/poste/"
TABULATIONS_MAX = 80


@dataclass(slots=True)
class Ecrans:
    """What was judged, by the name of its state, and what is wrong with it."""

    juges: list[str] = field(default_factory=list)
    fautes: list[str] = field(default_factory=list)

    def judge(self, page: Page, etat: str, attendu: str) -> None:
        """The page that is open: the words that it must hold, then axe and its widths."""
        texte = page.locator("main").inner_text()
        if attendu.lower() not in texte.lower():
            self.fautes.append(f"{etat} : « {attendu} » n’est pas dit ({texte[:200]!r})")
        for largeur in LARGEURS:
            page.set_viewport_size({"width": largeur, "height": 900})
            self.fautes += [f"{etat} : {faute}" for faute in list_debordements(page, largeur)]
            if largeur in LARGEURS_JUGEES:
                self.fautes += [f"{etat}, {largeur} px : {f}" for f in list_violations(page)]
        self.juges.append(etat)


def main(atelier: Atelier) -> str:
    """By the déléguée, then by the sous-préfète."""
    ecrans = Ecrans()
    with serve_atelier(atelier, "demo") as site, open_navigateur() as navigateur:
        with enter(navigateur, site, "demo-deleguee") as page:
            touches = declare_au_clavier(page, ecrans)
            annulable = page.url
            declare(page, ecrans)
            take_back(page, ecrans, annulable)
        with enter(navigateur, site, "demo-sous-prefete") as page:
            judge(page, ecrans)
    for faute in ecrans.fautes:
        atelier.note(faute)
    expect(not ecrans.fautes, f"{len(ecrans.fautes)} fautes, la première : {ecrans.fautes[:1]}")
    return (
        f"{len(ecrans.juges)} écrans qui répondent à un envoi ({', '.join(ecrans.juges)}) : axe 0 violation à "
        f"{LARGEURS_JUGEES}, 0 débordement à {LARGEURS[-1]} px ; déclarée au clavier seul en {touches} touches"
    )


@contextmanager
def enter(navigateur: Browser, site: str, compte: str) -> Iterator[Page]:
    """Signed in by one click."""
    contexte = navigateur.new_context(
        base_url=site, viewport={"width": LARGEURS[0], "height": 900}, locale="fr-FR"
    )
    page = contexte.new_page()
    page.goto("/connexion/")
    page.locator(f"form:has(input[value={compte}]) button").click()
    yield page
    contexte.close()


def send(page: Page) -> None:
    """The first button of the form, past what the browser itself would stop."""
    page.locator("form.declarer").evaluate("f => { f.noValidate = true; }")
    page.locator(".barre-action .bouton").first.click()
    page.wait_for_load_state()


def declare(page: Page, ecrans: Ecrans) -> None:
    """Refused, doubted, kept, found again, declared, taken back; then a thing, refused."""
    page.goto(ADRESSE)
    page.locator("#autre").fill("abc")
    send(page)
    ecrans.judge(page, "valeur refusée", "abc")
    page.goto(ADRESSE)
    page.locator("#autre").fill("400")
    send(page)
    ecrans.judge(page, "dix fois la dernière", "Est-ce bien cela")
    page.goto(ADRESSE)
    page.locator("#commentaire").fill("vu sur place")
    page.get_by_role("button", name="Brouillon", exact=True).click()
    ecrans.judge(page, "brouillon gardé", "Brouillon gardé")
    page.goto(ADRESSE)
    ecrans.judge(page, "brouillon retrouvé", "Votre brouillon")
    page.goto(ADRESSE_DU_POSTE)
    page.locator("[name=etp_pourvu]").fill("deux")
    send(page)
    ecrans.judge(page, "poste refusé", "deux")


def declare_au_clavier(page: Page, ecrans: Ecrans) -> int:
    """The number is reached by Tab, typed, and sent by Enter."""
    page.goto(ADRESSE)
    page.set_viewport_size({"width": LARGEURS[0], "height": 900})
    touches = 0
    while page.evaluate("document.activeElement.id") != "autre" and touches < TABULATIONS_MAX:
        page.keyboard.press("Tab")
        touches += 1
    expect(touches < TABULATIONS_MAX, "la valeur ne s’atteint pas au clavier")
    page.keyboard.type("6")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    ecrans.judge(page, "déclarée", "à valider")
    expect("/declarations/" in page.url, page.locator("main").inner_text()[:400])
    return touches + 2


def take_back(page: Page, ecrans: Ecrans, adresse: str) -> None:
    """Undone within the half hour."""
    page.goto(adresse)
    page.get_by_role("button", name="Annuler").click()
    page.wait_for_load_state()
    ecrans.judge(page, "annulée", "annulée")


def judge(page: Page, ecrans: Ecrans) -> None:
    """A return without motive stops the lot; then accepted, and taken back."""
    page.goto("/valider/")
    ligne = page.locator('input[type=radio][value="renvoyer"]').first
    ligne.check(force=True)
    page.locator(".barre-fixe .bouton").click()
    page.wait_for_load_state()
    ecrans.judge(page, "renvoi sans motif", "motif")
    page.goto("/valider/")
    page.locator('input[type=radio][value="accepter"]').first.check(force=True)
    page.locator(".barre-fixe .bouton").click()
    page.wait_for_url("**/valider/**lot=**")
    ecrans.judge(page, "lot validé", "1 validée")


if __name__ == "__main__":
    play(main)
