"""Opening hours: read when there is no doubt, set aside otherwise."""

from __future__ import annotations

from fractions import Fraction

import pytest

from quartiers.core.horaires import (
    count_heures,
    count_minutes,
    list_illisibles,
    read_horaires,
    write_horaires,
)


@pytest.mark.parametrize(
    ("texte", "minutes"),
    [
        ("09:00 - 12:00", 180),
        ("09:00 - 12:00 / 13:30 - 17:00", 390),
        ("00:00 - 00:00 / 08:30 - 16:00", 450),  # an empty slot, then a true one
        ("00:00 - 00:00", 0),
        ("09:00 - 11:00 / 11:00 - 12:00", 180),
        ("8h30-12h00", 210),
        ("00:00 - 24:00", 1440),
        ("", 0),
        ("09:00 - 17:30 / 09:00 - 12:00", None),  # two timetables in one cell
        ("12:00 - 09:00", None),
        ("09:00 - 09:00", None),
        ("09:00 - 24:01", None),
        ("09:60 - 10:00", None),
        ("sur rendez-vous", None),
        ("09:00 - 12:00 / sur rendez-vous", None),
    ],
)
def test_minutes_d_un_jour(texte: str, minutes: int | None) -> None:
    assert count_minutes(texte) == minutes


def test_un_jour_illisible_rend_la_semaine_inconnue() -> None:
    horaires = {"lundi": "09:00 - 12:00", "mardi": "le matin"}
    assert count_heures(horaires) is None
    assert list_illisibles(horaires) == ["mardi"]


def test_sans_horaire_ce_n_est_pas_zero() -> None:
    assert count_heures({}) is None
    assert count_heures({"lundi": "00:00 - 00:00"}) is None


def test_les_heures_sont_exactes() -> None:
    assert count_heures({"lundi": "09:00 - 12:20", "mardi": "14:00 - 17:00"}) == Fraction(19, 3)


SEMAINES: list[tuple[dict[str, str], str, bool]] = [
    ({"lundi": "09:00 - 12:00", "mardi": "10:00 - 11:00"}, "lundi 09:00 - 12:00 ; mardi 10:00 - 11:00", True),
    ({}, "", True),
    ({"lundi": "le matin"}, "lundi le matin", True),
    # A sign that stands between days, inside a cell that nobody could read: it does not become readable.
    ({"lundi": "09:00 - 12:00,"}, "lundi 09:00 - 12:00 ·", False),
    ({"lundi": "9 h ; mardi 09:00 - 12:00"}, "lundi 9 h  · mardi 09:00 - 12:00", False),
]  # fmt: skip


@pytest.mark.parametrize(("semaine", "texte", "pareil"), SEMAINES)
def test_une_semaine_s_ecrit_en_un_texte(semaine: dict[str, str], texte: str, pareil: bool) -> None:
    assert write_horaires(semaine) == texte
    relue = read_horaires(texte)
    assert relue is not None
    assert (relue == semaine) is pareil
    assert count_heures(relue) == count_heures(semaine)
