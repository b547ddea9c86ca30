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
from tests.controles import CONTROLES

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
def test_un_import_coupe_a_chaque_ecriture(tmp_path: Path) -> None:
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
@pytest.mark.parametrize(
    ("geste", "laisse"),
    [
        pytest.param("formulaire", (1, 1), id="formulaire"),  # a row, its line of the journal
        pytest.param("pieces", (1, 1, 3, 2), id="pieces"),  # and three pieces, two files
        pytest.param("essai", (1, 1), id="essai"),  # a file sent by the web: a trial, its file
        # What was done of the trial, three rows, their line of the journal.
        pytest.param("atelier", (1, 3, 1), id="atelier"),
        pytest.param("lot", (1, 3, 1), id="lot"),  # a line of the journal, three decisions, an act
    ],
)
def test_un_geste_coupe_a_chaque_question(
    tmp_path: Path, geste: str, laisse: tuple[int, ...]
) -> None:
    """Before and after each question, the commit included: all that one deed leaves, or nothing."""
    with open_base(tmp_path) as base:
        fini = run(base, 0, geste, PROGRAMME / "donnees")
        assert fini.returncode == 0, fini.stderr
        (*coupes, (_, code, *entier)), controles = json.loads(fini.stdout)
        gardes, faits = 0, []
        for point, recu, *etat in coupes:
            assert recu == -signal.SIGKILL, f"point {point}"
            assert etat == [etat[0] * nombre for nombre in laisse], f"à moitié au point {point}"
            faits.append(etat[0] - gardes)
            gardes = etat[0]
        assert set(faits) == {0, 1}, f"coupé avant et après sa fin : {faits}"
        assert (code, entier) == (0, [(gardes + 1) * nombre for nombre in laisse])
        assert len(coupes) >= 20, f"{len(coupes)} coupures seulement"
        say(geste, len(coupes))
        assert {f"bien    {controle}" for controle in CONTROLES} <= set(controles)
