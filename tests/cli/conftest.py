"""A command called in this process, and the invented département as its first files give it."""

from __future__ import annotations

import pytest

from quartiers.cli.main import main
from tests.suite.chargements import CADRE, recall_charge

DATES = ("--vu-le", "2026-11-23", "--connu-le", "2026-11-23")
DEMO = CADRE
Sortie = pytest.CaptureFixture[str]


def call(*mots: object) -> int:
    """A command, in this process."""
    return main([str(mot) for mot in mots])


@pytest.fixture
def base(etat_premiers: None) -> None:
    """The invented département with its perimeters, first targets and first values."""
    recall_charge()
