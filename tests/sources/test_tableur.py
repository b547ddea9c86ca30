"""Workbooks: the same rows as a CSV, or a refusal; never fewer rows than the sheet holds."""

from __future__ import annotations

import struct
import zipfile
import zlib

import pytest

from quartiers.core.anomalie import DonneesRefusees
from quartiers.sources import feuille, feuille_xlsx
from quartiers.sources.lecture import read_table
from quartiers.sources.lecture_tableur import format_valeur
from quartiers.sources.octets import Limites
from quartiers.sources.table import Colonnes, Table
from quartiers.sources.zip_sur import read_zip
from tests.sources.classeurs import (
    build_ods,
    build_sheet,
    build_xlsx,
    ods_date,
    ods_empty,
    ods_number,
    ods_row,
    ods_text,
    write_rows,
    xlsx_of,
    zip_parts,
)

COLONNES = Colonnes(("code", "nom"), ("valeur",))
ENTETE: list[str | float | None] = ["code", "nom", "valeur"]
PETITES = Limites(deploye=2_000_000, ratio=20, ratio_des=100_000)


def read(octets: bytes, **options: str) -> Table:
    """The table of a workbook."""
    return read_table(octets, "f.xlsx", COLONNES, feuille=options.get("feuille"))


def list_rows(table: Table) -> list[tuple[int, str, str, str]]:
    """Line and cells of every row."""
    return [(ligne.numero, ligne["code"], ligne["nom"], ligne["valeur"]) for ligne in table]


def test_a_lying_dimension_loses_no_row() -> None:
    corps: list[list[str | float | None]] = [[f"{i:05d}", "x", float(i)] for i in range(10_000)]
    rangees = [ENTETE, *corps]
    octets = xlsx_of(rangees, avant='<dimension ref="A1:A2"/>')
    assert [ligne["code"] for ligne in read(octets)] == [f"{i:05d}" for i in range(10_000)]


def test_types_go_back_to_text() -> None:
    lignes = write_rows([ENTETE]) + (
        '<row r="2"><c r="A2"><v>1004</v></c><c r="B2" t="b"><v>1</v></c><c r="C2"><v>82.900000000000006</v></c></row>'
        '<row r="4"><c r="A4"><v>0.1</v></c><c r="B4" t="d"><v>2024-02-29</v></c><c r="C4"><f>0.1+0.2</f><v>0.30000000000000004</v></c></row>'
        '<row r="5"><c r="A5" t="str"><f>"x"</f><v>x</v></c><c r="B5"><v>123456789012</v></c><c r="C5"><v>0.0000001</v></c></row>'
    )
    assert list_rows(read(build_xlsx({"F": build_sheet(lignes)}))) == [
        (2, "1004", "VRAI", "82.9"),
        (4, "0.1", "2024-02-29", "0.3"),
        (5, "x", "123456789012", "0.0000001"),
    ]


