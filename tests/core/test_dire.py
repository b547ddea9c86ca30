"""Numbers, dates and lengths in French, as the sentences of the computation write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from quartiers.core.dire import (
    get_decimal,
    say_date,
    say_jours,
    say_metres,
    say_nombre,
    say_part,
    say_quantite,
    say_valeur,
)

FINE, INSECABLE = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("valeur", "attendu"),
    [
        (Fraction(3), "3"),
        (Fraction(7, 2), "3,5"),
        (Fraction(2, 3), "0,67"),
        (Fraction(0), "0"),
        (Fraction(100), "100"),
        (Fraction(1234567), f"1{FINE}234{FINE}567"),
        (Fraction(2469135, 2), f"1{FINE}234{FINE}567,5"),
        (Fraction(-5, 4), "−1,25"),
        (Fraction(1, 200), "0,01"),  # halves go up, as at school
        (Fraction(9999, 10000), "0,9999"),  # not a whole one: never « 1 »
    ],
)
def test_un_nombre(valeur: Fraction, attendu: str) -> None:
    assert say_nombre(valeur) == attendu


def test_un_inconnu_est_un_tiret_jamais_un_zero() -> None:
    assert say_valeur(None, "postes") == "—"
    assert say_part(None) == "—"
    assert say_valeur(Fraction(0), "postes") == f"0{INSECABLE}poste"
    assert say_nombre(None) == "—"


def test_un_pourcentage() -> None:
    assert say_valeur(Fraction(3400, 41), "%") == f"82,9{FINE}%"
    assert say_part(Fraction(107, 150)) == f"71{FINE}%"


@pytest.mark.parametrize(
    ("jour", "attendu"),
    [
        (date(2026, 6, 1), f"1er{INSECABLE}juin 2026"),
        (date(2026, 8, 12), f"12{INSECABLE}août 2026"),
        (date(2025, 12, 31), f"31{INSECABLE}décembre 2025"),
    ],
)
def test_une_date(jour: date, attendu: str) -> None:
    assert say_date(jour) == attendu


def test_des_jours_et_des_metres() -> None:
    assert [say_jours(n) for n in (0, 1, 2)] == [
        f"{n}{INSECABLE}jour{s}" for n, s in ((0, ""), (1, ""), (2, "s"))
    ]
    assert say_metres(0.2) == f"1{INSECABLE}m"  # not inside: never 0 m
    assert say_metres(1000.4) == f"1{FINE}000{INSECABLE}m"


def test_six_decimales_au_plus() -> None:
    assert get_decimal(Fraction(1, 3)) == Decimal("0.333333")
    assert get_decimal(Fraction(999999999999999, 10**6)) == Decimal("999999999.999999")


@pytest.mark.parametrize(
    ("nombre", "pluriel", "dit"),
    [
        (0, "périmètres réparés", "0 périmètre réparé"),
        (1, "régions", "1 région"),
        (1, "recouvrements QRR–QPV", "1 recouvrement QRR–QPV"),
        (1, "codes anciens de communes", "1 code ancien de commune"),
        (2, "EPCI et EPT", "2 EPCI et EPT"),
        (1, "EPCI et EPT", "1 EPCI et EPT"),
        (2, "distances mesurées", "2 distances mesurées"),
    ],
)
def test_what_is_counted_agrees(nombre: int, pluriel: str, dit: str) -> None:
    assert say_quantite(nombre, pluriel) == dit
