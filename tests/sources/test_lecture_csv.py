"""One table, however it was written down, gives the same rows; what is not that table is refused."""

from __future__ import annotations

import csv
import gzip
import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quartiers.core.anomalie import Anomalie, DonneesRefusees
from quartiers.sources.lecture import read_json, read_table
from quartiers.sources.table import Colonnes, Table
from quartiers.sources.texte import LIGNE_MAX, split_lines
from tests.sources.classeurs import xlsx_of

COLONNES = Colonnes(("code", "nom"), ("valeur", "commentaire"))
NOMS = ["code", "nom", "valeur", "commentaire"]

# No edge blanks, which reading strips.
LETTRES = st.sampled_from("aeéèçœ€ABZ019;,\t\"'- .\n")
CELLULE = st.text(LETTRES, max_size=12).map(lambda t: re.sub(r"^[\s'=]+|\s+$", "", t))
RANGEES = st.lists(st.tuples(CELLULE.filter(bool), CELLULE, CELLULE, CELLULE), max_size=6)


def write_csv(rangees: list[tuple[str, ...]], separateur: str, fin: str) -> str:
    """A CSV of these rows under the four column names, line breaks in cells written like line ends."""
    tampon = io.StringIO(newline="")
    plume = csv.writer(tampon, delimiter=separateur, lineterminator=fin)
    plume.writerow(NOMS)
    plume.writerows([tuple(c.replace("\n", fin) for c in rangee) for rangee in rangees])
    return tampon.getvalue()


def list_cells(table: Table) -> list[tuple[str, ...]]:
    """The four cells of every row."""
    return [tuple(ligne[nom] for nom in NOMS) for ligne in table]


def read(texte: str | bytes, colonnes: Colonnes = COLONNES) -> Table:
    """The table of a text or of bytes."""
    return read_table(texte if isinstance(texte, bytes) else texte.encode(), "f.csv", colonnes)


def get_refusals(texte: str | bytes, colonnes: Colonnes = COLONNES) -> tuple[Anomalie, ...]:
    """Why a file is refused."""
    with pytest.raises(DonneesRefusees) as refus:
        read(texte, colonnes)
    return refus.value.anomalies


