"""A command called in this process, and the invented département as its first files give it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from quartiers.cli.main import main
from quartiers.usecases.charger_dossier import forget_dossier
from tests.suite.chargements import CADRE

DATES = ("--vu-le", "2026-11-23", "--connu-le", "2026-11-23")
DEMO = CADRE
Sortie = pytest.CaptureFixture[str]


def call(*mots: object) -> int:
    """A command, in this process."""
    return main([str(mot) for mot in mots])


@pytest.fixture
def base(etat_premiers: None) -> Iterator[None]:
    """The invented département with its perimeters, first targets and first values."""
    forget_dossier()
    yield
    forget_dossier()