def test_a_date_style_gives_an_iso_date() -> None:
    styles = (
        '<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    )
    lignes = (
        write_rows([ENTETE])
        + '<row r="2"><c r="A2"><v>1</v></c><c r="B2" s="1"><v>45505</v></c></row>'
    )
    octets = build_xlsx({"F": build_sheet(lignes)}, styles=styles)
    assert list_rows(read(octets)) == [(2, "1", "2024-08-01", "")]


def test_a_title_above_the_header_is_skipped_and_lines_stay_physical() -> None:
    octets = xlsx_of([["Titre"], ["Mise en ligne le 1er août"], [None], ENTETE, ["1", "a", 2.0]])
    assert list_rows(read(octets)) == [(5, "1", "a", "2")]


def test_the_sheet_that_has_the_columns_is_read_and_the_others_told() -> None:
    autre = build_sheet(write_rows([["rien", "ici"]]))
    bonne = build_sheet(write_rows([ENTETE, ["1", "a", None]]))
    table = read(build_xlsx({"notes": autre, "masquee": bonne}))
    assert list_rows(table) == [(2, "1", "a", "")]
    assert [a.raison for a in table.avis] == [
        "feuille « notes » non lue : 1 ligne (n° 1)",
        "feuille « masquee » masquée, lue quand même",
    ]


def test_two_sheets_with_the_columns_are_refused_unless_one_is_named() -> None:
    feuilles = {
        nom: build_sheet(write_rows([ENTETE, [nom, "a", None]])) for nom in ("mars", "avril")
    }
    with pytest.raises(DonneesRefusees, match="« mars », ligne 1 et « avril », ligne 1"):
        read(build_xlsx(feuilles))
    assert list_rows(read(build_xlsx(feuilles), feuille="avril")) == [(2, "avril", "a", "")]
    with pytest.raises(DonneesRefusees, match="« mai » absente"):
        read(build_xlsx(feuilles), feuille="mai")


@pytest.mark.parametrize(
    ("cellule", "raison"),
    [
        ('<c r="C2" t="e"><v>#N/A</v></c>', "cellule en erreur"),
        ('<c r="C2"><f>1+1</f></c>', "formule sans valeur calculée"),
        ('<c r="C2" s="1"><v>0.825</v></c>', "pourcentage"),
        ('<c r="C2" s="2"><v>0.825</v></c>', "pourcentage"),
    ],
)
def test_a_cell_that_would_read_as_blank_or_as_another_number_is_refused(
    cellule: str, raison: str
) -> None:
    styles = (
        '<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<numFmts><numFmt numFmtId="170" formatCode="0.0%"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="170"/></cellXfs></styleSheet>'
    )
    debut = (
        '<c r="A2" t="inlineStr"><is><t>1</t></is></c><c r="B2" t="inlineStr"><is><t>a</t></is></c>'
    )
    lignes = write_rows([ENTETE]) + f'<row r="2">{debut}{cellule}</row>'
    with pytest.raises(DonneesRefusees) as refus:
        read(build_xlsx({"F": build_sheet(lignes)}, styles=styles))
    (anomalie,) = refus.value.anomalies
    assert (anomalie.ligne, anomalie.colonne, raison in anomalie.raison) == (2, "valeur", True)


def test_an_error_in_a_column_that_is_not_read_does_not_matter() -> None:
    lignes = write_rows([["code", "nom", "remarque"]]) + (
        '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>2</v></c><c r="C2" t="e"><v>#REF!</v></c></row>'
    )
    assert [ligne["nom"] for ligne in read(build_xlsx({"F": build_sheet(lignes)}))] == ["2"]


def test_a_value_right_of_the_header_is_refused() -> None:
    with pytest.raises(DonneesRefusees, match="5 cellules au lieu de 3"):
        read(xlsx_of([ENTETE, ["1", "a", None, None, "perdu"]]))


def test_one_cell_at_the_end_of_the_world_is_refused_before_memory_is() -> None:
    lignes = write_rows([ENTETE]) + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    with pytest.raises(DonneesRefusees, match="trop grande"):
        read(build_xlsx({"F": build_sheet(lignes)}))


def test_an_empty_cell_far_away_is_nothing() -> None:
    lignes = (
        write_rows([ENTETE, ["1", "a", None]]) + '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    )
    assert list_rows(read(build_xlsx({"F": build_sheet(lignes)}))) == [(2, "1", "a", "")]


@pytest.mark.parametrize(
    "lignes",
    [
        '<row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row>',
        '<row r="3"><c r="A3"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>',
        '<row r="2"><c r="A3"><v>1</v></c></row>',
        '<row r="2"><c r="12"><v>1</v></c></row>',
        '<row r="deux"><c><v>1</v></c></row>',
        "<row><c>",
    ],
)
def test_a_damaged_sheet_is_refused(lignes: str) -> None:
    with pytest.raises(DonneesRefusees, match="abîmé"):
        read(build_xlsx({"F": build_sheet(write_rows([ENTETE]) + lignes)}))


@pytest.mark.parametrize(
    "sheet",
    [
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]>'
        + build_sheet("")[21:],
        ('<?xml version="1.0" encoding="UTF-16"?>' + build_sheet("")[21:]).encode("utf-16"),
        build_sheet("")[21:].encode("utf-16-le"),
        build_sheet("")[21:].encode("utf-16-be"),
    ],
)
def test_entities_are_refused(sheet: str | bytes) -> None:
    with pytest.raises(DonneesRefusees, match="classeur refusé"):
        read(build_xlsx({"F": ""}, extra={"xl/worksheets/sheet1.xml": sheet}))


def test_a_bomb_is_refused_from_its_directory_and_while_inflating() -> None:
    gros = zip_parts({"xl/workbook.xml": "<a/>" + " " * 1_500_000})
    with pytest.raises(DonneesRefusees, match="taux de compression"):
        read_zip(gros, "f", PETITES)
    with pytest.raises(DonneesRefusees, match="taux de compression"):
        read_zip(lie_about_size(gros, 10), "f", PETITES)


def lie_about_size(octets: bytes, taille: int) -> bytes:
    """The same zip, whose directory announces another size, as a bomb does."""
    debut = octets.rindex(b"PK\x01\x02")
    return octets[: debut + 24] + struct.pack("<I", taille) + octets[debut + 28 :]


def test_a_part_that_is_not_what_it_says_is_refused() -> None:
    octets = zip_parts({"content.xml": "<a/>" * 10})
    with pytest.raises(DonneesRefusees, match="n’est pas ce qui est annoncé"):
        read_zip(lie_about_size(octets, 12), "f")


def test_hostile_directories_are_refused() -> None:
    with pytest.raises(DonneesRefusees, match="plus de 2000 parties"):
        read_zip(zip_parts({f"p{i}": "" for i in range(2_001)}), "f")
    octets = zip_parts({"a": "x"})
    debut = octets.rindex(b"PK\x01\x02")
    chiffre = octets[: debut + 8] + b"\x01\x00" + octets[debut + 10 :]
    with pytest.raises(DonneesRefusees, match="mot de passe"):
        read_zip(chiffre, "f")
    with pytest.raises(DonneesRefusees, match="tronqué"):
        read_zip(octets[: len(octets) // 2], "f")
    with pytest.raises(DonneesRefusees, match="ni un classeur"):
        read(zip_parts({"lisez-moi.txt": "x"}))
    with pytest.raises(DonneesRefusees, match="vide"):
        read(build_xlsx({"F": build_sheet("")}))


@pytest.mark.parametrize("methode", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_checksums_are_those_of_the_content(methode: int) -> None:
    octets = bytearray(zip_parts({"content.xml": "<a>bonjour</a>"}))
    if methode == zipfile.ZIP_DEFLATED:
        debut = bytes(octets).rindex(b"PK\x01\x02")
        octets[debut + 16 : debut + 20] = struct.pack("<I", zlib.crc32(b"autre"))
        with pytest.raises(DonneesRefusees, match="n’est pas ce qui est annoncé"):
            read_zip(bytes(octets), "f")
    else:
        assert read_zip(bytes(octets), "f") == {"content.xml": b"<a>bonjour</a>"}


def test_fewer_rows_read_than_present_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second reader is what catches a first reader that stops early: pretend it saw one row more."""
    vrai = feuille_xlsx.LecteurXlsx.read

    def see_one_more(self: feuille_xlsx.LecteurXlsx, contenu: bytes) -> feuille.Feuille:
        etendue = vrai(self, contenu)
        etendue.derniere_ligne += 1
        return etendue

    monkeypatch.setattr(feuille_xlsx.LecteurXlsx, "read", see_one_more)
    with pytest.raises(DonneesRefusees, match="2 lignes lues sur 3 présentes"):
        read(xlsx_of([ENTETE, ["1", "a", None]]))


def test_an_ods_gives_the_same_rows() -> None:
    table = (
        ods_row(ods_text("code"), ods_text("nom"), ods_text("valeur"), ods_empty(1_021))
        + ods_row(ods_text("01004"), ods_date("2024-08-01"), ods_number(82.9))
        + ods_row(ods_empty(1_024), repete=2)
        + ods_row(ods_text("=1"), ods_text("été"), ods_empty(), repete=2)
        + ods_row(ods_empty(1_024), repete=1_048_570)
    )
    assert list_rows(read(build_ods(table))) == [
        (2, "01004", "2024-08-01", "82.9"),
        (5, "=1", "été", ""),
        (6, "=1", "été", ""),
    ]


@pytest.mark.parametrize(
    ("cellule", "raison"),
    [
        ('<table:table-cell office:value-type="percentage" office:value="0.8"><text:p>80 %</text:p></table:table-cell>', "pourcentage"),
        ('<table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>', "cellule en erreur"),
        ('<table:table-cell table:formula="of:=1+1"/>', "formule sans valeur calculée"),
    ],
)  # fmt: skip
def test_an_ods_cell_that_cannot_be_trusted_is_refused(cellule: str, raison: str) -> None:
    table = ods_row(ods_text("code"), ods_text("nom"), ods_text("valeur")) + ods_row(
        ods_text("1"), ods_text("a"), cellule
    )
    with pytest.raises(DonneesRefusees, match=rf"ligne 2, colonne « valeur » : .*{raison}"):
        read(build_ods(table))


def test_an_ods_repeated_to_the_end_of_the_world_is_refused() -> None:
    table = ods_row(ods_text("code"), ods_text("nom")) + ods_row(
        '<table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p></table:table-cell>',
        repete=1_048_000,
    )
    with pytest.raises(DonneesRefusees, match="trop grande"):
        read(build_ods(table))


@pytest.mark.parametrize(
    ("valeur", "texte"),
    [(6.4999999999999994e-05, "0.000065"), (1e-06, "0.000001"), (1e20, "1" + "0" * 20)],
)
def test_un_tres_petit_nombre_garde_les_chiffres_que_le_tableur_montre(
    valeur: float, texte: str
) -> None:
    assert format_valeur(valeur) == texte
