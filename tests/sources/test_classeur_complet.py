"""A workbook loses no row: rows present are rows read, or rows told of with their numbers, or it is refused."""

from __future__ import annotations

import pytest

from quartiers.core.anomalie import Anomalie, DonneesRefusees
from quartiers.sources import lecture_tableur
from quartiers.sources.choix_feuille import Onglet
from quartiers.sources.lecture import read_table
from quartiers.sources.table import Colonnes, Table
from tests.sources.classeurs import (
    build_ods,
    build_sheet,
    build_xlsx,
    ods_empty,
    ods_number,
    ods_row,
    ods_text,
    write_rows,
    xlsx_of,
)

COLONNES = Colonnes(("indicateur", "territoire", "date"), ("valeur", "source"))
ENTETE: list[str | float | None] = ["indicateur", "territoire", "date", "valeur"]
UN: list[str | float | None] = ["i1", "QN1", "2026-01-01", 1.0]
DEUX: list[str | float | None] = ["i2", "QN2", "2026-01-02", 2.0]
LUES = [("i1", "1"), ("i2", "2")]
SANS_LIGNE = "aucune ligne sous l’en-tête"
Rangees = list[list[str | float | None]]


def read(octets: bytes) -> Table:
    """The table of a workbook."""
    return read_table(octets, "f.xlsx", COLONNES)


def read_sheets(**feuilles: Rangees) -> Table:
    """The table of a workbook of these sheets."""
    return read(build_xlsx({nom: build_sheet(write_rows(r)) for nom, r in feuilles.items()}))


def list_values(table: Table) -> list[tuple[str, str]]:
    """What is read."""
    return [(ligne["indicateur"], ligne["valeur"]) for ligne in table]


def list_reasons(table: Table) -> list[str]:
    """What is told."""
    return [avis.raison for avis in table.avis]


def get_refusals(octets: bytes) -> tuple[Anomalie, ...]:
    """Why a workbook is refused."""
    with pytest.raises(DonneesRefusees) as refus:
        read(octets)
    return refus.value.anomalies


# Sheets


def test_a_template_without_rows_does_not_win_over_the_sheet_that_was_filled() -> None:
    modele: Rangees = [[*ENTETE, "source"]]
    table = read_sheets(Saisie=[ENTETE, UN, DEUX], Modele=modele)
    assert list_values(table) == LUES
    assert list_reasons(table) == [f"feuille « Modele » non lue : 1 ligne (n° 1), {SANS_LIGNE}"]
    assert table.fichier == "f.xlsx, feuille « Saisie »"


@pytest.mark.parametrize("sous", [[], [[None, None]], [["", "  "], [None], [" "]]])
def test_a_header_alone_is_refused(sous: Rangees) -> None:
    (seule,) = get_refusals(xlsx_of([["Titre"], ENTETE, *sous]))
    assert seule.raison == f"{SANS_LIGNE} (« Feuille1 », ligne 2)"
    assert [
        a.raison for a in get_refusals(build_ods(ods_row(*map(ods_text, map(str, ENTETE)))))
    ] == [f"{SANS_LIGNE} (« F1 », ligne 1)"]


def test_two_empty_templates_are_both_named() -> None:
    with pytest.raises(DonneesRefusees, match="« A », ligne 1 et « B », ligne 2"):
        read_sheets(A=[ENTETE], B=[["Titre"], ENTETE], C=[["autre chose"]])


@pytest.mark.parametrize("plus", [[], ["source"]])
def test_a_second_sheet_that_has_the_columns_is_refused_even_with_fewer_of_them(
    plus: list[str],
) -> None:
    with pytest.raises(
        DonneesRefusees, match="« janvier », ligne 1 et « masquee », ligne 3, masquée"
    ):
        read_sheets(janvier=[[*ENTETE, *plus], UN], masquee=[["x"], [None], ENTETE[:3], DEUX[:3]])


