"""Programs of the recette that show the same on SQLite and on PostgreSQL: an empty base of each, and its commands."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.recette.outils import RACINE, Atelier, Echec, expect
from tests.suite.grappe import find_binaires, open_grappe

PROGRAMME = RACINE / "tests" / "programmes" / "charte-rurale"
PASSE = 60
ENTETE = "indicateur;territoire;date;valeur;source;cle\n"
COMPTE = (
    "from quartiers.cli.base import setup_django; setup_django()\n"
    "from quartiers.storage.models import Releve; print(Releve.objects.count())"
)


@contextmanager
def open_sqlite(atelier: Atelier) -> Iterator[str]:
    """A file of its own."""
    chemin = atelier.dossier / f"ecriture{len(list(atelier.dossier.glob('*.sqlite3')))}.sqlite3"
    yield f"sqlite:///{chemin}"


@contextmanager
def open_postgresql(_: Atelier) -> Iterator[str]:
    """A cluster of its own."""
    binaires = find_binaires()
    if binaires is None:
        raise Echec("PostgreSQL absent de cette machine")
    with open_grappe(binaires) as adresse:
        yield adresse


BASES = (("SQLite", open_sqlite), ("PostgreSQL", open_postgresql))


def get_environ(atelier: Atelier, adresse: str) -> dict[str, str]:
    """The environment of the processes: this base, a programme of three mesures."""
    return {
        **atelier.get_environnement(),
        "QUARTIERS_BASE": adresse,
        "QUARTIERS_REFERENTIEL": str(PROGRAMME),
        "PYTHONPATH": str(RACINE),
    }


def run(environ: Mapping[str, str], *arguments: str) -> str:
    """A process of the project that must succeed."""
    fini = subprocess.run(
        [sys.executable, *arguments],
        check=False, capture_output=True, text=True, env=environ, cwd=RACINE,
    )  # fmt: skip
    expect(fini.returncode == 0, f"« {' '.join(arguments)} » : {fini.stderr[-800:] or fini.stdout}")
    return fini.stdout


def quartiers(environ: Mapping[str, str], *arguments: str) -> str:
    """A command of the product."""
    return run(environ, "-m", "quartiers", *arguments)


def prepare(environ: Mapping[str, str]) -> None:
    """The base, and the frame of the small programme."""
    quartiers(environ, "migrer")
    for genre, nom in (("cog", "cog"), ("quartiers", "quartiers.csv")):
        quartiers(environ, "importer", genre, str(PROGRAMME / "donnees" / nom))


def write_fichier(chemin: Path, debut: int, fin: int, source: str) -> Path:
    """Relevés that differ by their key."""
    lignes = (
        f"m-2-2-apprentis;QC-VALLON;2025-{1 + n % 12:02d}-{1 + n // 12 % 28:02d};{n % 90};{source};c{n}\n"
        for n in range(debut, fin)
    )
    chemin.write_text(ENTETE + "".join(lignes), encoding="utf-8")
    return chemin


def write_cellule(chemin: Path) -> Path:
    """The past of the cell declared on, longer than what a form reads of it."""
    lignes = (
        f"m-2-2-apprentis;QC-MARAIS;2025-{1 + n % 12:02d}-{1 + n // 12:02d};{n};Mairie;p{n}\n"
        for n in range(PASSE)
    )
    chemin.write_text(ENTETE + "".join(lignes), encoding="utf-8")
    return chemin
