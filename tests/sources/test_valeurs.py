"""Numbers, dates and codes: exactly read, or refused in French."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quartiers.sources.code import (
    fold_arrondissement,
    get_departement,
    get_generation,
    parse_commune,
    parse_departement,
    parse_qpv,
    parse_qrr,
    parse_siren,
)
from quartiers.sources.jour import parse_jour
from quartiers.sources.nombre import parse_coordonnee, parse_entier, parse_nombre

MILLIONIEMES = st.integers(-(10**15) + 1, 10**15 - 1)


def write_french(millioniemes: int, espace: str, virgule: str) -> str:
    """A number as a French spreadsheet shows it."""
    signe = "-" if millioniemes < 0 else ""
    entier, decimales = divmod(abs(millioniemes), 10**6)
    groupes = f"{entier:,}".replace(",", espace)
    return f"{signe}{groupes}{virgule}{decimales:06d}"


@given(MILLIONIEMES, st.sampled_from(["", " ", "\u00a0", "\u202f"]), st.sampled_from([",", "."]))
def test_every_number_of_six_decimals_is_read_exactly(n: int, espace: str, virgule: str) -> None:
    assert parse_nombre(write_french(n, espace, virgule)) == Fraction(n, 10**6)


@pytest.mark.parametrize(
    ("texte", "valeur"),
    [
        ("0,1", Fraction(1, 10)),
        ("1 234", Fraction(1234)),
        ("+5", Fraction(5)),
        ("\u22123", Fraction(-3)),
        ("0.29000000", Fraction(29, 100)),
        ("999999999.999999", Fraction(999999999999999, 10**6)),
        ("0" * 9_000 + "1", Fraction(1)),
        ("-" + "0" * 9_000 + ",50" + "0" * 9_000, Fraction(-1, 2)),
        ("0" * 9_000, Fraction(0)),
    ],
)
def test_numbers(texte: str, valeur: Fraction) -> None:
    assert parse_nombre(texte) == valeur


@pytest.mark.parametrize(
    "texte",
    ["", "nan", "NaN", "inf", "-inf", "1e5", "1.234,5", "1,234,567", "12 34", "1 2345", "5 %", "1/3", "0x1F",
     "1_000", "٣", "1000000000", "1 000 000 000", "0,1234567", "--1", "1.", ".5", "douze"],
)  # fmt: skip
def test_what_is_not_a_number_is_refused(texte: str) -> None:
    with pytest.raises(ValueError, match="«"):
        parse_nombre(texte)


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="négatif"):
        parse_nombre("-1", negatif=False)
    with pytest.raises(ValueError, match="entier"):
        parse_entier("12,5")
    assert parse_entier("12,0") == 12
    assert parse_nombre("-0", negatif=False) == 0


def test_coordinates() -> None:
    assert parse_coordonnee("46.1060711578546", borne=90) == 46.1060711578546
    assert parse_coordonnee("-21,05", borne=90) == -21.05
    for texte in ("95", "nan", "", "46 1"):
        with pytest.raises(ValueError, match="«"):
            parse_coordonnee(texte, borne=90)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_both_spellings_of_a_date(jour: date) -> None:
    assert parse_jour(jour.isoformat()) == jour
    assert parse_jour(f" {jour.day:02d}/{jour.month:02d}/{jour.year} ") == jour


@pytest.mark.parametrize(
    "texte",
    ["31/02/2024", "2023-02-29", "2024-13-01", "01-02-2024", "2024/01/02", "01/02/24", "", "0024-01-01",
     "9999-01-01", "2024-01-01T08:00", "45000"],
)  # fmt: skip
def test_an_impossible_date_is_refused(texte: str) -> None:
    with pytest.raises(ValueError, match="«"):
        parse_jour(texte)


@pytest.mark.parametrize(
    ("lu", "code"),
    [("1004", "01004"), ("01004", "01004"), ("2a004", "2A004"), ("97411", "97411"), ("98735", "98735"), ("9001", "09001")],
)  # fmt: skip
def test_a_lost_zero_is_given_back(lu: str, code: str) -> None:
    assert parse_commune(lu) == code


@pytest.mark.parametrize("lu", ["2B14", "104", "0004", "96001", "990001", "", "2C001", "1004.0"])
def test_what_could_be_several_communes_is_refused(lu: str) -> None:
    with pytest.raises(ValueError, match="commune"):
        parse_commune(lu)


def test_departements() -> None:
    assert [parse_departement(x) for x in ("1", "01", "093", "02A", "2b", "974", "988")] == [
        *("01", "01", "93", "2A", "2B", "974", "988"),
    ]
    for lu in ("96", "0", "20", "1.0", "", "970x"):
        with pytest.raises(ValueError, match="département"):
            parse_departement(lu)


def test_other_codes() -> None:
    assert parse_siren("200 058 097") == "200058097"
    with pytest.raises(ValueError, match="SIREN"):
        parse_siren("200058098")
    assert parse_qpv("qn02a01m") == "QN02A01M"
    assert parse_qpv("QP093001") == "QP093001"
    for lu in ("QN09301X", "QN9301M", "QP0930010", "QN99901M", "93_3"):
        with pytest.raises(ValueError, match="QPV"):
            parse_qpv(lu)
    assert parse_qrr("2a_1") == "2A_1"
    with pytest.raises(ValueError, match="QRR"):
        parse_qrr("QRR-93_3")
    assert (get_generation("QN09301M"), get_generation("QP093001")) == (2024, 2015)


@pytest.mark.parametrize(
    ("code", "departement"),
    [("QN09301M", "93"), ("QN02A01M", "2A"), ("QN97654C", "976"), ("QRR-93_3", "93"), ("988_1", "988"),
     ("93008", "93"), ("2B033", "2B"), ("98735", "987")],
)  # fmt: skip
def test_the_departement_of_a_code(code: str, departement: str) -> None:
    assert get_departement(code) == departement


def test_arrondissements_fold_to_their_city() -> None:
    assert [
        fold_arrondissement(c) for c in ("75118", "13202", "69388", "69123", "75056", "13217")
    ] == [
        *("75056", "13055", "69123", "69123", "75056", "13217"),
    ]


def test_signs_of_a_code_are_put_right_and_a_float_is_a_whole_number() -> None:
    assert parse_commune("93008.0") == "93008"
    assert parse_commune("93008\u200b") == "93008"
    assert parse_siren("200058097.0") == "200058097"
    assert parse_qrr("93_3\u00a0") == "93_3"
    assert parse_qpv("\ufeffqn09301m\u00ad") == "QN09301M"
    for lu in ("93008.5", "93008.00.0", "QN09301\u041c"):
        with pytest.raises(ValueError, match="«"):
            parse_commune(lu)
    with pytest.raises(ValueError, match="cyrillique"):
        parse_qpv("QN09301\u041c")