def test_a_year_of_twelve_sheets_is_refused_and_names_them_all() -> None:
    with pytest.raises(DonneesRefusees) as refus:
        read_sheets(**{f"m{i}": [ENTETE, UN] for i in range(1, 13)})
    assert all(f"« m{i} », ligne 1" in str(refus.value) for i in range(1, 13))


def test_a_month_whose_columns_are_all_misspelled_is_refused_too() -> None:
    with pytest.raises(DonneesRefusees, match="« mars », ligne 1 a aussi ces colonnes"):
        read_sheets(
            fevrier=[ENTETE, UN], mars=[["indicateurs", "territoires", "dates", "valeurs"], DEUX]
        )


@pytest.mark.parametrize("faute", ["dates", "indicateurs", "territoir"])
def test_a_month_whose_column_is_misspelled_is_refused_with_the_others(faute: str) -> None:
    voulue = {"dates": "date", "indicateurs": "indicateur", "territoir": "territoire"}[faute]
    abime: Rangees = [[faute if nom == voulue else nom for nom in ENTETE], DEUX]
    with pytest.raises(
        DonneesRefusees, match=f"« mars », ligne 1 a aussi .*« {faute} » pour « {voulue} »"
    ):
        read_sheets(fevrier=[ENTETE, UN], mars=abime)


def test_a_sheet_that_goes_on_without_a_header_is_refused() -> None:
    suite: Rangees = [[None], ["i2", "QN1", "2026-03-01", 4.0], DEUX]
    with pytest.raises(DonneesRefusees, match=r"« Suite », ligne 2, continue .* sans en-tête"):
        read_sheets(Releves=[ENTETE, UN, DEUX], Suite=suite)


def test_the_targets_and_a_list_of_codes_in_the_same_workbook_are_only_told() -> None:
    cibles: Rangees = [
        ["indicateur", "territoire", "operateur", "valeur"],
        ["i1", "QN1", ">=", 1.0],
    ]
    table = read_sheets(Releves=[ENTETE, UN, DEUX], Cibles=cibles, Codes=[["i1"], ["i2"], ["QN1"]])
    assert list_values(table) == LUES
    assert list_reasons(table) == [
        "feuille « Cibles » non lue : 2 lignes (n° 1 à 2), sans la colonne « date »",
        "feuille « Codes » non lue : 3 lignes (n° 1 à 3)",
    ]


def test_other_sheets_are_told_with_their_rows() -> None:
    table = read_sheets(
        Notes=[["Bonjour"], [None], ["à relire"], ["à signer"]],
        Releves=[ENTETE, UN, DEUX],
        Liste=[["territoire", "nom"], ["QN1", "Les Tilleuls"]],
        Vide=[],
    )
    assert list_values(table) == LUES
    assert [str(avis) for avis in table.avis] == [
        "f.xlsx : feuille « Notes » non lue : 3 lignes (n° 1, 3 à 4)",
        "f.xlsx : feuille « Liste » non lue : 2 lignes (n° 1 à 2), sans la colonne « indicateur », « date »",
    ]


def test_a_sheet_that_lacks_a_column_is_refused_by_its_name_rather_than_lost_to_a_template() -> (
    None
):
    with pytest.raises(
        DonneesRefusees, match=r"f.xlsx, feuille « Saisie », ligne 1, colonne « date »"
    ):
        read_sheets(Modele=[ENTETE], Saisie=[["indicateur", "territoire", "jour"], UN[:3]])


def test_one_sheet_is_not_named() -> None:
    assert read(xlsx_of([ENTETE, UN])).fichier == "f.xlsx"


# Tables and headers of one sheet


