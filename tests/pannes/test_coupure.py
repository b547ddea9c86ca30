"""A process killed at any write of an import leaves all of it or none, on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.conftest import is_postgresql

RACINE = Path(__file__).resolve().parents[2]
PROGRAMME = RACINE / "tests" / "programmes" / "charte-rurale"
POINTS = 24
LIGNES = 60


def run(base: str, point: int, genre: str, chemin: Path) -> subprocess.CompletedProcess[str]:
    """The child, on a base of its own."""
    environ = {nom: v for nom, v in os.environ.items() if not nom.startswith("QUARTIERS_")}
    environ |= {"QUARTIERS_BASE": base, "QUARTIERS_REFERENTIEL": str(PROGRAMME)}
    commande = [sys.executable, "-m", "tests.pannes.enfant", str(point), genre, str(chemin)]
    return subprocess.run(
        commande, check=False, capture_output=True, text=True, env=environ, cwd=RACINE
    )


@contextmanager
def open_base(dossier: Path) -> Iterator[str]:
    """The address of an empty base: a file, or a new database of the server of the suite."""
    if not is_postgresql():
        yield f"sqlite:///{dossier / 'coupure.sqlite3'}"
        return
    from django.db import connection

    nom = f"coupure_{secrets.token_hex(6)}"
    adresse = urlsplit(os.environ["QUARTIERS_BASE"])
    with connection._nodb_cursor() as curseur:
        curseur.execute(f"CREATE DATABASE {nom}")
    try:
        yield urlunsplit(adresse._replace(path=f"/{nom}"))
    finally:
        with connection._nodb_cursor() as curseur:
            curseur.execute(f"DROP DATABASE {nom} WITH (FORCE)")


def count(base: str) -> tuple[int, int]:
    """(relevés, imports of relevés), asked by a process of its own."""
    code = (
        "from quartiers.cli.base import setup_django; setup_django()\n"
        "from quartiers.storage.models import Ecriture, Releve\n"
        "print(Releve.objects.count(), Ecriture.objects.filter(genre='releves').count())"
    )
    environ = {nom: v for nom, v in os.environ.items() if not nom.startswith("QUARTIERS_")}
    fini = subprocess.run(
        [sys.executable, "-c", code],
        check=True, capture_output=True, text=True, cwd=RACINE, env={**environ, "QUARTIERS_BASE": base},
    )  # fmt: skip
    releves, imports = fini.stdout.split()
    return int(releves), int(imports)


def write_releves(dossier: Path) -> Path:
    """A file of sixty lines."""
    chemin = dossier / "releves.csv"
    lignes = ["indicateur;territoire;date;valeur;cle"]
    lignes += [
        f"m-2-2-apprentis;QC-VALLON;2026-0{1 + n % 9}-{1 + n // 9:02d};{n};c{n}"
        for n in range(LIGNES)
    ]
    chemin.write_text("\n".join(lignes) + "\n", encoding="utf-8")
    return chemin


def say(quoi: str, coupures: int) -> None:
    """What a sweep cut, for `tests/recette/ecriture_08_coupures.py`."""
    print(f"balayage {quoi} : {coupures} coupures")  # noqa: T201


@pytest.mark.django_db
def test_coupe_a_chaque_ecriture(tmp_path: Path) -> None:
    with open_base(tmp_path) as base:
        for envoi in ("cog", "quartiers.csv"):
            fini = run(base, 0, envoi.removesuffix(".csv"), PROGRAMME / "donnees" / envoi)
            assert fini.returncode == 0, fini.stderr
        releves = write_releves(tmp_path)
        fini = run(base, POINTS, "releves", releves)
        assert fini.returncode == 0, fini.stderr
        coupes = json.loads(fini.stdout)
        for point, _, *etat in coupes:
            assert etat in [[0, 0], [LIGNES, 1]], f"coupé au point {point}"
        morts = sum(recu == -signal.SIGKILL for _, recu, *_ in coupes)
        assert morts >= 20, f"{morts} coupures seulement"
        say("import", morts)
        assert {recu for _, recu, *_ in coupes} <= {-signal.SIGKILL, 0}
        assert run(base, 0, "releves", releves).returncode == 0
        assert count(base) == (LIGNES, 1)
        assert run(base, 0, "releves", releves).returncode == 0
        assert count(base) == (LIGNES, 1)


@pytest.mark.django_db
def test_un_formulaire_coupe_a_chaque_question(tmp_path: Path) -> None:
    """Before and after each question of a declaration: its row and its line of the journal, or neither."""
    with open_base(tmp_path) as base:
        for envoi in ("cog", "quartiers.csv"):
            fini = run(base, 0, envoi.removesuffix(".csv"), PROGRAMME / "donnees" / envoi)
            assert fini.returncode == 0, fini.stderr
        fini = run(base, 0, "formulaire", tmp_path)
        assert fini.returncode == 0, fini.stderr
        *coupes, (_, code, *entier) = json.loads(fini.stdout)
        gardes = 1
        for point, recu, releves, ecritures in coupes:
            assert recu == -signal.SIGKILL, f"point {point}"
            assert releves == ecritures, f"à moitié écrit au point {point}"
            assert releves in {gardes, gardes + 1}, f"point {point}"
            gardes = releves
        assert (code, entier) == (0, [gardes + 1, gardes + 1])
        assert len(coupes) >= 20, f"{len(coupes)} coupures seulement"
        say("formulaire", len(coupes))
        verifiee = run_verifier(base)
        assert "bien    chaîne des écritures" in verifiee, verifiee


def run_verifier(base: str) -> str:
    """What the checks of the base say."""
    environ = {nom: v for nom, v in os.environ.items() if not nom.startswith("QUARTIERS_")}
    environ |= {"QUARTIERS_BASE": base, "QUARTIERS_REFERENTIEL": str(PROGRAMME)}
    fini = subprocess.run(
        [sys.executable, "-m", "quartiers", "verifier"],
        check=False, capture_output=True, text=True, cwd=RACINE, env=environ,
    )  # fmt: skip
    return fini.stdout + fini.stderr
