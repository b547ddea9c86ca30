"""A workbook in ODS (ODF 1.2): a typed table and a sheet that explains it. Same input, same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from quartiers.core.dire import say_part
from quartiers.reports import lire_moi, tableur
from quartiers.reports.classeur import Classeur
from quartiers.reports.ods_parties import (
    FIN_DU_CONTENU,
    MANIFESTE,
    METADONNEES,
    MIMETYPE,
    STYLES,
    make_contenu,
    make_reglages,
)
from quartiers.reports.presentation.nombre import NombreDeCase, NombreNu
from quartiers.reports.table import Type, Valeur, is_dangereux

_EPOQUE = (1980, 1, 1, 0, 0, 0)
_ESPACES = re.compile(r"^ | {2,}| $")
_LOT = 500


def write_classeur_ods(classeur: Classeur) -> bytes:
    """The document: a zip whose first entry, stored as it is, says what it is."""
    titre = escape(tableur.clean_texte(classeur.titre))
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w") as archive:
        _add(archive, "mimetype", [MIMETYPE], zipfile.ZIP_STORED)
        _add(archive, "META-INF/manifest.xml", [MANIFESTE])
        _add(archive, "meta.xml", [METADONNEES.format(titre=titre, jour=classeur.jour.isoformat())])
        _add(archive, "styles.xml", [STYLES])
        _add(archive, "settings.xml", [make_reglages(classeur.feuille)])
        _add(archive, "content.xml", _list_contenu(classeur))
    return tampon.getvalue()


def _add(
    archive: zipfile.ZipFile, nom: str, morceaux: Iterable[str], mode: int = zipfile.ZIP_DEFLATED
) -> None:
    """One entry, without the clock nor the system that writes it."""
    entree = zipfile.ZipInfo(nom, _EPOQUE)
    entree.compress_type = mode
    entree.create_system = 0
    entree.external_attr = 0o600 << 16
    if (
        mode == zipfile.ZIP_STORED
    ):  # its size is known: no descriptor after it, readers look at fixed places
        archive.writestr(entree, "".join(morceaux))
        return
    with archive.open(entree, "w") as flux:
        for morceau in morceaux:
            flux.write(morceau.encode())


def _list_contenu(classeur: Classeur) -> Iterator[str]:
    """The sheets, row after row: the nation does not fit comfortably in one string."""
    colonnes = classeur.colonnes
    yield make_contenu([c.largeur for c in colonnes])
    yield _open_feuille(classeur.feuille, len(colonnes), "t")
    titres = "".join(_write_texte(c.nom, "titre") for c in colonnes)
    yield f"<table:table-header-rows><table:table-row>{titres}</table:table-row></table:table-header-rows>"
    derniere = 1
    lot: list[str] = []
    for ligne in classeur.lignes:
        derniere += 1
        cellules = (_write_cellule(v, c.type) for v, c in zip(ligne, colonnes, strict=True))
        lot.append(f"<table:table-row>{''.join(cellules)}</table:table-row>")
        if len(lot) == _LOT:
            yield "".join(lot)
            lot.clear()
    yield "".join(lot) + "</table:table>"
    yield _open_feuille(lire_moi.FEUILLE, len(lire_moi.LARGEURS), "l")
    for mot, phrase in classeur.rubriques:
        cellules_du_mot = _write_texte(mot, "gras") + _write_texte(phrase, "pli")
        yield f"<table:table-row>{cellules_du_mot}</table:table-row>"
    coin = f"{_name_lettres(len(colonnes))}{derniere}"
    nom = classeur.feuille
    yield FIN_DU_CONTENU.format(etendue=f"{nom}.A1:{nom}.{coin}")


def _name_lettres(rang: int) -> str:
    """The letters of a column, the first being 1: `A`, `Z`, `AA`."""
    avant, reste = divmod(rang - 1, 26)
    return (_name_lettres(avant) if avant else "") + chr(ord("A") + reste)


def _open_feuille(nom: str, colonnes: int, prefixe: str) -> str:
    largeurs = "".join(
        f'<table:table-column table:style-name="{prefixe}{rang}"/>' for rang in range(colonnes)
    )
    return f'<table:table table:name={quoteattr(nom)} table:style-name="page">{largeurs}'


def _write_cellule(valeur: Valeur, genre: Type) -> str:
    """A typed cell; an unknown value is an empty one."""
    if valeur is None:
        return "<table:table-cell/>"
    if isinstance(valeur, str):
        return _write_texte(valeur, "texte" if is_dangereux(valeur) else "mots")
    if isinstance(valeur, date):
        return _write_typee(
            "jour", "date", f'office:date-value="{valeur.isoformat()}"', f"{valeur:%d/%m/%Y}"
        )
    if not isinstance(valeur, NombreDeCase):
        raise NombreNu(f"ODS : {valeur!r}")
    nombre = f'office:value="{tableur.get_flottant(valeur.valeur)!r}"'
    if genre is Type.PART:
        return _write_typee("part", "percentage", nombre, say_part(valeur.valeur))
    decimales = tableur.count_decimales(valeur.valeur)
    return _write_typee(
        f"nombre{decimales}", "float", nombre, tableur.group_milliers(valeur.valeur)
    )


def _write_typee(style: str, genre: str, valeur: str, montre: str) -> str:
    return f'<table:table-cell table:style-name="{style}" office:value-type="{genre}" {valeur}><text:p>{montre}</text:p></table:table-cell>'


def _write_texte(texte: str, style: str) -> str:
    """A text, one paragraph per line; never a formula, since the cell has no formula at all."""
    if not texte:
        return "<table:table-cell/>"
    habit = f' table:style-name="{style}"' if style else ""
    lignes = "".join(
        f"<text:p>{_escape(t)}</text:p>" for t in tableur.clean_texte(texte).split("\n")
    )
    return f'<table:table-cell{habit} office:value-type="string">{lignes}</table:table-cell>'


def _escape(texte: str) -> str:
    """XML text in which spaces keep their number, which ODF would fold otherwise."""
    return _ESPACES.sub(lambda m: f'<text:s text:c="{len(m[0])}"/>', escape(texte))
