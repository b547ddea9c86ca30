"""A number shown as another one is refused; a sign that only decorates it changes nothing."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

import pytest

from quartiers.core.anomalie import Anomalie, DonneesRefusees
from quartiers.sources.lecture import read_table
from quartiers.sources.table import Colonnes, Table
from tests.sources.classeurs import (
    build_ods,
    build_sheet,
    build_xlsx,
    ods_number,
    ods_row,
    ods_text,
    write_rows,
)

COLONNES = Colonnes(("indicateur", "territoire", "date"), ("valeur", "source"))
ENTETE: list[str | float | None] = ["indicateur", "territoire", "date", "valeur"]
UN: list[str | float | None] = ["i1", "QN1", "2026-01-01", 1.0]


def read(octets: bytes) -> Table:
    """The table of a workbook."""
    return read_table(octets, "f.xlsx", COLONNES)


def get_refusals(octets: bytes) -> tuple[Anomalie, ...]:
    """Why a workbook is refused."""
    with pytest.raises(DonneesRefusees) as refus:
        read(octets)
    return refus.value.anomalies


STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts>{}</numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="{}"/></cellXfs></styleSheet>'
)


def build_format(code: str) -> bytes:
    """A workbook whose value is shown under a format: a number of the built-in ones, or its text."""
    integre = code.isdigit() and len(code) < 3 and code != "0"
    declare = "" if integre else f'<numFmt numFmtId="170" formatCode={quoteattr(code)}/>'
    lignes = (
        write_rows([ENTETE, UN[:3]]).removesuffix("</row>")
        + '<c r="D2" s="1"><v>82.5</v></c></row>'
    )
    styles = STYLES.format(declare, code if integre else "170")
    return build_xlsx({"F": build_sheet(lignes)}, styles=styles)


@pytest.mark.parametrize(
    "code",
    ['0" %"', '0.0"%"', r"0\%", r"0.0\ \%", "0_%", '# ##0,0" % "', "0*%", '"en % : "0', "General", "#,##0.00", "2", "0.00E+00", '0"/5"', r"0\/5", '[<1]0.0;0" %"', '#,##0 "€/m"'],
)  # fmt: skip
def test_a_sign_that_only_decorates_changes_nothing(code: str) -> None:
    assert [ligne["valeur"] for ligne in read(build_format(code))] == ["82.5"]


@pytest.mark.parametrize(
    ("code", "mot"),
    [
        *((code, "pourcentage") for code in ("9", "10", "0%", r"0\ %", "0.0 %;[Red]-0.0 %", '"p. "0%', "[Blue]0.00%", '"a""b"0%', "0;0%")),
        *((code, "fraction") for code in ("12", "13", "# ?/?", "# ??/??", "# ??/100", "#,##0 ?/8", "?/?", "0 0/0", "_-* # ?/?_-", '#" "?/?')),
    ],
)  # fmt: skip
def test_a_number_shown_as_another_is_refused(code: str, mot: str) -> None:
    (refus,) = get_refusals(build_format(code))
    assert (refus.ligne, refus.colonne) == (2, "valeur")
    assert refus.raison.startswith(f"cellule au format {mot} : écrire")


FRACTION_ODS = (
    '<number:number-style style:name="N1"><number:fraction/></number:number-style>'
    '<number:number-style style:name="N2"><number:number/><number:text> %</number:text></number:number-style>'
    '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>'
    '<style:style style:name="ce2" style:family="table-cell" style:data-style-name="N2"/>'
    '<style:style style:name="ce3" style:family="table-cell" style:parent-style-name="ce1"/>'
)


@pytest.mark.parametrize(
    ("colonnes", "ligne", "cellule", "refusee"),
    [
        ("", "", ' table:style-name="ce1"', True),
        ("", "", ' table:style-name="ce3"', True),
        ("", ' table:default-cell-style-name="ce1"', "", True),
        ('<table:table-column/><table:table-column table:number-columns-repeated="9" table:default-cell-style-name="ce1"/>', "", "", True),
        ('<table:table-column table:number-columns-repeated="9" table:default-cell-style-name="ce1"/>', "", ' table:style-name="ce2"', False),
        ("", "", ' table:style-name="ce2"', False),
    ],
)  # fmt: skip
def test_a_fraction_of_an_ods_is_refused(
    colonnes: str, ligne: str, cellule: str, refusee: bool
) -> None:
    octets = build_ods(
        colonnes
        + ods_row(*map(ods_text, map(str, ENTETE)))
        + ods_row(
            ods_text("i"), ods_text("t"), ods_text("d"), ods_number(0.825, cellule), plus=ligne
        ),
        styles=FRACTION_ODS,
    )
    if refusee:
        assert [a.ligne for a in get_refusals(octets) if "fraction" in a.raison] == [2]
    else:
        assert [x["valeur"] for x in read(octets)] == ["0.825"]


def test_a_doubtful_cell_repeated_is_refused_in_each_place() -> None:
    pourcent = '<table:table-cell table:number-columns-repeated="2" office:value-type="percentage" office:value="0.8"><text:p>80 %</text:p></table:table-cell>'
    table = ods_row(
        *map(ods_text, ["indicateur", "territoire", "date", "note", "valeur"])
    ) + ods_row(ods_text("i"), ods_text("t"), ods_text("d"), pourcent, repete=2)
    assert [(a.ligne, a.colonne) for a in get_refusals(build_ods(table))] == [
        (2, "valeur"),
        (3, "valeur"),
    ]
