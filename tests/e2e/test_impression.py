"""What a page becomes on paper and between a phone and a desk: nothing lost, nothing cut letter by letter."""

from __future__ import annotations

import re
from collections.abc import Callable

import pypdfium2
import pytest
from playwright.sync_api import Page

from tests.e2e.test_navigateur import PAGES, TILLEULS, VOIT_TOUT

pytestmark = pytest.mark.navigateur

DEPARTEMENT, COMMUNE = "/departements/DEP-00/", "/territoires/COM-00004/"
NATION, REGION = "/territoires/FR/", "/territoires/REG-00/"
PREUVE = "/preuves/QC-FICTIF-TILLEULS/e03-a1-france-services/"
LARGEURS = (320, 360, 390, 480, 600, 700, 760, 761, 768, 800, 820, 900, 901, 1024, 1280, 1400)
FEUILLES = {
    DEPARTEMENT: 2,
    COMMUNE: 2,
    TILLEULS: 2,
    PREUVE: 2,
    NATION: 2,
    REGION: 2,
    f"{TILLEULS}engagements/E06/": 4,
    f"{TILLEULS}engagements/E09/": 3,
}
"""How many A4 sheets a page may take: two, three for seven actions, four where six list all that was said of them."""
RENVOI = "La valeur et la cible de chacune sont sur la seconde page du PDF"

# Words drawn on three lines or more: a column has come down to a few letters.
EMIETTES = """() => {
  const vus = [];
  const marche = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  while (marche.nextNode()) {
    const noeud = marche.currentNode, e = noeud.parentElement;
    if (!e.checkVisibility()) continue;
    let cache = false;
    for (let p = e; p; p = p.parentElement) cache ||= getComputedStyle(p).clipPath !== 'none';
    if (cache) continue;
    for (const mot of noeud.nodeValue.matchAll(/[\\p{L}\\u00ad]{4,}/gu)) {
      const plage = document.createRange();
      plage.setStart(noeud, mot.index);
      plage.setEnd(noeud, mot.index + mot[0].length);
      if (new Set([...plage.getClientRects()].map((r) => Math.round(r.top))).size > 2) vus.push(mot[0]);
    }
  }
  return vus;
}"""
# What the folded parts hold, text by text; the signs say theirs in another way.
PLIES = """() => [...document.querySelectorAll('main details:not([open])')].flatMap((pli) => {
  const marche = document.createTreeWalker(pli, NodeFilter.SHOW_TEXT), textes = [];
  while (marche.nextNode()) {
    const e = marche.currentNode.parentElement;
    if (!e.closest('summary, .hors-vue, #actions') && marche.currentNode.nodeValue.trim()) textes.push(marche.currentNode.nodeValue);
  }
  return textes;
})"""


def test_no_width_cuts_a_page(open_page: Callable[..., Page]) -> None:
    """A tablet held upright is neither the phone nor the desk: 768 px made the matrix wider than its window."""
    page = open_page(compte=VOIT_TOUT)
    fautes = []
    for adresse in PAGES:
        page.goto(adresse)
        for largeur in LARGEURS:
            page.set_viewport_size({"width": largeur, "height": 900})
            mesure = page.evaluate("document.documentElement.scrollWidth")
            emiettes = page.evaluate(EMIETTES)
            if mesure > largeur or emiettes:
                fautes.append(f"{adresse} à {largeur} px : {mesure} px, {emiettes[:3]}")
    assert fautes == []


@pytest.mark.parametrize("adresse", [DEPARTEMENT, COMMUNE])
def test_a_line_of_the_matrix_stays_low(open_page: Callable[..., Page], adresse: str) -> None:
    page = open_page(compte=VOIT_TOUT)
    page.goto(adresse)
    for largeur in (768, 800, 820, 900, 901, 1024):
        page.set_viewport_size({"width": largeur, "height": 900})
        hauteurs = page.evaluate(
            "[...document.querySelectorAll('.matrice tbody tr')].map(e => e.getBoundingClientRect().height)"
        )
        assert hauteurs
        assert max(hauteurs) <= 100, largeur


@pytest.mark.parametrize(
    ("adresse", "paysage"), [*((adresse, False) for adresse in FEUILLES), (DEPARTEMENT, True)]
)
def test_a_page_prints_whole(
    open_page: Callable[..., Page], adresse: str, *, paysage: bool
) -> None:
    """What is folded prints unfolded, save the actions one by one, of which the paper says where they are."""
    page = open_page(compte=VOIT_TOUT)
    page.goto(adresse)
    plies = page.evaluate(PLIES)
    octets = page.pdf(format="A4", landscape=paysage, print_background=False)
    feuilles = read_feuilles(octets)
    lignes = [ligne.strip() for feuille in feuilles for ligne in feuille.splitlines()]
    assert [ligne for ligne in lignes if re.fullmatch(r"[^\W\d_]", ligne)] == []
    papier = squash("".join(feuilles))
    assert [texte for texte in plies if squash(texte) not in papier] == []
    assert (squash(RENVOI) in papier) == (adresse == TILLEULS)
    assert len(feuilles) <= FEUILLES[adresse]


def test_the_folded_parts_are_read(open_page: Callable[..., Page]) -> None:
    """The test above would see nothing on pages that fold nothing."""
    page = open_page(compte=VOIT_TOUT)
    for adresse in (DEPARTEMENT, f"{TILLEULS}engagements/E06/"):
        page.goto(adresse)
        assert len(page.evaluate(PLIES)) > 9, adresse


def test_chosen_actions_print_without_a_pointer_to_the_pdf(open_page: Callable[..., Page]) -> None:
    page = open_page(compte=VOIT_TOUT)
    page.goto(f"{TILLEULS}?statut=echu_non_atteint")
    papier = squash("".join(read_feuilles(page.pdf(format="A4"))))
    assert squash("Action Valeur Cible 42 jeunes 31 août 2026 au moins 48 jeunes") in papier
    assert squash(RENVOI) not in papier


def test_the_words_of_a_curve_hold_in_it(open_page: Callable[..., Page]) -> None:
    """The column of the curves is narrower on paper: « cible 80 % » lost its sign there."""
    page = open_page(703, compte=VOIT_TOUT)  # the width of an A4 without margins
    page.goto(f"{TILLEULS}engagements/E09/")
    page.emulate_media(media="print")
    depassements = page.evaluate(
        """() => [...document.querySelectorAll('.courbe svg text')].map((e) => [e.textContent,
        e.getBoundingClientRect().right - e.ownerSVGElement.getBoundingClientRect().right])"""
    )
    assert depassements
    assert [mot for mot, exces in depassements if exces > 0] == []


def read_feuilles(octets: bytes) -> list[str]:
    """The text of each sheet of a PDF."""
    document = pypdfium2.PdfDocument(octets)
    try:
        return [document[n].get_textpage().get_text_bounded() for n in range(len(document))]
    finally:
        document.close()


def squash(texte: str) -> str:
    """Letters, digits and signs: neither blanks nor what cuts a word at the end of a line."""
    return re.sub(r"[\s\u00ad\ufffe\u0002-]+", "", texte)
