"""Dates of a call, and the one clock of the product."""

import argparse
from datetime import UTC, date, datetime

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from quartiers.cli.appel import add_dates, get_dates, parse_date, read_now, read_today


@given(st.dates(min_value=date(1000, 1, 1)))
def test_both_spellings_give_the_same_day(jour: date) -> None:
    assert parse_date(jour.isoformat()) == jour
    assert parse_date(f" {jour:%d/%m/%Y} ") == jour
    assert parse_date(f"{jour.day}/{jour.month}/{jour.year}") == jour


@pytest.mark.parametrize(
    ("texte", "raison"),
    [
        ("2026-02-29", "n'existe pas"),
        ("31/04/2026", "n'existe pas"),
        ("0000-01-01", "n'existe pas"),
        ("2026-1-1", "illisible"),
        ("1/1/26", "illisible"),
        ("20260101", "illisible"),
        ("2026-01-01T00:00", "illisible"),
        ("٢٠٢٦-01-01", "illisible"),
        ("hier", "illisible"),
        ("", "illisible"),
    ],
)
def test_a_date_that_is_none_is_refused(texte: str, raison: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match=raison):
        parse_date(texte)


def parse(*appel: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_dates(parser)
    return parser.parse_args(appel)


@time_machine.travel(datetime(2026, 11, 22, 23, 30, tzinfo=UTC))
def test_today_is_the_day_of_paris() -> None:
    aujourdhui = date(2026, 11, 23)
    assert read_today() == aujourdhui
    assert read_now().date() == aujourdhui
    assert get_dates(parse()) == (aujourdhui, aujourdhui)


@time_machine.travel(datetime(2026, 7, 1, 21, 59, tzinfo=UTC))
def test_given_dates_are_kept_and_the_other_is_today() -> None:
    assert get_dates(parse("--vu-le", "01/09/2024")) == (date(2024, 9, 1), date(2026, 7, 1))
    assert get_dates(parse("--connu-le", "2020-01-01")) == (date(2026, 7, 1), date(2020, 1, 1))
