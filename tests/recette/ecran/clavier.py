"""The journey of a reader who has only a keyboard: Tab, Shift+Tab, Enter, arrows and letters.

Each stop is judged by its place, its box and its outline. The pixels around it, with and without the focus, are
compared at each stop at the whole size; at the small one, once on each page for each sort of stop.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import CDPSession, Locator, Page

from tests.recette.outils import Echec
from tests.suite.taille import is_entiere

LIMITE = 260
"""Stops after which a link is said out of reach; the longest page of the demonstration has fewer."""
MONTEE = 100
"""Stops walked back: more than a window holds."""
TILLEULS = "QC-FICTIF-TILLEULS"
# Where the focus is, whether it can be seen there, its box, and its sort: what holds it, how it is outlined, on what.
# Null on the body: the browser starts again.
ARRET = """() => {
  const e = document.activeElement;
  if (!e || e === document.body || e === document.documentElement) return null;
  const tous = [...document.querySelectorAll("*")], style = getComputedStyle(e), boite = e.getBoundingClientRect();
  const bandes = [...e.getClientRects()].filter(r => r.width > 0 && r.height > 0);
  const dedans = r => r.left >= -0.5 && r.top >= -0.5 && r.right <= innerWidth + 0.5 && r.bottom <= innerHeight + 0.5;
  const dessus = r => {
    const touche = document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2);
    return touche && (e.contains(touche) || touche.contains(e));
  };
  const forme = e instanceof SVGElement ? e.querySelector("rect, circle, path") : null;
  const trait = style.outlineStyle !== "none" ? parseFloat(style.outlineWidth)
    : forme ? parseFloat(getComputedStyle(forme).strokeWidth) : 0;
  const porteurs = [];
  for (let porteur = e; porteur; porteur = porteur.parentElement) porteurs.push(porteur);
  const fonds = porteurs.map(p => getComputedStyle(p).backgroundColor).filter(fond => fond !== "rgba(0, 0, 0, 0)");
  const sorte = [...porteurs.map(p => `${p.tagName}.${p.getAttribute("class") ?? ""}`), e.type, style.outline,
    style.outlineOffset, style.overflow, style.display, fonds[0]].join(" ");
  return {
    sorte, nom: (e.getAttribute("aria-label") || e.textContent || e.id || e.tagName).trim().replace(/\\s+/g, " ").slice(0, 60),
    rang: tous.indexOf(e), bloc: tous.indexOf(e.closest("section, nav, form, table, article, header, footer, main")),
    ecran: bandes.length > 0 && bandes.every(dedans), masque: !bandes.some(dessus), trait,
    x: boite.left + scrollX, y: boite.top + scrollY, largeur: boite.width, hauteur: boite.height};
}"""


@dataclass(slots=True)
class Marche:
    """A walk through the pages; `fautes` is what a sighted reader without a mouse would complain of."""

    page: Page
    arrets: int = 0
    compares: int = 0
    etapes: list[str] = field(default_factory=list)
    fautes: list[str] = field(default_factory=list)
    _sortes: set[str] = field(default_factory=set)
    _precedent: dict[str, Any] | None = None
    _cdp: CDPSession | None = None

    def arrive(self, etape: str) -> None:
        """A new page: the order of its stops starts again."""
        self._precedent = None
        self._sortes.clear()
        self.etapes.append(etape)

    def press_tab(self, *, arriere: bool = False) -> dict[str, Any] | None:
        """One stop, judged; None when the browser leaves the page by its end."""
        self.page.keyboard.press("Shift+Tab" if arriere else "Tab")
        arret: dict[str, Any] | None = self.page.evaluate(ARRET)
        avant, self._precedent = self._precedent, arret
        if arret is None:
            return None
        self.arrets += 1
        ici = f"{self.etapes[-1]}, « {arret['nom']} »"
        if not arret["ecran"]:
            self.fautes.append(f"{ici} : hors de la fenêtre")
        if arret["masque"]:
            self.fautes.append(f"{ici} : sous un autre élément")
        if arret["trait"] < 2:
            self.fautes.append(f"{ici} : trait de {arret['trait']} px autour du focus")
        # A date field holds several stops.
        if (avant is None or avant["rang"] != arret["rang"]) and self.is_a_comparer(arret):
            self.compares += 1
            if not self.is_montre(arret):
                self.fautes.append(f"{ici} : aucun pixel ne change avec le focus")
        if avant is not None:
            premier, second = (arret, avant) if arriere else (avant, arret)
            self.check_ordre(ici, premier, second)
        return arret

    def check_ordre(self, ici: str, avant: dict[str, Any], arret: dict[str, Any]) -> None:
        """Forward in the document; inside one block, to the right or down, or to the top of the next column."""
        if arret["rang"] < avant["rang"]:
            self.fautes.append(f"{ici} : avant « {avant['nom']} » dans le document")
        if arret["bloc"] != avant["bloc"] or arret["rang"] == avant["rang"]:
            return
        monte = arret["y"] + arret["hauteur"] <= avant["y"] + 1
        gauche = arret["x"] + arret["largeur"] <= avant["x"] + avant["largeur"]
        meme_ligne = abs(arret["y"] - avant["y"]) < 2 and arret["hauteur"] < 2 * avant["hauteur"]
        if (monte and gauche) or (meme_ligne and arret["x"] + arret["largeur"] <= avant["x"]):
            self.fautes.append(f"{ici} : revient en arrière depuis « {avant['nom']} »")

    def is_a_comparer(self, arret: dict[str, Any]) -> bool:
        """A sort of stop not seen yet on this page, or any at the whole size."""
        vue = arret["sorte"] in self._sortes
        self._sortes.add(arret["sorte"])
        return is_entiere() or not vue

    def is_montre(self, arret: dict[str, Any]) -> bool:
        """The same box with and without the focus is not the same picture."""
        avec = self.shoot(arret)
        # The walk goes on from the same place: a focus given back after a key is still shown.
        self.page.evaluate("window.ici = document.activeElement; window.ici.blur()")
        sans = self.shoot(arret)
        self.page.evaluate("window.ici.focus({preventScroll: true})")
        return avec != sans

    def shoot(self, arret: dict[str, Any]) -> str:
        """A digest of the pixels of a box and of the 8 around it."""
        if self._cdp is None:
            self._cdp = self.page.context.new_cdp_session(self.page)
        cadre = {
            "x": max(arret["x"] - 8, 0),
            "y": max(arret["y"] - 8, 0),
            "width": arret["largeur"] + 16,
            "height": arret["hauteur"] + 16,
            "scale": 1,
        }
        image = self._cdp.send(
            "Page.captureScreenshot", {"format": "png", "clip": cadre, "optimizeForSpeed": True}
        )
        return hashlib.sha256(base64.b64decode(image["data"])).hexdigest()

    def tab_to(self, cible: Locator) -> None:
        """Until the focus is on it, without the mouse and without a script."""
        for _ in range(LIMITE):
            self.press_tab()
            if cible.evaluate("e => e === document.activeElement"):
                return
        raise Echec(f"{self.etapes[-1]} : {cible} hors d'atteinte en {LIMITE} tabulations")

    def follow(self, cible: Locator, etape: str) -> None:
        """Go to it, press Enter, arrive on another page."""
        self.tab_to(cible)
        self.enter(etape)

    def enter(self, etape: str) -> None:
        """Enter, and the page that comes."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.arrive(etape)

    def expect(self, vrai: bool, sinon: str) -> None:
        """A fault rather than a stop: the rest of the walk is still worth seeing."""
        if not vrai:
            self.fautes.append(f"{self.etapes[-1]} : {sinon}")


