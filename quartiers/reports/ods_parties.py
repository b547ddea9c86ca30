"""The fixed parts of our ODS documents (OpenDocument 1.2): manifest, styles, frozen header, filters."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from quartiers.reports import lire_moi, tableur

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_MM_PAR_CARACTERE = 2.1
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_ESPACES_DE_NOMS = (
    f'xmlns:office="{_ODF}office:1.0" xmlns:table="{_ODF}table:1.0" xmlns:text="{_ODF}text:1.0" '
    f'xmlns:style="{_ODF}style:1.0" xmlns:number="{_ODF}datastyle:1.0" xmlns:meta="{_ODF}meta:1.0" '
    f'xmlns:config="{_ODF}config:1.0" xmlns:fo="{_ODF}xsl-fo-compatible:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:ooo="http://openoffice.org/2004/office" '
    'office:version="1.2"'
)

MANIFESTE = (
    f'{_XML}<manifest:manifest xmlns:manifest="{_ODF}manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="{MIMETYPE}"/>'
    + "".join(
        f'<manifest:file-entry manifest:full-path="{nom}.xml" manifest:media-type="text/xml"/>'
        for nom in ("content", "meta", "settings", "styles")
    )
    + "</manifest:manifest>"
)

METADONNEES = (
    f"{_XML}<office:document-meta {_ESPACES_DE_NOMS}><office:meta>"
    "<meta:generator>Quartiers en actes</meta:generator><dc:title>{titre}</dc:title>"
    "<meta:creation-date>{jour}T00:00:00</meta:creation-date></office:meta></office:document-meta>"
)

STYLES = (
    f"{_XML}<office:document-styles {_ESPACES_DE_NOMS}><office:styles>"
    '<style:default-style style:family="table-cell">'
    '<style:text-properties fo:language="fr" fo:country="FR"/></style:default-style></office:styles>'
    '<office:automatic-styles><style:page-layout style:name="a4"><style:page-layout-properties '
    'fo:page-width="29.7cm" fo:page-height="21cm" style:print-orientation="landscape" '
    'style:scale-to-X="1" style:scale-to-Y="0"/></style:page-layout></office:automatic-styles>'
    '<office:master-styles><style:master-page style:name="Page" style:page-layout-name="a4"/>'
    "</office:master-styles></office:document-styles>"
)


def _list_reglages() -> str:
    """The header of the table stays in sight: split after the first row."""
    nombres = {
        "HorizontalSplitMode": ("short", 0),
        "VerticalSplitMode": ("short", 2),
        "HorizontalSplitPosition": ("int", 0),
        "VerticalSplitPosition": ("int", 1),
        "ActiveSplitRange": ("short", 2),
        "PositionLeft": ("int", 0),
        "PositionRight": ("int", 0),
        "PositionTop": ("int", 0),
        "PositionBottom": ("int", 1),
    }
    return "".join(
        f'<config:config-item config:name="{nom}" config:type="{genre}">{valeur}</config:config-item>'
        for nom, (genre, valeur) in nombres.items()
    )


def make_reglages(feuille: str) -> str:
    """The first sheet, named, is the one that opens."""
    nom = escape(feuille)
    return (
        f"{_XML}<office:document-settings {_ESPACES_DE_NOMS}><office:settings>"
        '<config:config-item-set config:name="ooo:view-settings">'
        '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        '<config:config-item config:name="ViewId" config:type="string">view1</config:config-item>'
        '<config:config-item-map-named config:name="Tables">'
        f'<config:config-item-map-entry config:name="{nom}">{_list_reglages()}'
        "</config:config-item-map-entry></config:config-item-map-named>"
        f'<config:config-item config:name="ActiveTable" config:type="string">{nom}'
        "</config:config-item></config:config-item-map-entry></config:config-item-map-indexed>"
        "</config:config-item-set></office:settings></office:document-settings>"
    )


def _list_largeurs(colonnes: Sequence[int]) -> str:
    """One style per column: `t0`… for the table, `l0`… for the sheet that explains it."""
    largeurs = {f"t{rang}": largeur for rang, largeur in enumerate(colonnes)}
    largeurs |= {f"l{rang}": largeur for rang, largeur in enumerate(lire_moi.LARGEURS)}
    return "".join(
        f'<style:style style:name="{nom}" style:family="table-column"><style:table-column-properties '
        f'style:column-width="{largeur * _MM_PAR_CARACTERE:.1f}mm"/></style:style>'
        for nom, largeur in largeurs.items()
    )


def _make_cellule(nom: str, donnees: str = "", proprietes: str = "") -> str:
    format_de_donnees = f' style:data-style-name="{donnees}"' if donnees else ""
    return f'<style:style style:name="{nom}" style:family="table-cell"{format_de_donnees}>{proprietes}</style:style>'


def _list_nombres() -> str:
    """One style per number of decimals, thousands apart: `nombre0`…"""
    return "".join(
        f'<number:number-style style:name="n-nombre{n}" number:language="fr" number:country="FR">'
        f'<number:number number:decimal-places="{n}" number:min-decimal-places="{n}" '
        'number:min-integer-digits="1" number:grouping="true"/></number:number-style>'
        + _make_cellule(f"nombre{n}", f"n-nombre{n}")
        for n in range(tableur.DECIMALES + 1)
    )


_GRAS = '<style:text-properties fo:font-weight="bold"/>'
# A text right after a number would touch it.
_RETRAIT = '<style:table-cell-properties fo:padding-left="2mm"/>'
_HAUT = '<style:table-cell-properties style:vertical-align="top"/>'


def make_contenu(largeurs: Sequence[int]) -> str:
    """The head of the document, with the widths of the columns of the table."""
    return (
        f"{_XML}<office:document-content {_ESPACES_DE_NOMS}><office:automatic-styles>"
        '<number:date-style style:name="n-jour"><number:day number:style="long"/><number:text>/</number:text>'
        '<number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/>'
        "</number:date-style>"
        '<number:percentage-style style:name="n-part"><number:number number:decimal-places="0" '
        'number:min-integer-digits="1"/><number:text> %</number:text></number:percentage-style>'
        '<number:text-style style:name="n-texte"><number:text-content/></number:text-style>'
        '<style:style style:name="page" style:family="table" style:master-page-name="Page"/>'
        + _list_largeurs(largeurs)
        + _list_nombres()
        + _make_cellule("jour", "n-jour")
        + _make_cellule("part", "n-part")
        + _make_cellule("texte", "n-texte", _RETRAIT)
        + _make_cellule("mots", "", _RETRAIT)
        + _make_cellule(
            "titre",
            "",
            f'<style:table-cell-properties fo:background-color="#e8e8e8" fo:border-bottom="0.5pt solid #000000"/>{_GRAS}',
        )
        + _make_cellule("gras", "", _HAUT + _GRAS)
        + _make_cellule(
            "pli",
            "",
            '<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/>',
        )
        + "</office:automatic-styles><office:body><office:spreadsheet>"
    )


FIN_DU_CONTENU = (
    '</table:table><table:database-ranges><table:database-range table:name="__Anonymous_Sheet_DB__0" '
    'table:target-range-address="{etendue}" table:display-filter-buttons="true"/></table:database-ranges>'
    "</office:spreadsheet></office:body></office:document-content>"
)