@pytest.mark.parametrize(
    ("second", "ligne"),
    [
        ([ENTETE], 3),
        ([[None], [None], ["Avenant"], ENTETE], 6),
        ([["date", "territoire", "indicateur", "valeur"]], 3),
        ([[None, None, None, None, None, None, *ENTETE]], 3),
        ([["indicateur", "cible", "territoire"]], 3),
        ([[None], *[list(DEUX) for _ in range(80)], ENTETE], 84),
        ([["valeur", "source", "signé", None]], 3),
        ([[" Indicateur", "TERRITOIRE ", "Date"]], 3),
    ],
)
def test_a_second_header_is_refused_with_both_rows(second: Rangees, ligne: int) -> None:
    refus = get_refusals(xlsx_of([ENTETE, UN, *second, DEUX]))
    assert refus[0].ligne == ligne
    assert "autre ligne d’en-tête que celle de la ligne 1" in refus[0].raison


def test_a_richer_header_below_does_not_hide_the_first_table() -> None:
    refus = get_refusals(xlsx_of([["Titre"], ENTETE, UN, [*ENTETE, "source"], DEUX]))
    assert (refus[0].ligne, "de la ligne 4" in refus[0].raison) == (2, True)


def test_a_second_table_beside_is_refused() -> None:
    refus = get_refusals(xlsx_of([[*ENTETE, None, *ENTETE], [*UN, None, *DEUX]]))
    assert {a.colonne for a in refus} >= {"indicateur", "territoire", "date", "valeur"}


def test_a_word_of_the_header_inside_the_data_is_a_datum() -> None:
    table = read(xlsx_of([[*ENTETE, "source"], [*UN, "date"], [*DEUX, "Valeur"]]))
    assert (list_values(table), [ligne["source"] for ligne in table]) == (LUES, ["date", "Valeur"])


def test_titles_and_blank_rows_are_told_with_their_numbers_and_totals_are_data() -> None:
    total: list[str | float | None] = ["Total", None, None, 3.0]
    octets = xlsx_of([["Titre"], [None], ["le 3"], ENTETE, UN, [None], [" "], DEUX, [None], total])
    table = read(octets)
    assert [(ligne.numero, ligne["valeur"]) for ligne in table] == [(5, "1"), (8, "2"), (10, "3")]
    assert list_reasons(table) == [
        "lignes au-dessus de l’en-tête, non lues : n° 1, 3",
        "lignes vides sautées : 3 (n° 6 à 7, 9)",
    ]


def test_a_header_far_below_is_found() -> None:
    titres: Rangees = [["titre"] for _ in range(70)]
    table = read(xlsx_of([*titres, ENTETE, UN, DEUX]))
    assert list_values(table) == LUES
    assert list_reasons(table) == ["lignes au-dessus de l’en-tête, non lues : n° 1 à 70"]


def test_rows_and_cells_without_a_reference_keep_their_place() -> None:
    textes = ["indicateur", "territoire", "date", "i1", "QN1", "2026-01-01"]
    partages = "".join(f"<si><t>{t}</t></si>" for t in textes)
    lignes = (
        "<row>" + "".join(f'<c t="s"><v>{i}</v></c>' for i in range(3)) + "</row>"
        "<row>" + "".join(f'<c t="s"><v>{i}</v></c>' for i in range(3, 6)) + "</row>"
        '<row r="5"><c t="inlineStr"><is><r><t>i</t></r><r><t>2</t></r></is></c>'
        '<c r="C5" t="inlineStr"><is><t>2026-01-02</t></is></c></row><row><c><v>3</v></c></row>'
    )
    table = read(build_shared({"F": build_sheet(lignes)}, partages))
    assert [(n.numero, n["indicateur"], n["territoire"], n["date"]) for n in table] == [
        (2, "i1", "QN1", "2026-01-01"),
        (5, "i2", "", "2026-01-02"),
        (6, "3", "", ""),
    ]


def build_shared(feuilles: dict[str, str], partages: str) -> bytes:
    """A workbook whose texts are kept apart."""
    espace = "http://schemas.openxmlformats.org"
    relations = (
        f'<Relationships xmlns="{espace}/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{espace}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{espace}/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>"
    )
    return build_xlsx(
        feuilles,
        extra={
            "xl/_rels/workbook.xml.rels": relations,
            "xl/sharedStrings.xml": f'<sst xmlns="{espace}/spreadsheetml/2006/main">{partages}</sst>',
        },
    )