def walk(page: Page) -> Marche:
    """From the sign-in page to a proof and back, then dates, search and the way out."""
    marche = Marche(page)
    page.goto("/connexion/")
    marche.arrive("connexion")
    skip(marche)
    marche.follow(page.locator("form:has(input[value=demo-task-force]) button"), "nation")
    choose_action(marche)
    marche.follow(page.locator('main a[href^="/departements/DEP-00/"]').first, "département")
    skip(marche)
    marche.follow(page.locator(f'main a[href^="/quartiers/{TILLEULS}/"]').first, "quartier")
    sixieme = page.locator(f'main a[href*="/{TILLEULS}/engagements/"]').nth(5)
    dernier = page.locator(f'main a[href*="/{TILLEULS}/engagements/"]').nth(9)
    climb(marche, dernier)
    marche.follow(sixieme, "engagement")
    unfold(marche)
    marche.follow(page.locator(f'main a[href^="/preuves/{TILLEULS}/"]').first, "preuve")
    marche.expect("/preuves/" in page.url, f"arrivé sur {page.url}")
    marche.follow(page.locator(f'main a[href^="/quartiers/{TILLEULS}/"]').first, "quartier, retour")
    change_date(marche)
    search(marche)
    marche.follow(page.locator("header form.compte button"), "déconnexion")
    marche.expect(page.url.endswith("/connexion/"), f"arrivé sur {page.url}")
    return marche


