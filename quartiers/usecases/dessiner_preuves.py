"""The proofs of the demonstration: drawn by these lines, so that they show no place that exists, and nobody.

The same words give the same bytes: no clock, no chance. They go in by the door of every file (`admit_piece`).
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from PIL import Image, ImageDraw, ImageFont

from quartiers.reports.papier.document import Document, print_document
from quartiers.reports.papier.glyphes import POLICES
from quartiers.reports.typographie import format_date

LARGE, HAUT = 900, 600
CIEL, MUR, TOIT, PORTE = "#dfe8ee", "#c9beb0", "#7d6f66", "#4d5661"
HERBE, PAPIER, ENCRE, FILET, PLEIN = "#b7c4a4", "#fbfaf6", "#1d1f26", "#8b8f99", "#5b2a63"
JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi")
FICTIF = "Département inventé : dessin, pas une photographie"
QUALITE = 80
Trace = Callable[[ImageDraw.ImageDraw, str, Sequence[str]], None]


def draw_preuve(dessin: str, titre: str, lignes: Sequence[str], le: date) -> bytes:
    """A picture (« panneau », « hangar », « planning », « plan ») or a PDF (« note ») that says these words."""
    if dessin == "note":
        return print_note(titre, lignes, le)
    trace, forme = DESSINS[dessin]
    image = Image.new("RGB", (LARGE, HAUT), CIEL)
    feuille = ImageDraw.Draw(image)
    trace(feuille, titre, lignes)
    feuille.text((LARGE - 16, HAUT - 12), FICTIF, ENCRE, load_police(16), anchor="rs")
    sortie = io.BytesIO()
    image.save(sortie, forme, quality=QUALITE)
    return sortie.getvalue()


def load_police(taille: int) -> ImageFont.FreeTypeFont:
    """The font of the printed documents."""
    return ImageFont.truetype(str(POLICES / "SourceSans3_600SemiBold.ttf"), taille)


def write_lignes(
    feuille: ImageDraw.ImageDraw, coin: tuple[int, int], titre: str, lignes: Sequence[str]
) -> None:
    """A title, then lines under it."""
    gauche, haut = coin
    feuille.text((gauche, haut), titre, PLEIN, load_police(40))
    for rang, ligne in enumerate(lignes, start=1):
        feuille.text((gauche, haut + 16 + 42 * rang), ligne, ENCRE, load_police(28))


def draw_panneau(feuille: ImageDraw.ImageDraw, titre: str, lignes: Sequence[str]) -> None:
    """A sign on two posts, in the grass."""
    feuille.rectangle((0, 470, LARGE, HAUT), HERBE)
    for gauche in (190, 690):
        feuille.rectangle((gauche, 120, gauche + 20, 520), TOIT)
    feuille.rectangle((90, 90, 810, 390), PAPIER, ENCRE, 4)
    write_lignes(feuille, (125, 115), titre, lignes)


def draw_hangar(feuille: ImageDraw.ImageDraw, titre: str, lignes: Sequence[str]) -> None:
    """The front of a building, its door, what is written above."""
    feuille.rectangle((0, 500, LARGE, HAUT), HERBE)
    feuille.polygon([(80, 230), (450, 90), (820, 230)], TOIT)
    feuille.rectangle((110, 230, 790, 520), MUR, ENCRE, 3)
    feuille.rectangle((390, 390, 510, 520), PORTE)
    for gauche in (160, 640):
        feuille.rectangle((gauche, 410, gauche + 110, 480), PAPIER, PORTE, 4)
    feuille.rectangle((140, 245, 760, 375), PAPIER, ENCRE, 2)
    write_lignes(feuille, (160, 248), titre, lignes[:1])


def draw_planning(feuille: ImageDraw.ImageDraw, titre: str, lignes: Sequence[str]) -> None:
    """A week put up on a board: « mercredi 14-17 » fills a box of its day."""
    feuille.rectangle((0, 0, LARGE, HAUT), MUR)
    feuille.rectangle((40, 30, 860, 560), PAPIER, ENCRE, 3)
    feuille.text((60, 40), titre, PLEIN, load_police(34))
    largeur = 800 // len(JOURS)
    for rang, jour in enumerate(JOURS):
        gauche = 50 + rang * largeur
        feuille.rectangle((gauche, 100, gauche + largeur, 540), None, FILET, 2)
        feuille.text((gauche + 10, 106), jour, ENCRE, load_police(22))
        siennes = [ligne.partition(" ")[2] for ligne in lignes if ligne.startswith(jour)]
        for place, heures in enumerate(siennes):
            haut = 160 + 90 * place
            feuille.rectangle((gauche + 8, haut, gauche + largeur - 8, haut + 70), CIEL, PLEIN, 3)
            feuille.text((gauche + 16, haut + 18), heures, ENCRE, load_police(24))


def draw_plan(feuille: ImageDraw.ImageDraw, titre: str, lignes: Sequence[str]) -> None:
    """A sketch from above: streets, blocks, one of them full."""
    feuille.rectangle((0, 0, LARGE, HAUT), PAPIER)
    feuille.text((40, 24), titre, PLEIN, load_police(34))
    for rang in range(4):
        gauche = 40 + 140 * rang
        for haut in (100, 260, 420):
            is_la = (rang, haut) == (2, 260)
            feuille.rectangle(
                (gauche, haut, gauche + 115, haut + 130), PLEIN if is_la else MUR, ENCRE, 2
            )
    for rang, ligne in enumerate(lignes):
        feuille.text((610, 110 + 44 * rang), ligne, ENCRE, load_police(24))


DESSINS: Mapping[str, tuple[Trace, str]] = MappingProxyType(
    {
        "panneau": (draw_panneau, "JPEG"),
        "hangar": (draw_hangar, "JPEG"),
        "planning": (draw_planning, "PNG"),
        "plan": (draw_plan, "PNG"),
    }
)
"""How each is drawn, and the format of a phone or of a screen."""


def print_note(titre: str, phrases: Sequence[str], le: date) -> bytes:
    """One page of words, by the printing of every document; the last ones sign."""
    *corps, signature = phrases
    jour = f"Au {format_date(le)}"
    donnees = {
        "titre": titre,
        "sujet": jour,
        "tete": ["Val-de-Brume (fictif)", jour],
        "tete_suite": ["Val-de-Brume (fictif)", jour],
        "pied": "Document de démonstration : ni lieu, ni service, ni personne qui existe.",
        "phrases": corps,
        "signature": signature,
    }
    return print_document(Document("note", le, donnees))
