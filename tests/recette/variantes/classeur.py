"""Workbooks of our own: the same sheets in XLSX and in ODS."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from xml.sax.saxutils import escape

import xlsxwriter

from tests.recette.variantes.modele import ENTETE, RANGEES, Rangee
from tests.sources.classeurs import build_ods, ods_date, ods_number, ods_row, ods_text

Cellule = str | float | date | None
Plage = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0."""


@dataclass(frozen=True, slots=True)
class FeuilleFaite:
    """A sheet to write. `fusions`: merged ranges; `masquees`: rows hidden; `colonnes_masquees`: columns hidden."""

    nom: str
    rangees: Sequence[Sequence[Cellule]]
    fusions: Sequence[Plage] = ()
    masquees: Sequence[int] = ()
    colonnes_masquees: Sequence[int] = ()
    cachee: bool = False
    options: Mapping[str, object] = field(default_factory=dict)


def type_rangee(rangee: Rangee) -> list[Cellule]:
    """A line of the table as typed cells: a date, a number, texts."""
    indicateur, territoire, jour, valeur, *textes = rangee
    nombre = float(valeur.replace(",", "."))
    return [indicateur, territoire, date.fromisoformat(jour), nombre, *(t or None for t in textes)]


def list_typees() -> list[list[Cellule]]:
    """The whole table, header first."""
    return [list(ENTETE), *(type_rangee(rangee) for rangee in RANGEES)]


def write_xlsx(*feuilles: FeuilleFaite) -> bytes:
    """An XLSX of these sheets."""
    tampon = io.BytesIO()
    with xlsxwriter.Workbook(tampon, {"in_memory": True}) as classeur:
        jours = classeur.add_format({"num_format": "dd/mm/yyyy"})
        for faite in feuilles:
            feuille = classeur.add_worksheet(faite.nom)
            for ligne, rangee in enumerate(faite.rangees):
                for colonne, valeur in enumerate(rangee):
                    if isinstance(valeur, date):
                        feuille.write_datetime(ligne, colonne, valeur, jours)
                    elif valeur is not None:
                        feuille.write(ligne, colonne, valeur)
            for plage in faite.fusions:
                valeur = faite.rangees[plage[0]][plage[1]]
                feuille.merge_range(*plage, str(valeur or ""))
            for ligne in faite.masquees:
                feuille.set_row(ligne, None, None, {"hidden": True})
            for colonne in faite.colonnes_masquees:
                feuille.set_column(colonne, colonne, None, None, {"hidden": True})
            if faite.cachee:
                feuille.hide()
            if "autofilter" in faite.options:
                feuille.autofilter(0, 0, len(faite.rangees) - 1, len(faite.rangees[0]) - 1)
            if "protect" in faite.options:
                feuille.protect()
    return tampon.getvalue()


def write_ods(*feuilles: FeuilleFaite) -> bytes:
    """An ODS of these sheets (their names are F1, F2…)."""
    return build_ods(*(_write_table(faite) for faite in feuilles))


def _write_table(faite: FeuilleFaite) -> str:
    largeur = max(map(len, faite.rangees), default=1)
    colonnes = "".join(
        '<table:table-column table:visibility="collapse"/>'
        if rang in faite.colonnes_masquees
        else "<table:table-column/>"
        for rang in range(largeur)
    )
    return colonnes + "".join(
        _write_rangee(faite, ligne, rangee) for ligne, rangee in enumerate(faite.rangees)
    )


def _write_rangee(faite: FeuilleFaite, ligne: int, rangee: Sequence[Cellule]) -> str:
    cellules = [_write_cellule(faite, ligne, rang, valeur) for rang, valeur in enumerate(rangee)]
    texte = ods_row(*(cellules or ["<table:table-cell/>"]))
    if ligne in faite.masquees:
        visible = "filter" if "autofilter" in faite.options else "collapse"
        texte = texte.replace(
            "<table:table-row", f'<table:table-row table:visibility="{visible}"', 1
        )
    return texte


def _write_cellule(faite: FeuilleFaite, ligne: int, colonne: int, valeur: Cellule) -> str:
    for l0, c0, l1, c1 in faite.fusions:
        if (ligne, colonne) == (l0, c0):
            spans = f'table:number-rows-spanned="{l1 - l0 + 1}" table:number-columns-spanned="{c1 - c0 + 1}"'
            return f'<table:table-cell {spans} office:value-type="string"><text:p>{escape(str(valeur or ""))}</text:p></table:table-cell>'
        if l0 <= ligne <= l1 and c0 <= colonne <= c1:
            return "<table:covered-table-cell/>"
    if valeur is None:
        return "<table:table-cell/>"
    if isinstance(valeur, date):
        return ods_date(valeur.isoformat())
    return ods_text(valeur) if isinstance(valeur, str) else ods_number(valeur)