def skip(marche: Marche) -> None:
    """The first stop leads to the content: the next one is inside it."""
    premier = marche.press_tab()
    nom = premier["nom"] if premier else "rien"
    marche.expect(nom == "Aller au contenu", f"premier arrêt : {nom}")
    if nom != "Aller au contenu":
        return
    marche.page.keyboard.press("Enter")
    marche.press_tab()
    dedans = marche.page.evaluate("document.querySelector('main').contains(document.activeElement)")
    marche.expect(bool(dedans), "le lien d'évitement ne mène pas au contenu")


def choose_action(marche: Marche) -> None:
    """Another action of the nation page, by an arrow in the list and its button."""
    page = marche.page
    liste = page.locator("select[name=action]")
    marche.tab_to(liste)
    avant = liste.input_value()
    page.keyboard.press("ArrowDown")
    marche.expect(liste.input_value() != avant, "la liste ne bouge pas au clavier")
    marche.press_tab()
    marche.enter("nation, autre action")
    marche.expect("action=" in page.url, f"arrivé sur {page.url}")


def unfold(marche: Marche) -> None:
    """A folded part opens and closes by Enter."""
    pli = marche.page.locator("main details").first
    marche.tab_to(pli.locator("summary"))
    for ouvert in (True, False):
        marche.page.keyboard.press("Enter")
        marche.expect(pli.evaluate("e => e.open") is ouvert, "le pli n'obéit pas à Entrée")


def change_date(marche: Marche) -> None:
    """The day before, by an arrow in the date field, then the button."""
    page = marche.page
    champ = page.locator("#vu")
    marche.tab_to(champ)
    avant = champ.input_value()
    page.keyboard.press("ArrowDown")
    voulue = champ.input_value()
    marche.expect(voulue != avant, "la date ne bouge pas au clavier")
    marche.tab_to(page.locator("form.vu-le button"))
    marche.enter("quartier, autre date")
    marche.expect(f"vu_le={voulue}" in page.url, f"arrivé sur {page.url}")


def climb(marche: Marche, cible: Locator) -> None:
    """Down to a link, then back up: what stays at the top of the window must hide no stop."""
    page = marche.page
    marche.tab_to(cible)
    bas = page.evaluate("scrollY")
    for _ in range(MONTEE):
        marche.press_tab(arriere=True)
        if page.evaluate("scrollY") < bas:
            break
    marche.expect(page.evaluate("scrollY") < bas, "la page ne remonte pas avec le focus")


def search(marche: Marche) -> None:
    """Words typed in the field of the header, Enter, then the first answer."""
    page = marche.page
    marche.tab_to(page.locator("header input[type=search]"))
    page.keyboard.type("tilleuls")
    marche.enter("recherche")
    marche.follow(page.locator(f'main a[href^="/quartiers/{TILLEULS}/"]').first, "quartier, trouvé")
