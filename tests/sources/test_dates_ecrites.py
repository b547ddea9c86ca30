"""Days as programs write them: midnight says nothing, a real hour is refused, signs that nobody sees go."""

from __future__ import annotations

from datetime import date

import pytest

from quartiers.sources.jour import parse_jour
from quartiers.sources.nombre import parse_coordonnee, parse_nombre


@pytest.mark.parametrize(
    "texte",
    [
        "15/10/2026 00:00",
        "15/10/2026 0:00",
        "15/10/2026 00:00:00",
        "15/10/2026 00h00",
        "2026-10-15T00:00",
        "2026-10-15T00:00:00Z",
        "2026-10-15T00:00:00.000Z",
        "2026-10-15T00:00:00+02:00",
        "2026-10-15 00:00:00",
        "2026-10-15 00:00:00 UTC",
        "2026-10-15 00:00:00.000000",
        "\u200e15/10/2026",
        "15/10/2026\u00a000:00",
        "2026\u201110\u201115",
        "15/10/2026\u200b",
    ],
)
def test_a_day_at_midnight_is_that_day(texte: str) -> None:
    assert parse_jour(texte) == date(2026, 10, 15)


@pytest.mark.parametrize(
    "texte",
    [
        "15/10/2026 08:30",
        "15/10/2026 00:01",
        "2026-10-14T22:00:00Z",
        "2026-10-15T00:00:00.5Z",
        "2026-10-15 12:00:00",
        "15/10/2026 9h",
    ],
)
def test_a_real_hour_is_refused(texte: str) -> None:
    with pytest.raises(ValueError, match="une date seule est attendue"):
        parse_jour(texte)


@pytest.mark.parametrize("texte", ["15/10/26", "15-10-26", "26-10-15", "1/1/99"])
def test_a_year_of_two_digits_is_named(texte: str) -> None:
    with pytest.raises(ValueError, match="année sur deux chiffres"):
        parse_jour(texte)


@pytest.mark.parametrize(
    "texte", ["15/10/2026 à midi", "2026-10-15T", "2026-10-1500:00", "15/10/20260"]
)
def test_what_follows_a_day_is_an_hour_or_nothing(texte: str) -> None:
    with pytest.raises(ValueError, match="n’est pas une date"):
        parse_jour(texte)


def test_a_sign_that_nobody_sees_is_in_no_number() -> None:
    assert parse_nombre("\u200b20\u202f000\u200e") == 20000
    assert parse_coordonnee("\ufeff2,35", borne=180) == 2.35
