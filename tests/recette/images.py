"""The measures of « la lecture » 1: what the pictures and the printed pages show, read by a program."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

MESURES = (Path(__file__).parent / "images.js").read_text(encoding="utf-8")
MESURES = MESURES[MESURES.index("(largeur)") :]
PT = 0.75  # one CSS pixel on paper
PLUS_PETIT_PAPIER = 7.55  # points, as the design says: nothing under 7.6
ENCRE_MINIMALE = 0.002  # share of the picture that is not paper: below, the picture is blank
COTE = 20
# The signs that can be seen, whatever the medium.
SIGNES = """() => [...document.querySelectorAll('main svg.g')].filter((e) => e.checkVisibility({ visibilityProperty: true })
  && e.getBoundingClientRect().width > 1
  && !e.closest('.hors-vue')).map((e) => e.querySelector('use').getAttribute('href').slice(3))"""
PAPIER = """(plancher) => [...document.querySelectorAll('body *')].filter((e) => e.checkVisibility() && e.getClientRects().length
  && [...e.childNodes].some((n) => n.nodeType === 3 && n.nodeValue.trim())
  && !e.closest('.hors-vue, .sprite, .acces-rapide, .tuiles svg') && getComputedStyle(e).clipPath === 'none')
  .map((e) => { const m = e.ownerSVGElement && e.getScreenCTM ? e.getScreenCTM() : null;
    return [parseFloat(getComputedStyle(e).fontSize) * (m ? Math.hypot(m.a, m.b) : 1) * 0.75,
      e.tagName + '.' + (e.getAttribute('class') || ''), e.textContent.trim().slice(0, 30)]; })
  .filter(([t]) => t < plancher).map(([t, c, d]) => `texte de ${t.toFixed(1)} pt sur le papier : ${c} « ${d} »`)"""


@dataclass(frozen=True, slots=True)
class Impression:
    """What a printed page came to."""

    feuilles: int
    traces: int  # drawn shapes of the size of a sign
    image: Image.Image


def compute_encre(image: Image.Image) -> float:
    """Share of the pixels that are not the paper."""
    return float((np.asarray(image.convert("L")) < 200).mean())


def is_blank(octets: bytes) -> bool:
    """A picture where next to nothing is drawn."""
    with Image.open(io.BytesIO(octets)) as image:
        return compute_encre(image) < ENCRE_MINIMALE


def read_impression(octets: bytes) -> Impression:
    """Pages side by side in grey, and how many shapes of the size of a sign are drawn on them."""
    document = pypdfium2.PdfDocument(octets)
    try:
        pages = [document[n] for n in range(len(document))]
        traces = sum(count_traces(page) for page in pages)
        images = [page.render(scale=1.6, grayscale=True).to_pil() for page in pages]
    finally:
        document.close()
    largeur = sum(i.width for i in images) + 8 * (len(images) - 1)
    planche = Image.new("L", (largeur, max(i.height for i in images)), 128)
    gauche = 0
    for image in images:
        planche.paste(image, (gauche, 0))
        gauche += image.width + 8
    return Impression(len(images), traces, planche)


def count_traces(page: Any) -> int:
    """Shapes 6 to 20 points wide and as high: the outlines of signs, drawn as paths (never as images)."""
    total = 0
    for trace in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=8):
        gauche, bas, droite, haut = trace.get_bounds()
        cote, hauteur = droite - gauche, haut - bas
        total += 6 <= cote <= 20 and 6 <= hauteur <= 20 and abs(cote - hauteur) < 0.2 * cote
    return total


def make_empreinte(octets: bytes) -> np.ndarray[Any, Any]:
    """A sign in grey at a size where a photocopy still shows it."""
    with Image.open(io.BytesIO(octets)) as image:
        return np.asarray(image.convert("L").resize((COTE, COTE)), dtype=float) / 255


def list_confondus(empreintes: dict[str, np.ndarray[Any, Any]]) -> list[str]:
    """Pairs of signs whose grey pictures are nearly the same, and signs without ink."""
    noms = sorted(empreintes)
    fautes = [f"signe sans encre : {n}" for n in noms if (empreintes[n] < 0.6).mean() < 0.02]
    fautes += [
        f"signes confondus en gris : {a} et {b}"
        for rang, a in enumerate(noms)
        for b in noms[rang + 1 :]
        if np.abs(empreintes[a] - empreintes[b]).mean() < 0.05
    ]
    return fautes
