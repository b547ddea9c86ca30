"""A command called in this process, and the invented département as its first files give it."""

from __future__ import annotations

from pathlib import Path

import pytest

from quartiers.cli.main import main
from quartiers.usecases.dossier import forget_dossier

DEMO = Path(__file__).resolve().parents[2] / "data" / "demo" / "2026-01-15"
DATES = ("--vu-le", "2026-11-23", "--connu-le", "2026-11-23")
Sortie = pytest.CaptureFixture[str]


def call(*mots: object) -> int:
    """A command, in this process."""
    return main([str(mot) for mot in mots])


@pytest.fixture
def base(db: None, capsys: Sortie) -> None:
    """The invented département with its perimeters, first targets and first values."""
    forget_dossier()
    for genre, nom in (
        *(("cog", "cog"), ("qpv", "qpv.geojson"), ("qrr", "qrr.geojson")),
        *(("quartiers", "quartiers.csv"), ("cibles", "cibles.csv"), ("releves", "releves.csv")),
    ):
        assert call("importer", genre, DEMO / nom, "--connu-le", "2026-01-15") == 0
    capsys.readouterr()
