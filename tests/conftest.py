"""Fixtures shared by every folder of tests, and what to do when an engine is missing."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from quartiers.cli.main import RAMASSAGE
from tests.nombres_nus import refuse_nombres_nus
from tests.suite.bases import pytest_addoption, pytest_runtest_protocol, sort_by_base
from tests.suite.etats import PARTAGE, pytest_fixture_setup, sort_by_etat

__all__ = ["pytest_addoption", "pytest_fixture_setup", "pytest_runtest_protocol"]

RACINE = Path(__file__).resolve().parent.parent

# Playwright leaves an event loop running in the process that drove a browser: Django would then refuse the base
# to every test that follows there, although none of ours is asynchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# As the commands do.
gc.set_threshold(*RAMASSAGE)

# tests/suite/bilan.py recognises these beginnings.
NAVIGATEUR_ABSENT = "Chromium absent (QUARTIERS_CHROMIUM)"
POSTGRESQL_ABSENT = "demande PostgreSQL"
DONNEES_ABSENTES = "données officielles absentes (QUARTIERS_DONNEES)"


def find_donnees() -> Path | None:
    """The folder of the official files, when it stands beside the project."""
    dossier = Path(os.environ.get("QUARTIERS_DONNEES") or RACINE.parent / "shared" / "data")
    return dossier if dossier.is_dir() else None


def find_chromium() -> Path | None:
    """The Chromium of the system; Playwright's own download is never used."""
    if choisi := os.environ.get("QUARTIERS_CHROMIUM"):
        return Path(choisi)
    for nom in ("chromium", "chromium-browser", "google-chrome"):
        if trouve := shutil.which(nom):
            return Path(trouve)
    return None


def is_postgresql() -> bool:
    """True when QUARTIERS_BASE names a PostgreSQL."""
    from django.conf import settings

    return str(settings.DATABASES["default"]["ENGINE"]).endswith("postgresql")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip by name what this machine cannot play; the summary of the suite counts each reason."""
    from tests.suite.chargements import ETATS

    PARTAGE.etats.update(ETATS)
    sort_by_base(config, items)
    sort_by_etat(items)
    absents = {
        "navigateur": None if find_chromium() else NAVIGATEUR_ABSENT,
        "postgresql": None if is_postgresql() else POSTGRESQL_ABSENT,
        "donnees": None if find_donnees() else DONNEES_ABSENTES,
    }
    for item in items:
        for marque, raison in absents.items():
            if raison and item.get_closest_marker(marque):
                item.add_marker(pytest.mark.skip(reason=raison))


@pytest.fixture(scope="session", autouse=True)
def nombres_nus() -> Iterator[None]:
    """No page may write a number that does not say what it is."""
    with refuse_nombres_nus():
        yield


@pytest.fixture(scope="session", autouse=True)
def mots_de_passe_legers() -> Iterator[None]:
    """The same derivation of passwords with fewer turns: a million of them prove nothing more here."""
    avant = PBKDF2PasswordHasher.iterations
    PBKDF2PasswordHasher.iterations = 1_000
    yield
    PBKDF2PasswordHasher.iterations = avant


@pytest.fixture(scope="session")
def donnees() -> Path:
    """Folder of the official files; for tests marked `donnees`."""
    dossier = find_donnees()
    if dossier is None:
        pytest.skip(DONNEES_ABSENTES)
    return dossier


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Executable of the browser; for tests marked `navigateur`."""
    chemin = find_chromium()
    if chemin is None:
        pytest.skip(NAVIGATEUR_ABSENT)
    return chemin


@pytest.fixture(scope="session")
def racine() -> Path:
    """Root of the project."""
    return RACINE


def expect_etat(nom: str) -> None:
    """The state was loaded before the savepoint of the test: a fixture alone could not do it."""
    assert nom in PARTAGE.noms, f"la base n'est pas dans l'état « {nom} »"


@pytest.fixture
def etat_demo(db: None) -> None:
    """The whole demonstration, loaded."""
    expect_etat("demo")


@pytest.fixture
def etat_gestes(etat_demo: None) -> None:
    """The same with what its accounts did on its pages, loaded."""
    expect_etat("gestes")


@pytest.fixture
def etat_cadre(db: None) -> None:
    """The territoires of the invented département, loaded."""
    expect_etat("cadre")


@pytest.fixture
def etat_listes(etat_cadre: None) -> None:
    """The same with its lists of France services, loaded."""
    expect_etat("listes")


@pytest.fixture
def etat_communes_et_qpv(donnees: Path, db: None) -> None:
    """The official COG and QPV of 2024, loaded."""
    expect_etat("communes_et_qpv")


@pytest.fixture
def etat_france(etat_communes_et_qpv: None) -> None:
    """The same with the QRR, the QPV of 2015 and one list of France services, loaded."""
    expect_etat("france")


@pytest.fixture
def etat_premiers(db: None) -> None:
    """The first files of the invented département, loaded by the commands."""
    expect_etat("premiers")
