"""A file given back with what became of each of its lines: a workbook that any spreadsheet opens."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date, datetime, time

import xlsxwriter

from quartiers.reports import tableur
from quartiers.reports.table import is_dangereux

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_NOMBRE = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:[.,]\d{1,6})?")
_TEXTE_MAX = 32_767
_LARGEUR = 18
_LARGEUR_DE_RAISON = 70


def write_annote(rangees: Sequence[tuple[int, Sequence[str]]], nom: str, jour: date) -> bytes:
    """Rows with their line in the sheet, the header first; a text stays a text, and is never a formula."""
    tampon = io.BytesIO()
    with xlsxwriter.Workbook(tampon, _OPTIONS) as classeur:
        classeur.set_properties(
            {
                "title": nom,
                "author": "Quartiers en actes",
                "created": datetime.combine(jour, time.min),
            }
        )
        feuille = classeur.add_worksheet("Annoté")
        gras = classeur.add_format({"bold": True, "bg_color": "#E8E8E8", "bottom": 1})
        sain = classeur.add_format({"quote_prefix": True})
        largeur = len(rangees[0][1])
        feuille.set_column(0, largeur - 2, _LARGEUR)
        feuille.set_column(largeur - 1, largeur - 1, _LARGEUR_DE_RAISON)
        feuille.freeze_panes(rangees[0][0], 0)
        for rang, (numero, cellules) in enumerate(rangees):
            for place, cellule in enumerate(cellules):
                texte = tableur.clean_texte(cellule)[:_TEXTE_MAX]
                if not texte:
                    continue
                if rang == 0:
                    feuille.write_string(numero - 1, place, texte, gras)
                elif _NOMBRE.fullmatch(texte):
                    feuille.write_number(numero - 1, place, float(texte.replace(",", ".")))
                else:
                    feuille.write_string(
                        numero - 1, place, texte, sain if is_dangereux(texte) else None
                    )
    return tampon.getvalue()
