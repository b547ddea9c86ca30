"""What judges one page on the screen: axe-core, the width, the policy of the page.

axe-core comes from the development dependency `axe-playwright-python`: its rules are not ours. It is handed to the
page through the debugging protocol, so that the strict policy of the site stays on while the page is judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

ETIQUETTES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
JUGER = """etiquettes => {
  for (const pli of document.querySelectorAll("details")) pli.open = true;
  return axe.run(document, {runOnly: {type: "tag", values: etiquettes}, resultTypes: ["violations", "incomplete"]})
    .then(r => ({violations: r.violations, doutes: r.incomplete, regles: r.passes.length}));
}"""
# axe does not know what lies behind a text drawn in SVG: the shape under its middle is asked for here.
CONTRASTE = """cible => {
  const texte = document.querySelector(cible), canevas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const lire = couleur => {
    canevas.clearRect(0, 0, 1, 1); canevas.fillStyle = couleur; canevas.fillRect(0, 0, 1, 1);
    return [...canevas.getImageData(0, 0, 1, 1).data];
  };
  const clarte = ([r, v, b]) => [r, v, b].map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((somme, c, rang) => somme + c * [0.2126, 0.7152, 0.0722][rang], 0);
  texte.scrollIntoView({block: "center"});
  const boite = texte.getBoundingClientRect(), style = getComputedStyle(texte);
  const [x, y] = [boite.x + boite.width / 2, boite.y + boite.height / 2];
  let fond = null;
  for (const element of document.elementsFromPoint(x, y)) {
    if (texte.contains(element) || element.contains(texte) && element.matches("g, svg, a")) continue;
    const dessous = getComputedStyle(element);
    const peint = element instanceof SVGElement && !element.matches("svg") ? dessous.fill : dessous.backgroundColor;
    if (peint.startsWith("url")) return "un motif sous le texte";
    if (peint !== "none" && lire(peint)[3] === 255) { fond = lire(peint); break; }
  }
  const [haut, bas] = [clarte(lire(style.fill)), clarte(fond ?? [255, 255, 255])].sort((a, b) => b - a);
  const rapport = (haut + 0.05) / (bas + 0.05);
  return rapport >= 4.5 ? "" : `contraste de ${rapport.toFixed(2)}`;
}"""


def run_axe(page: Page) -> Mapping[str, Any]:
    """Everything axe found; folded parts are opened first, so that they are judged too."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    rendu: Mapping[str, Any] = page.evaluate(JUGER, list(ETIQUETTES))
    if not rendu["regles"]:
        raise RuntimeError("axe n'a appliqué aucune règle : la page n'a pas été jugée")
    return rendu


def list_violations(page: Page) -> list[str]:
    """One line per element that breaks a rule. What axe leaves open is settled here, or told as a fault."""
    rendu = run_axe(page)
    fautes = [
        f"{regle['id']} : {noeud['html'][:160]} ({noeud['failureSummary'][:200]})".replace(
            "\n", " "
        )
        for regle in rendu["violations"]
        for noeud in regle["nodes"]
    ]
    for regle in rendu["doutes"]:
        for noeud in regle["nodes"]:
            sinon = settle_doute(page, regle["id"], noeud)
            if sinon:
                fautes.append(f"{regle['id']}, à juger : {noeud['html'][:160]} ({sinon})")
    return fautes


def settle_doute(page: Page, regle: str, noeud: Mapping[str, Any]) -> str:
    """Empty when we can say that the element is good; only the contrast of a drawn text can be."""
    if regle != "color-contrast" or len(noeud["target"]) != 1:
        return "axe ne conclut pas"
    dit: str = page.evaluate(CONTRASTE, noeud["target"][0])
    return dit


def list_debordements(page: Page, largeur: int) -> list[str]:
    """Empty when nothing is wider than the window."""
    reelle: int = page.evaluate("document.documentElement.scrollWidth")
    if reelle <= largeur:
        return []
    larges: list[str] = page.evaluate(
        """largeur => [...document.querySelectorAll("body *")]
        .filter(e => e.getBoundingClientRect().right > largeur + 0.5)
        .map(e => e.outerHTML.slice(0, 100)).slice(-3)""",
        largeur,
    )
    return [f"{reelle} pixels dans une fenêtre de {largeur} : {' | '.join(larges)}"]


def list_fautes_de_politique(entetes: Mapping[str, str]) -> list[str]:
    """The policy is there, closed by default, and lets nothing unsafe through."""
    politique = entetes.get("content-security-policy", "")
    if "default-src 'self'" not in politique:
        return [f"politique de contenu : « {politique} »"]
    mots = [mot for mot in ("unsafe-", "data: ", "http:", " *") if mot in f"{politique} "]
    return [f"politique de contenu : « {mot} » dans « {politique} »" for mot in mots]
