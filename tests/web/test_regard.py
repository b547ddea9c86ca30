"""The two dates of an address: read, kept in links, refused in French."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from quartiers.usecases.charger_demo import VU_LE_DEMO
from quartiers.web import regard as module
from quartiers.web.regard import DateImpossible, parse_jour, read_regard


@pytest.mark.parametrize(
    ("texte", "jour"),
    [
        ("2026-11-23", date(2026, 11, 23)),
        ("23/11/2026", date(2026, 11, 23)),
        ("1/2/2026", date(2026, 2, 1)),
        ("2024-02-29", date(2024, 2, 29)),
    ],
)
def test_dates_read(texte: str, jour: date) -> None:
    assert parse_jour(texte) == jour


@pytest.mark.parametrize(
    "texte",
    ["2026-02-30", "2025-02-29", "demain", "2026", "2026-13-01", "0001-01-01", "9999-12-31",
     "٢٠٢٦-١١-٢٣", "2026-11-23T00:00", "1/1/1", "x" * 5000, "<script>", "2026-11-23\x00", "-1"],
)  # fmt: skip
def test_dates_refused_in_french(texte: str) -> None:
    with pytest.raises(DateImpossible, match="La date") as refus:
        parse_jour(texte)
    assert len(str(refus.value)) < 200


def test_dates_said_are_kept_in_links(rf: RequestFactory) -> None:
    regard = read_regard(rf.get("/", {"vu_le": "2026-06-01", "connu_le": "02/06/2026"}))
    assert (regard.vu_le, regard.connu_le) == (date(2026, 6, 1), date(2026, 6, 2))
    assert regard.requete == "?vu_le=2026-06-01&connu_le=2026-06-02"
    assert regard.is_retrospectif


def test_today_when_nothing_is_said(
    rf: RequestFactory, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMO = False
    monkeypatch.setattr(module, "read_today", lambda: date(2027, 1, 2))
    for question in ({}, {"vu_le": "", "connu_le": " "}):
        regard = read_regard(rf.get("/", question))
        assert (regard.vu_le, regard.connu_le, regard.requete) == (
            *(date(2027, 1, 2), date(2027, 1, 2)),
            "",
        )
        assert not regard.is_retrospectif


def test_the_demonstration_looks_at_its_own_day(rf: RequestFactory, settings: Settings) -> None:
    settings.DEMO = True
    regard = read_regard(rf.get("/"))
    assert (regard.vu_le, regard.connu_le) == (VU_LE_DEMO, VU_LE_DEMO)
    assert regard.requete == f"?vu_le={VU_LE_DEMO}"  # said, to be read and changed
    assert not regard.is_retrospectif
