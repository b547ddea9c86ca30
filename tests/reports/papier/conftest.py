"""The demonstration as its imports load it, read once; each test rolls its base back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from quartiers.core.fait import Dossier
from quartiers.core.vue import Vue
from quartiers.usecases.demo import load_demo
from quartiers.usecases.dossier import forget_dossier, load_dossier
from tests.reports.papier.monde import CONNU_LE, VU_LE

DEMO = Path(__file__).resolve().parents[3] / "data" / "demo"
SAISI_LE = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Europe/Paris"))


_lus: list[Dossier] = []


@pytest.fixture
def dossier(db: None) -> Dossier:
    """The invented département, read by the first test that asks; what was read outlives its base."""
    if not _lus:
        forget_dossier()
        list(load_demo(dossier=DEMO, saisi_le=SAISI_LE))
        _lus.append(load_dossier())
        forget_dossier()
    return _lus[0]


@pytest.fixture
def vue(dossier: Dossier) -> Vue:
    """At the day of the demonstration."""
    return Vue(dossier, VU_LE, CONNU_LE)
