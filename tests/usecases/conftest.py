"""The invented département in the test base, one import at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from quartiers.core.territoire import Territoires
from quartiers.core.vue import Vue
from quartiers.usecases.charger_dossier import forget_dossier, load_dossier
from quartiers.usecases.importer import ResultatImport, import_fichier
from tests.suite.chargements import CADRE, DEMO, SAISI_LE
from tests.usecases.qui_nomme import JOUR, ORGANISMES

CONNU_LE = date(2026, 11, 24)

__all__ = ["CADRE", "DEMO", "SAISI_LE"]

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
def cadre(etat_cadre: None) -> None:
    """Territoires of the invented département: COG, QPV, QRR, quartiers cibles."""


@pytest.fixture
def listes(etat_listes: None) -> None:
    """The same with its two millésimes of France services."""


@pytest.fixture
def ressort(cadre: None, take: Take, write: Write) -> Territoires:
    """All that is known where one names, with two organismes."""
    take("organisme", write("organismes.csv", ORGANISMES))
    return Vue(load_dossier(), JOUR, JOUR).territoires
