"""Fixtures shared by every folder of tests."""

import os
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parent.parent


def find_donnees() -> Path | None:
    """The folder of the official files, when it stands beside the project."""
    dossier = Path(os.environ.get("QUARTIERS_DONNEES") or RACINE.parent / "shared" / "data")
    return dossier if dossier.is_dir() else None


@pytest.fixture(scope="session")
def donnees() -> Path:
    """Folder of the official files; the test is set aside, and counted, when it is absent."""
    dossier = find_donnees()
    if dossier is None:
        pytest.skip("données officielles absentes (QUARTIERS_DONNEES)")
    return dossier


@pytest.fixture(scope="session")
def racine() -> Path:
    """Root of the project."""
    return RACINE