def test_a_row_lost_in_the_middle_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extent alone would not see it: pretend that the first reader gives a blank row for a full one."""
    vrai = lecture_tableur.format_valeur
    monkeypatch.setattr(lecture_tableur, "format_valeur", lambda v: "" if v in UN else vrai(v))
    with pytest.raises(DonneesRefusees, match="la lecture a perdues, n° 2"):
        read(xlsx_of([ENTETE, UN, DEUX]))


# Merged cells


@pytest.mark.parametrize(
    ("plages", "attendues"),
    [
        (["C3:C4"], [(3, "date", "C3:C4")]),
        (["A2:D2"], [(2, "indicateur", "A2:D2")]),
        (["A1:A2"], [(1, "indicateur", "A1:A2")]),
        (["D4:F4"], [(4, "valeur", "D4:F4")]),
        (["C3:C4", "A5:A6"], [(3, "date", "C3:C4"), (5, "indicateur", "A5:A6")]),
    ],
)
def test_merged_cells_of_the_table_are_refused_with_their_range(
    plages: list[str], attendues: list[tuple[int, str, str]]
) -> None:
    rangees: Rangees = [ENTETE, UN, DEUX, UN, DEUX, UN]
    fusions = "".join(f'<mergeCell ref="{plage}"/>' for plage in plages)
    refus = get_refusals(xlsx_of(rangees, apres=f"<mergeCells>{fusions}</mergeCells>"))
    assert [(a.ligne, a.colonne, a.raison) for a in refus] == [
        (ligne, colonne, f"cellules {plage} fusionnées : défusionner et recopier la valeur")
        for ligne, colonne, plage in attendues
    ]


def test_a_title_merged_above_a_merged_cell_of_the_table_is_not_named() -> None:
    fusions = '<mergeCells><mergeCell ref="A1:AB1"/><mergeCell ref="C3:C4"/></mergeCells>'
    refus = get_refusals(xlsx_of([["Relevés"], ENTETE, UN, DEUX], apres=fusions))
    assert [a.raison.split(" : ")[0] for a in refus] == ["cellules C3:C4 fusionnées"]


@pytest.mark.parametrize("plage", ["A1:D1", "A1:B2", "E5:E6", "H1:H9", "B4", "A40:D41"])
def test_merged_cells_elsewhere_are_harmless(plage: str) -> None:
    rangees: Rangees = [["Titre"], [None], [*ENTETE, "remarque"], [*UN, "r"], [*DEUX, "s"]]
    octets = xlsx_of(rangees, apres=f'<mergeCells><mergeCell ref="{plage}"/></mergeCells>')
    assert list_values(read(octets)) == LUES


def test_merged_cells_of_an_ods_are_refused_with_their_range() -> None:
    couverte = '<table:covered-table-cell table:number-columns-repeated="{}"/>'
    table = (
        ods_row(ods_text("Titre", ' table:number-columns-spanned="4"'), couverte.format(3))
        + ods_row(*map(ods_text, map(str, ENTETE)))
        + ods_row(ods_text("i1"), ods_text("QN1"), ods_text("2026-01-01", ' table:number-rows-spanned="2"'), ods_number(1))
        + ods_row(ods_text("i2"), ods_text("QN2"), couverte.format(1), ods_number(2))
        + ods_row(ods_text("i2", ' table:number-columns-spanned="2" table:number-rows-spanned="1"'), couverte.format(1), ods_text("2026-01-01"))
    )  # fmt: skip
    assert [
        (a.ligne, a.colonne, a.raison.split(" : ")[0]) for a in get_refusals(build_ods(table))
    ] == [
        (3, "date", "cellules C3:C4 fusionnées"),
        (5, "indicateur", "cellules A5:B5 fusionnées"),
    ]


# Hidden rows and columns


def test_hidden_rows_and_columns_are_read_and_told() -> None:
    lignes = write_rows([ENTETE, UN, DEUX, UN, DEUX, UN])
    for ligne, marque in ((3, 'hidden="1"'), (4, 'hidden="true"'), (6, 'ht="0" customHeight="1"')):
        lignes = lignes.replace(f'<row r="{ligne}"', f'<row r="{ligne}" {marque}')
    lignes = lignes.replace('<row r="2"', '<row r="2" hidden="0" ht="15.5"')
    colonnes = '<cols><col min="2" max="3" hidden="1"/><col min="4" max="4" width="9"/><col min="9" max="20" hidden="1"/></cols>'
    table = read(build_xlsx({"F": build_sheet(lignes, avant=colonnes)}))
    assert len(table) == 5
    assert [str(avis) for avis in table.avis] == [
        "f.xlsx : lignes masquées ou filtrées, lues quand même : n° 3 à 4, 6",
        "f.xlsx, colonne « territoire » : colonne B masquée, lue quand même",
        "f.xlsx, colonne « date » : colonne C masquée, lue quand même",
    ]


def test_hidden_rows_and_columns_of_an_ods_are_read_and_told() -> None:
    def write(nom: str, plus: str = "") -> str:
        cellules = (ods_text(nom), ods_text("QN1"), ods_text("2026-01-01"), ods_number(1))
        return ods_row(*cellules, plus=plus)

    table = (
        "<table:table-column/>"
        '<table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
        + ods_row(*map(ods_text, map(str, ENTETE)))
        + write("i1")
        + write("i2", plus=' table:visibility="filter"')
        + '<table:table-row-group table:display="false">'
        + write("i3")
        + "</table:table-row-group>"
        + write("i4")
        + write("i5", plus=' table:visibility="collapse" table:number-rows-repeated="2"')
        + ods_row(ods_empty(1_024), repete=1_048_000, plus=' table:visibility="collapse"')
    )
    lue = read(build_ods(table))
    assert [ligne["indicateur"] for ligne in lue] == ["i1", "i2", "i3", "i4", "i5", "i5"]
    assert list_reasons(lue) == [
        "lignes masquées ou filtrées, lues quand même : n° 3 à 4, 6 à 7",
        "colonne B masquée, lue quand même",
        "colonne C masquée, lue quand même",
    ]


def test_onglets_know_their_extent() -> None:
    (onglet,) = lecture_tableur.read_onglets(xlsx_of([ENTETE, UN]), "f")
    assert isinstance(onglet, Onglet)
    assert (onglet.etendue.derniere_ligne, onglet.etendue.pleines) == (2, [(1, 1), (2, 2)])


def test_a_doubtful_cell_repeated_below_the_table_is_told_once() -> None:
    """Two thousand million repetitions are one fault, not an hour of them."""
    formule = '<table:table-cell table:formula="of:=1"/>'
    octets = build_ods(
        ods_row(*(ods_text(str(nom)) for nom in ENTETE))
        + ods_row(ods_text("i1"), ods_text("QN1"), ods_text("2026-01-01"), ods_number(1.0))
        + ods_row(formule, repete=2_000_000_000)
    )
    with pytest.raises(DonneesRefusees) as refus:
        read_table(octets, "f.ods", COLONNES)
    assert [(a.ligne, a.colonne) for a in refus.value.anomalies] == [(3, "indicateur")]


@pytest.mark.parametrize(
    "avant", ['<cols><col hidden="1"/></cols>', '<cols><col min="1" width="0"/></cols>']
)
def test_a_hidden_column_without_its_numbers_is_a_damaged_workbook(avant: str) -> None:
    with pytest.raises(DonneesRefusees, match="classeur abîmé"):
        read_table(xlsx_of([ENTETE, UN], avant=avant), "f.xlsx", COLONNES)


def test_a_cell_outside_any_table_is_a_damaged_workbook() -> None:
    with pytest.raises(DonneesRefusees, match="classeur abîmé"):
        read_table(build_ods(styles=ods_row(ods_text("a"))), "f.ods", COLONNES)
