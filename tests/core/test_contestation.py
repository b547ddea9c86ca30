"""The clock of a contest: what it counts, where it stops, and laws that hold whatever follows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quartiers.core.contestation import (
    DECISIONS,
    DELAI_DE_REPONSE,
    Contestation,
    EtapeDeContestation,
    SuiteDeContestation,
    list_ouvertes,
)

DEBUT = date(2026, 11, 2)
PIECE, COMPLEMENT = SuiteDeContestation.PIECE, SuiteDeContestation.COMPLEMENT
GARDEE = SuiteDeContestation.GARDEE


def day(jours: int) -> date:
    """So many days after the contest."""
    return DEBUT + timedelta(days=jours)


def contest(*etapes: tuple[SuiteDeContestation, int], du: date | None = None) -> Contestation:
    """One made on the first day, and what followed, by day."""
    suites = tuple(EtapeDeContestation(suite, day(jours)) for suite, jours in etapes)
    return Contestation(1, "i", "t", du, DEBUT, suites)


@pytest.mark.parametrize(
    ("etapes", "jour", "jours", "echeance", "en_retard"),
    [
        ((), 0, 0, 30, False),
        ((), 30, 30, 30, False),
        ((), 31, 31, 30, True),
        (((PIECE, 10),), 10, 10, 30, False),
        (((PIECE, 10),), 60, 10, 80, False),
        (((PIECE, 10), (COMPLEMENT, 25)), 60, 45, 45, True),
        (((PIECE, 10), (COMPLEMENT, 10)), 12, 12, 30, False),
        (((PIECE, 5), (COMPLEMENT, 9), (PIECE, 12), (COMPLEMENT, 20)), 42, 30, 42, False),
        (((GARDEE, 12),), 90, 12, 30, False),
        (((GARDEE, 40),), 90, 40, 30, True),
    ],
)
def test_le_delai_court_hors_des_pieces_attendues(
    etapes: tuple[tuple[SuiteDeContestation, int], ...],
    jour: int,
    jours: int,
    echeance: int,
    en_retard: bool,
) -> None:
    contestee = contest(*etapes)
    assert contestee.count_jours(day(jour)) == jours
    assert contestee.get_echeance(day(jour)) == day(echeance)
    assert contestee.is_en_retard(day(jour)) is en_retard


def test_une_page_d_avant_la_montre_comme_elle_etait() -> None:
    contestee = contest((PIECE, 3), (COMPLEMENT, 5), (GARDEE, 8))
    assert contestee.read_at(day(-1)) is None
    lues = [contestee.read_at(day(jour)) for jour in (0, 3, 5, 7, 8)]
    assert [len(lue.etapes) for lue in lues if lue is not None] == [0, 1, 2, 2, 3]
    assert [lue.is_suspendue for lue in lues if lue is not None] == [
        *(False, True, False, False, False)
    ]
    assert [bool(list_ouvertes([contestee], day(90), day(jour))) for jour in (-1, 0, 7, 8)] == [
        *(False, True, True, False)
    ]


def test_elle_ne_parle_pas_d_un_jour_d_avant_sa_valeur() -> None:
    contestee = contest(du=day(-30))
    assert list_ouvertes([contestee], day(-31), day(1)) == []
    assert list_ouvertes([contestee], day(-30), day(1)) == [contestee]


ECARTS = st.lists(st.integers(0, 20), max_size=6)


def draw_etapes(ecarts: list[int], decision: int | None) -> Contestation:
    """Documents asked and given in turn, then a decision maybe."""
    jour, etapes = 0, []
    for rang, ecart in enumerate(ecarts):
        jour += ecart
        etapes.append((COMPLEMENT if rang % 2 else PIECE, jour))
    if decision is not None:
        etapes.append((GARDEE, jour + decision))
    return contest(*etapes)


@given(ECARTS, st.none() | st.integers(0, 60), st.integers(0, 200))
def test_les_lois_de_l_horloge(ecarts: list[int], decision: int | None, jour: int) -> None:
    contestee, le = draw_etapes(ecarts, decision), day(jour)
    jours, demain = contestee.count_jours(le), contestee.count_jours(le + timedelta(days=1))
    # It never goes back, and gains a day at most each day.
    assert 0 <= jours <= demain <= jours + 1
    # Waiting for a document never makes it count more than the days that passed.
    assert (
        jours + contestee.count_suspendus(min(le, contestee.tranchee_le or le))
        == (min(le, contestee.tranchee_le or le) - DEBUT).days
    )
    # It is late exactly past its last day, as long as it is open.
    connue = contestee.read_at(le)
    assert connue is not None
    if connue.tranchee_le is None:
        assert connue.is_en_retard(le) is (le > connue.get_echeance(le))
        assert connue.get_echeance(le) >= day(DELAI_DE_REPONSE)
    if connue.is_suspendue:
        assert connue.count_jours(le + timedelta(days=1)) == connue.count_jours(le)
    # What was known on a day is counted on that day as with all that followed.
    assert connue.count_jours(le) == jours
    assert {e.suite for e in connue.etapes} & DECISIONS == (
        set() if connue.tranchee_le is None else {GARDEE}
    )
