"""A tableau in XLSX: the table of the CSV, typed, and a sheet that explains it. Same input, same bytes."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from quartiers.core.tableau import Tableau
from quartiers.reports import lire_moi, tableur
from quartiers.reports.presentation.nombre import NombreDeCase, NombreNu
from quartiers.reports.table import COLONNES, Ligne, Type, Valeur, is_dangereux, list_lignes

_OPTIONS = {
    "constant_memory": True,  # the nation makes a hundred thousand lines
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_A4 = 9
_TEXTE_MAX = 32_767
_TITRE_MAX = 100  # a header holds 255 signs, some of ours counting twice
_FORMATS = {Type.JOUR: "dd/mm/yyyy", Type.PART: "0 %"}
_POINTS_PAR_LIGNE = 15
_REMPLISSAGE = 1.1  # letters are narrower than the digits that a width counts
_CHIFFRES = frozenset({Type.NOMBRE, Type.PART})
_ENTETE = {"bold": True, "bg_color": "#E8E8E8", "bottom": 1}


@dataclass(frozen=True, slots=True)
class _Formes:
    """How cells are dressed. `nombres`: by decimals shown; `retrait`: a text right after a number would touch it."""

    par_type: Mapping[Type, Format]
    nombres: tuple[Format, ...]
    texte_dangereux: Format
    retrait: Format

    def get(self, valeur: Valeur, genre: Type, avant: Type | None) -> Format | None:
        """The dress of a value in a column of that type, after a column of the type `avant`."""
        if isinstance(valeur, str):
            if is_dangereux(valeur):
                return self.texte_dangereux
            return self.retrait if avant in _CHIFFRES else None
        if genre is Type.NOMBRE and isinstance(valeur, NombreDeCase):
            return self.nombres[tableur.count_decimales(valeur.valeur)]
        return self.par_type.get(genre)


def write_xlsx(tableaux: Iterable[Tableau]) -> bytes:
    """The workbook. Raises ValueError for a text that Excel cannot hold: never a cell lost in silence."""
    entete, tous = tableur.split_premier(tableaux)
    tampon = io.BytesIO()
    with xlsxwriter.Workbook(tampon, _OPTIONS) as classeur:
        _sign(classeur, entete)
        _write_tableau(classeur, tous, f"{entete.territoire.nom} ({entete.territoire.code})")
        _write_lire_moi(classeur, entete)
    return tampon.getvalue()


def _sign(classeur: Any, entete: Tableau) -> None:  # noqa: ANN401 - xlsxwriter is loosely typed
    """Properties of the file. Its date is that of the knowledge, so that the clock changes no byte."""
    classeur.set_properties(
        {
            "title": f"{entete.territoire.nom} ({entete.territoire.code})",
            "subject": f"Vu le {entete.vu_le.isoformat()}, connu le {entete.connu_le.isoformat()}",
            "author": "Quartiers en actes",
            "created": datetime.combine(entete.connu_le, time.min),
        }
    )


def _write_tableau(classeur: Any, tableaux: Iterable[Tableau], titre: str) -> None:  # noqa: ANN401
    feuille = classeur.add_worksheet(tableur.FEUILLE)
    formes = _make_formes(classeur)
    titres = classeur.add_format(_ENTETE)
    for rang, colonne in enumerate(COLONNES):
        feuille.set_column(rang, rang, colonne.largeur)
        feuille.write_string(0, rang, colonne.nom, titres)
    numero = 0
    for numero, ligne in enumerate(list_lignes(tableaux), start=1):
        _write_ligne(feuille, numero, ligne, formes)
    feuille.freeze_panes(1, 0)
    feuille.autofilter(0, 0, numero, len(COLONNES) - 1)
    feuille.repeat_rows(0)
    feuille.set_landscape()
    feuille.set_paper(_A4)
    feuille.fit_to_pages(1, 0)
    feuille.set_header(f"&L{titre[:_TITRE_MAX].replace('&', '&&')}&R&P/&N")


def _make_formes(classeur: Any) -> _Formes:  # noqa: ANN401
    # Kept as everyone keeps it: the spreadsheet shows the separators of its reader's country.
    motifs = ("#,##0" + f".{'0' * n}".rstrip(".") for n in range(tableur.DECIMALES + 1))
    return _Formes(
        {genre: classeur.add_format({"num_format": motif}) for genre, motif in _FORMATS.items()},
        tuple(classeur.add_format({"num_format": motif}) for motif in motifs),
        classeur.add_format({"quote_prefix": True}),
        classeur.add_format({"indent": 1}),
    )


def _write_ligne(feuille: Worksheet, numero: int, ligne: Ligne, formes: _Formes) -> None:
    avant = None
    for rang, (valeur, colonne) in enumerate(zip(ligne, COLONNES, strict=True)):
        _write_cellule(feuille, (numero, rang), valeur, formes.get(valeur, colonne.type, avant))
        avant = colonne.type


def _write_cellule(
    feuille: Worksheet, place: tuple[int, int], valeur: Valeur, forme: Format | None
) -> None:
    """Nothing for an unknown value; a text is always written as a text."""
    if valeur is None:
        return
    if isinstance(valeur, NombreDeCase):
        feuille.write_number(*place, tableur.get_flottant(valeur.valeur), forme)
    elif isinstance(valeur, date):
        feuille.write_datetime(*place, valeur, forme)
    elif not isinstance(valeur, str):
        raise NombreNu(f"XLSX, ligne {place[0] + 1} : {valeur!r}")
    else:
        texte = tableur.clean_texte(valeur)
        if len(texte) > _TEXTE_MAX:
            msg = f"texte de plus de {_TEXTE_MAX} caractères, ligne {place[0] + 1} : {texte[:80]}"
            raise ValueError(msg)
        feuille.write_string(*place, texte, forme)


def _write_lire_moi(classeur: Any, entete: Tableau) -> None:  # noqa: ANN401
    feuille = classeur.add_worksheet(lire_moi.FEUILLE)
    gras = classeur.add_format({"bold": True, "valign": "top"})
    ecrit = classeur.add_format({"text_wrap": True, "valign": "top"})
    for rang, largeur in enumerate(lire_moi.LARGEURS):
        feuille.set_column(rang, rang, largeur)
    for numero, (mot, phrase) in enumerate(lire_moi.list_rubriques(entete)):
        # A folded text asks for its height: LibreOffice prints it over the next line otherwise.
        feuille.set_row(numero, _POINTS_PAR_LIGNE * count_lignes(phrase))
        _write_cellule(feuille, (numero, 0), mot or None, gras)
        _write_cellule(feuille, (numero, 1), phrase or None, ecrit)
    feuille.set_landscape()
    feuille.set_paper(_A4)
    feuille.fit_to_pages(1, 0)


def count_lignes(phrase: str) -> int:
    """Lines that a text takes in its column, one at least; a little more than Excel needs."""
    return max(1, math.ceil(len(phrase) / (lire_moi.LARGEURS[-1] * _REMPLISSAGE)))