@settings(max_examples=300)
@given(
    RANGEES,
    st.sampled_from([";", ",", "\t"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.booleans(),
)
def test_every_way_of_writing_gives_the_same_rows(
    rangees: list[tuple[str, ...]], separateur: str, fin: str, encodage: str, comprime: bool
) -> None:
    octets = write_csv(rangees, separateur, fin).encode(encodage)
    table = read(gzip.compress(octets) if comprime else octets)
    assert list_cells(table) == rangees


@settings(max_examples=100)
@given(RANGEES, st.sampled_from(["\n", "\r\n", "\r"]))
def test_a_line_number_is_where_the_record_begins(rangees: list[tuple[str, ...]], fin: str) -> None:
    texte = write_csv(rangees, ";", fin)
    lignes = list(split_lines(texte, "f"))
    assert "".join(lignes) == texte
    for ligne in read(texte):
        debut = next(csv.reader(lignes[ligne.numero - 1 :], delimiter=";", strict=True))
        assert debut[0].replace(fin, "\n") == ligne["code"]


def test_physical_lines_count_breaks_inside_cells_and_blank_lines() -> None:
    table = read('\ncode;nom\n1;"un\ndeux"\n\n;\n2;b\n')
    assert [(ligne.numero, ligne["code"]) for ligne in table] == [(3, "1"), (7, "2")]
    assert [avis.raison for avis in table.avis] == ["lignes vides sautées : 1"]


def test_a_record_separator_inside_a_cell_is_no_line_end() -> None:
    assert [ligne["nom"] for ligne in read("code;nom\n1;a\u2028b\x0bc\x85d\n")] == [
        "a\u2028b\x0bc\x85d"
    ]


def test_formulas_of_text_and_our_own_quotes_are_undone() -> None:
    texte = 'code;nom;valeur;commentaire\n="01004";\'=1+1;"=""02""";\'autre\n'
    assert list_cells(read(texte)) == [("01004", "=1+1", "02", "'autre")]
    un_seul = "code;nom;valeur;commentaire\n''=1;'''-;'';'\n"
    assert list_cells(read(un_seul)) == [("'=1", "''-", "''", "'")]


def test_ends_of_line_are_one_before_anything_is_undone() -> None:
    texte = 'code;nom;valeur;commentaire\n"=""a\r\nb""";"\'=a\rb";"a\rb";"\'\ra"\n'
    assert list_cells(read(texte)) == [("a\nb", "=a\nb", "a\nb", "'\na")]


@pytest.mark.parametrize(
    ("suite", "ligne", "raison"),
    [
        ("2;b\n3;" + "x" * LIGNE_MAX, 4, "ligne de plus de 1048576 caractères"),
        ("2;b\n" + ";" * LIGNE_MAX + "\n", 4, "ligne de plus de 1048576 caractères"),
        ("2;b\n" + '"\n";' * (LIGNE_MAX // 4 + 1), 4, "lignes d’un seul enregistrement"),
    ],
    ids=["cellule", "cellules", "enregistrement"],
)
def test_a_line_too_long_for_a_table_is_refused_at_its_place(
    suite: str, ligne: int, raison: str
) -> None:
    (anomalie,) = get_refusals(f"code;nom\n1;a\n{suite}")
    assert (anomalie.ligne, raison in anomalie.raison) == (ligne, True)


def test_a_first_line_too_long_is_refused_and_many_lines_are_not_one() -> None:
    (anomalie,) = get_refusals("x;" * LIGNE_MAX)
    assert (anomalie.ligne, "ligne de plus de" in anomalie.raison) == (1, True)
    assert len(read("code;nom\n" + f"1;{'a' * 99_999}\n" * 12)) == 12


def test_excel_says_its_separator() -> None:
    table = read("sep=,\r\ncode,nom\r\n1,a;b\r\n")
    assert [(ligne.numero, ligne["nom"]) for ligne in table] == [(3, "a;b")]


def test_headers_may_be_quoted_padded_capitals_or_end_with_a_separator() -> None:
    table = read('"Code "; NOM ;\n1;a;\n')
    assert [(ligne["code"], ligne["nom"], ligne["valeur"]) for ligne in table] == [("1", "a", "")]


def test_a_separator_in_header_words_does_not_win() -> None:
    table = read("code;nom;a,b,c,d,e,f\n1;x;2\n")
    assert table.colonnes == ("code", "nom", "a,b,c,d,e,f")


def test_an_unknown_column_is_a_notice() -> None:
    (avis,) = read("code;nom;surprise\n1;a;b\n").avis
    assert (avis.ligne, avis.colonne) == (1, "surprise")


def test_a_missing_column_is_refused_and_names_the_nearest() -> None:
    (anomalie,) = get_refusals("code;libelle;non\n1;a;b\n")
    assert (anomalie.ligne, anomalie.colonne) == (1, "nom")
    assert "« non »" in anomalie.raison
    assert str(anomalie).startswith("f.csv, ligne 1, colonne « nom » : ")


def test_a_column_twice_is_refused() -> None:
    (anomalie,) = get_refusals("code;nom;NOM\n1;a;b\n")
    assert (anomalie.colonne, anomalie.raison) == (
        "nom",
        "colonne présente deux fois dans l’en-tête",
    )


def test_every_ragged_row_is_refused_with_its_line() -> None:
    refus = get_refusals("code;nom\n1;a\n2\n3;b;c\n4;d\n")
    assert [(a.ligne, a.raison) for a in refus] == [
        (3, "1 cellules au lieu de 2 comme dans l’en-tête"),
        (4, "3 cellules au lieu de 2 comme dans l’en-tête"),
    ]


def test_a_value_under_no_name_is_refused() -> None:
    (anomalie,) = get_refusals("code;nom;\n1;a;perdu\n")
    assert (anomalie.ligne, anomalie.raison) == (
        2,
        "valeur dans la colonne n° 3, qui n’a pas de nom",
    )


def test_an_open_quote_is_refused_where_it_opens() -> None:
    (anomalie,) = get_refusals('code;nom\n1;a\n2;"b\n3;c\n')
    assert (anomalie.ligne, "jamais fermé" in anomalie.raison) == (3, True)


@pytest.mark.parametrize(
    ("octets", "raison"),
    [
        (b"", "fichier vide"),
        (b"\xef\xbb\xbf", "fichier vide"),
        (b" \r\n\r\n", "fichier vide"),
        (b"<!DOCTYPE html><title>404</title>", "HTML"),
        ("<html>".encode("utf-16"), "HTML"),
        (b"code;nom\n1;a\x00b\n", "nuls"),
        ("code;nom\n1;a\n".encode("utf-16-le"), "nuls"),
        ("code;nom\n".encode("utf-32"), "UTF-32"),
        ("code;nom\n1;é\n".encode("utf-16")[:-1], "UTF-16"),
        (b"code;nom\n1;\xc3\xa9t\xc3", "tronqu"),
        (b"\xef\xbb\xbfcode;nom\n1;\xe9\n", "abîmé"),
        (b"%PDF-1.7 code;nom", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xls"),
        (b'<?xml version="1.0"?><table/>', "XML"),
        (b"PK\x03\x04rien", "zip"),
        (b"code|nom\n1|a\n", "absente"),
    ],
)
def test_what_is_not_a_table_is_refused(octets: bytes, raison: str) -> None:
    assert any(raison in str(anomalie) for anomalie in get_refusals(octets))


def test_a_header_alone_is_a_table_without_rows() -> None:
    assert len(read("code;nom\n")) == 0


def test_the_same_rows_in_csv_and_xlsx() -> None:
    classeur = read(xlsx_of([["code", "nom", "valeur"], ["01004", "é", 1234.5], [7.0, "b", None]]))
    texte = read("code;nom;valeur\n01004;é;1234.5\n7;b;\n")
    assert list_cells(classeur) == list_cells(texte)
    assert [ligne.numero for ligne in classeur] == [ligne.numero for ligne in texte]


def test_ten_thousand_errors_are_kept_a_hundred_are_written_and_all_are_counted() -> None:
    with pytest.raises(DonneesRefusees) as refus:
        read("code;nom\n" + "x\n" * 12_000)
    assert (len(refus.value.anomalies), refus.value.total) == (10_000, 12_000)
    lignes = str(refus.value).splitlines()
    assert (len(lignes), lignes[-1]) == (101, "… et 11900 de plus")


@pytest.mark.parametrize(
    ("texte", "raison"),
    [
        ('{"a": NaN}', "NaN"),
        ('{"a": 1, "a": 2}', "deux fois"),
        ('{"a": [1, 2', "tronqué"),
        ("[" * 100_000, "profond"),
        ('{"a": ' + "9" * 5_000 + "}", "nombre trop long"),
        ("<html>", "HTML"),
        ("", "vide"),
    ],
)
def test_a_json_that_lies_is_refused(texte: str, raison: str) -> None:
    with pytest.raises(DonneesRefusees, match=raison):
        read_json(texte.encode(), "f.json")


def test_a_json_is_read_gzipped_or_not() -> None:
    assert read_json(b'\xef\xbb\xbf{"a": [1.5]}', "f") == read_json(
        gzip.compress(b'{"a": [1.5]}'), "f"
    )
