"""A workbook in XLSX: a typed table and a sheet that explains it. Same input, same bytes."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from quartiers.reports import lire_moi, tableur
from quartiers.reports.classeur import Classeur
from quartiers.reports.presentation.nombre import NombreDeCase, NombreNu
from quartiers.reports.table import Colonne, Ligne, Type, Valeur, is_dangereux

_OPTIONS = {
    "constant_memory": True,  # the nation makes a hundred thousand lines
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_A4 = 9
_LIGNES_A_REMPLIR = 5_000
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


def write_classeur_xlsx(classeur: Classeur) -> bytes:
    """The workbook. Raises ValueError for a text that Excel cannot hold: never a cell lost in silence."""
    tampon = io.BytesIO()
    with xlsxwriter.Workbook(tampon, _OPTIONS) as fichier:
        _sign(fichier, classeur)
        _write_table(fichier, classeur)
        _write_lire_moi(fichier, classeur)
    return tampon.getvalue()


def _sign(fichier: Any, classeur: Classeur) -> None:  # noqa: ANN401 - xlsxwriter is loosely typed
    """Properties of the file."""
    fichier.set_properties(
        {
            "title": classeur.titre,
            "subject": classeur.sujet,
            "author": "Quartiers en actes",
            "created": datetime.combine(classeur.jour, time.min),
        }
    )


def _write_table(fichier: Any, classeur: Classeur) -> None:  # noqa: ANN401
    feuille = fichier.add_worksheet(classeur.feuille)
    formes = _make_formes(fichier)
    titres = fichier.add_format(_ENTETE)
    for rang, colonne in enumerate(classeur.colonnes):
        feuille.set_column(rang, rang, colonne.largeur)
        feuille.write_string(0, rang, colonne.nom, titres)
        if (plage := classeur.listes.get(colonne.nom)) is not None:
            _close_liste(feuille, rang, plage)
    numero = 0
    for numero, ligne in enumerate(classeur.lignes, start=1):
        _write_ligne(feuille, numero, ligne, classeur.colonnes, formes)
    feuille.freeze_panes(1, 0)
    feuille.autofilter(0, 0, numero, len(classeur.colonnes) - 1)
    feuille.repeat_rows(0)
    feuille.set_landscape()
    feuille.set_paper(_A4)
    feuille.fit_to_pages(1, 0)
    feuille.set_header(f"&L{classeur.titre[:_TITRE_MAX].replace('&', '&&')}&R&P/&N")


def _close_liste(feuille: Worksheet, rang: int, plage: tuple[int, int]) -> None:
    """Offer, under a header, the words that the sheet of explanations lists, and refuse any other."""
    premier, dernier = plage
    source = f"='{lire_moi.FEUILLE}'!$A${premier + 1}:$A${dernier + 1}"
    regle = {"validate": "list", "source": source, "error_title": "Mot hors de la liste"}
    feuille.data_validation(1, rang, _LIGNES_A_REMPLIR, rang, regle)


def _make_formes(fichier: Any) -> _Formes:  # noqa: ANN401
    # Kept as everyone keeps it: the spreadsheet shows the separators of its reader's country.
    motifs = ("#,##0" + f".{'0' * n}".rstrip(".") for n in range(tableur.DECIMALES + 1))
    return _Formes(
        {genre: fichier.add_format({"num_format": motif}) for genre, motif in _FORMATS.items()},
        tuple(fichier.add_format({"num_format": motif}) for motif in motifs),
        fichier.add_format({"quote_prefix": True}),
        fichier.add_format({"indent": 1}),
    )


def _write_ligne(
    feuille: Worksheet, numero: int, ligne: Ligne, colonnes: Sequence[Colonne], formes: _Formes
) -> None:
    avant = None
    for rang, (valeur, colonne) in enumerate(zip(ligne, colonnes, strict=True)):
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


def _write_lire_moi(fichier: Any, classeur: Classeur) -> None:  # noqa: ANN401
    feuille = fichier.add_worksheet(lire_moi.FEUILLE)
    gras = fichier.add_format({"bold": True, "valign": "top"})
    ecrit = fichier.add_format({"text_wrap": True, "valign": "top"})
    for rang, largeur in enumerate(lire_moi.LARGEURS):
        feuille.set_column(rang, rang, largeur)
    for numero, (mot, phrase) in enumerate(classeur.rubriques):
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
