"""Workbooks written byte by byte, so that a test can lie in them as a broken or hostile tool would."""

from __future__ import annotations

import io
import struct
import zipfile
from xml.sax.saxutils import escape

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_P = "http://schemas.openxmlformats.org/package/2006/relationships"


def zip_parts(parties: dict[str, str | bytes]) -> bytes:
    """A deflated zip of these parts."""
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, contenu in parties.items():
            archive.writestr(nom, contenu)
    return tampon.getvalue()


def build_sheet(lignes: str, *, avant: str = "", apres: str = "") -> str:
    """The XML of a worksheet around its rows."""
    return f'<?xml version="1.0"?><worksheet xmlns="{_S}">{avant}<sheetData>{lignes}</sheetData>{apres}</worksheet>'


def build_xlsx(
    feuilles: dict[str, str],
    *,
    styles: str | None = None,
    extra: dict[str, str | bytes] | None = None,
) -> bytes:
    """An XLSX of worksheets given as XML; `masquee` in a name hides its sheet."""
    noms = list(feuilles)
    annonce = "".join(
        f'<sheet name="{escape(nom)}" sheetId="{i}" r:id="rId{i}"{_hide(nom)}/>'
        for i, nom in enumerate(noms, 1)
    )
    relations = "".join(
        f'<Relationship Id="rId{i}" Type="{_R}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, len(noms) + 1)
    )
    if styles is not None:
        relations += f'<Relationship Id="rIdS" Type="{_R}/styles" Target="styles.xml"/>'
    parties: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<?xml version="1.0"?><Relationships xmlns="{_P}"><Relationship Id="rId1" '
        f'Type="{_R}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<?xml version="1.0"?><workbook xmlns="{_S}" xmlns:r="{_R}"><sheets>{annonce}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<?xml version="1.0"?><Relationships xmlns="{_P}">{relations}</Relationships>',
    }
    for i, nom in enumerate(noms, 1):
        parties[f"xl/worksheets/sheet{i}.xml"] = feuilles[nom]
    if styles is not None:
        parties["xl/styles.xml"] = styles
    return zip_parts(parties | (extra or {}))


def _hide(nom: str) -> str:
    return ' state="hidden"' if "masquee" in nom else ""


def write_rows(rangees: list[list[str | float | None]], *, premiere: int = 1) -> str:
    """Rows of inline texts and numbers; None leaves the cell out."""
    return "".join(
        f'<row r="{i}">' + "".join(_write_cell(i, j, v) for j, v in enumerate(rangee)) + "</row>"
        for i, rangee in enumerate(rangees, premiere)
    )


def _write_cell(ligne: int, colonne: int, valeur: str | float | None) -> str:
    if valeur is None:
        return ""
    reference = f"{chr(65 + colonne)}{ligne}"
    if isinstance(valeur, str):
        return f'<c r="{reference}" t="inlineStr"><is><t>{escape(valeur)}</t></is></c>'
    return f'<c r="{reference}"><v>{valeur!r}</v></c>'


def xlsx_of(rangees: list[list[str | float | None]], **autres: str) -> bytes:
    """A plain workbook of one sheet."""
    return build_xlsx({"Feuille1": build_sheet(write_rows(rangees), **autres)})


_ODS = (
    '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
    "<office:automatic-styles>{}</office:automatic-styles><office:body><office:spreadsheet>{}</office:spreadsheet></office:body></office:document-content>"
)


def build_ods(*tables: str, styles: str = "") -> bytes:
    """An ODS of tables given as XML, under automatic styles."""
    corps = "".join(
        f'<table:table table:name="F{i}">{t}</table:table>' for i, t in enumerate(tables, 1)
    )
    return zip_parts(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": '<?xml version="1.0"?><manifest:manifest '
            'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
            'manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
            "</manifest:manifest>",
            "content.xml": _ODS.format(styles, corps),
        }
    )


def ods_row(*cellules: str, repete: int = 1, plus: str = "") -> str:
    """A row, repeated, with more attributes."""
    attribut = f' table:number-rows-repeated="{repete}"' if repete > 1 else ""
    return f"<table:table-row{attribut}{plus}>{''.join(cellules)}</table:table-row>"


def ods_text(texte: str, plus: str = "") -> str:
    """A text cell, with more attributes."""
    return f'<table:table-cell{plus} office:value-type="string"><text:p>{escape(texte)}</text:p></table:table-cell>'


def ods_number(nombre: float, plus: str = "") -> str:
    """A number cell, with more attributes."""
    return f'<table:table-cell{plus} office:value-type="float" office:value="{nombre!r}"><text:p>x</text:p></table:table-cell>'


def ods_date(jour: str) -> str:
    """A date cell."""
    return f'<table:table-cell office:value-type="date" office:date-value="{jour}"><text:p>x</text:p></table:table-cell>'


def ods_empty(repete: int = 1) -> str:
    """Empty cells."""
    return f'<table:table-cell table:number-columns-repeated="{repete}"/>'


def build_ole(*flux: str) -> bytes:
    """An old Office container reduced to its header and the directory of its streams."""
    fiches = [_write_fiche("Root Entry", 5), *(_write_fiche(nom, 2) for nom in flux)]
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\x00") + b"".join(fiches)


def _write_fiche(nom: str, genre: int) -> bytes:
    ecrit = nom.encode("utf-16-le") + b"\x00\x00"
    return ecrit.ljust(64, b"\x00") + struct.pack("<HB", len(ecrit), genre).ljust(64, b"\x00")
