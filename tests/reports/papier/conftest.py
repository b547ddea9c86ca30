"""The demonstration as its imports load it, read once; each test rolls its base back."""

from __future__ import annotations

import pytest

from quartiers.core.dossier import Dossier
from quartiers.core.vue import Vue
from quartiers.usecases.charger_dossier import forget_dossier, load_dossier
from tests.reports.papier.monde import CONNU_LE, VU_LE
from tests.suite.chargements import SAISI_LE

__all__ = ["SAISI_LE"]

_lus: list[Dossier] = []


@pytest.fixture
def dossier(etat_demo: None) -> Dossier:
    """The invented département, read by the first test that asks; what was read outlives its base."""
    if not _lus:
        forget_dossier()
        _lus.append(load_dossier())
        forget_dossier()
    return _lus[0]


@pytest.fixture
def vue(dossier: Dossier) -> Vue:
    """At the day of the demonstration."""
    return Vue(dossier, VU_LE, CONNU_LE)
