"""The invented département in the test base, one import at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from quartiers.usecases.dossier import forget_dossier
from quartiers.usecases.importer import ResultatImport, import_fichier

DEMO = Path(__file__).resolve().parents[2] / "data" / "demo"
CADRE = DEMO / "2026-01-15"
SAISI_LE = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Europe/Paris"))
CONNU_LE = date(2026, 11, 24)

Take = Callable[..., ResultatImport]
Write = Callable[[str, str], Path]


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    forget_dossier()
    yield
    forget_dossier()


@pytest.fixture
def take(db: None) -> Take:
    """Import a file."""

    def importer(
        genre: str, chemin: Path, connu_le: date = CONNU_LE, **autres: object
    ) -> ResultatImport:
        return import_fichier(
            genre=genre,
            chemin=chemin,
            connu_le=connu_le,
            saisi_le=SAISI_LE,
            **autres,  # type: ignore[arg-type]
        )

    return importer


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a small file; two of one name stand in folders of their own."""
    compteur = iter(range(100))

    def ecrire(nom: str, texte: str) -> Path:
        chemin = tmp_path / str(next(compteur)) / nom
        chemin.parent.mkdir()
        chemin.write_text(texte, encoding="utf-8")
        return chemin

    return ecrire


@pytest.fixture
def cadre(take: Take) -> None:
    """Territoires of the invented département: COG, QPV, QRR, quartiers cibles."""
    jour = date(2026, 1, 15)
    take("cog", CADRE / "cog", jour)
    take("qpv", CADRE / "qpv.geojson", jour)
    take("qrr", CADRE / "qrr.geojson", jour)
    take("quartiers", CADRE / "quartiers.csv", jour)


@pytest.fixture
def listes(cadre: None, take: Take) -> None:
    """Its two millésimes of France services."""
    for jour, millesime in (
        (date(2026, 7, 8), date(2026, 7, 1)),
        (date(2026, 10, 12), date(2026, 10, 1)),
    ):
        chemin = DEMO / jour.isoformat() / f"france-services-{millesime}.csv"
        take("france-services", chemin, jour, millesime=millesime)
