"""The base is created, migrated or refused by the real command, in processes of their own."""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from quartiers.settings import RACINE


def run(*appel: str, base: str, dossier: Path) -> "subprocess.CompletedProcess[str]":
    propre = {nom: v for nom, v in os.environ.items() if not nom.startswith("QUARTIERS_")}
    env = {**propre, "QUARTIERS_VAR": str(dossier / "var"), "QUARTIERS_BASE": base}
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "quartiers", *appel],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=dossier,
        env={**env, "PYTHONPATH": str(RACINE)},
        timeout=120,
    )


@pytest.fixture(scope="module")
def faite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base made once by the real command; each test takes a copy."""
    dossier = tmp_path_factory.mktemp("faite")
    fichier = dossier / "base.sqlite3"
    assert run("migrer", base=f"sqlite:///{fichier}", dossier=dossier).returncode == 0
    return fichier


def test_a_base_is_created_once_then_left_alone(tmp_path: Path) -> None:
    base = f"sqlite:///{tmp_path}/sous/dossier/base.sqlite3"
    premiere = run("migrer", base=base, dossier=tmp_path)
    assert (premiere.returncode, premiere.stderr) == (0, "")
    assert "Migration faite : auth.0001_initial" in premiere.stdout
    seconde = run("migrer", base=base, dossier=tmp_path)
    assert seconde.stdout == "La base est à jour.\n"


def test_a_relative_base_is_in_the_current_folder(tmp_path: Path) -> None:
    assert run("migrer", base="sqlite:///ici.sqlite3", dossier=tmp_path).returncode == 0
    assert (tmp_path / "ici.sqlite3").is_file()


def test_two_starts_at_once_on_an_absent_base(tmp_path: Path) -> None:
    base = f"sqlite:///{tmp_path}/base.sqlite3"
    env = {**os.environ, "QUARTIERS_BASE": base, "PYTHONPATH": str(RACINE)}
    env["QUARTIERS_VAR"] = str(tmp_path / "var")
    commande = [sys.executable, "-m", "quartiers", "migrer"]
    lances = [
        subprocess.Popen(commande, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for _ in range(3)
    ]
    sorties = [lance.communicate(timeout=120)[0].decode() for lance in lances]
    assert [lance.returncode for lance in lances] == [0, 0, 0], sorties
    assert sum("Migration faite" in sortie for sortie in sorties) == 1


def test_an_older_program_refuses_a_newer_base(tmp_path: Path, faite: Path) -> None:
    fichier = shutil.copy(faite, tmp_path)
    base = f"sqlite:///{fichier}"
    with sqlite3.connect(fichier) as lien:
        lien.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('storage', '9999_demain', '2030-01-01')"
        )
    lien.close()
    refus = run("migrer", base=base, dossier=tmp_path)
    assert refus.returncode == 1
    assert "version plus récente" in refus.stderr
    assert "9999_demain" in refus.stderr


@pytest.mark.parametrize("appel", [("migrer",), ("tableau", "FR"), ("importer", "cog", ".")])
def test_a_base_of_another_first_migration_is_left_as_it_is(
    appel: tuple[str, ...], tmp_path: Path, faite: Path
) -> None:
    fichier = shutil.copy(faite, tmp_path)
    base = f"sqlite:///{fichier}"
    with sqlite3.connect(fichier) as lien:
        lien.execute("DELETE FROM django_migrations WHERE app = 'storage'")
        lien.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('storage', '0001_initial', '2026-01-01')"
        )
        avant = list(lien.iterdump())
    lien.close()
    refus = run(*appel, base=base, dossier=tmp_path)
    assert (refus.returncode, refus.stdout) == (1, "")
    assert "par une version précédente" in refus.stderr
    assert "refaire les imports dans une base neuve" in refus.stderr
    with sqlite3.connect(fichier) as lien:
        assert list(lien.iterdump()) == avant
    lien.close()


@pytest.mark.parametrize("appel", [("migrer",), ("tableau", "FR"), ("sources",)])
def test_a_base_of_other_tables_is_refused_in_one_line(
    appel: tuple[str, ...], tmp_path: Path, faite: Path
) -> None:
    """The first migration was rewritten since: its name is known, its columns are not there."""
    fichier = shutil.copy(faite, tmp_path)
    base = f"sqlite:///{fichier}"
    with sqlite3.connect(fichier) as lien:
        lien.execute("ALTER TABLE storage_territoire DROP COLUMN publies")
    lien.close()
    refus = run(*appel, base=base, dossier=tmp_path)
    assert (refus.returncode, refus.stdout) == (1, "")
    assert "autre version du logiciel (storage_territoire.publies)" in refus.stderr
    assert "refaire les imports dans une base neuve" in refus.stderr
    assert "Traceback" not in refus.stderr


@pytest.mark.parametrize(
    ("base", "phrase"),
    [
        ("sqlite:///{dossier}/fichier/base.sqlite3", "est inaccessible"),
        ("sqlite:///{dossier}/fichier", "est inaccessible"),
        ("postgresql://qui:secret@127.0.0.1:1/base", "est inaccessible"),
    ],
)
def test_an_unreachable_base_is_told_in_one_french_line(
    base: str, phrase: str, tmp_path: Path
) -> None:
    (tmp_path / "fichier").write_text("ceci n'est pas une base SQLite, loin de là" * 50)
    refus = run("migrer", base=base.format(dossier=tmp_path), dossier=tmp_path)
    assert refus.returncode == 1, refus.stderr
    assert phrase in refus.stderr
    assert "secret" not in refus.stderr
    assert "Traceback" not in refus.stderr


def test_sqlite_is_opened_as_promised(tmp_path: Path) -> None:
    programme = (
        "from quartiers.cli.base import prepare_base; prepare_base();"
        "from django.db import connection;"
        "c = connection.cursor();"
        "print([c.execute('PRAGMA ' + p).fetchone()[0] for p in "
        "('journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout')],"
        "connection.transaction_mode)"
    )
    env = {**os.environ, "QUARTIERS_BASE": f"sqlite:///{tmp_path}/b.sqlite3"}
    env |= {"QUARTIERS_VAR": str(tmp_path), "PYTHONPATH": str(RACINE)}
    fini = subprocess.run(
        [sys.executable, "-c", programme], env=env, check=True, capture_output=True, text=True
    )
    assert fini.stdout.strip() == "['wal', 2, 1, 20000] IMMEDIATE"


@pytest.mark.postgresql
@pytest.mark.django_db
def test_postgresql_is_never_migrated_by_surprise(tmp_path: Path) -> None:
    """A fresh database beside the one of the tests: refused by a command, filled by `migrer`.

    Made by a connection of its own: a test that flushes its tables would be refused, facts are never erased.
    """
    from django.conf import settings
    from django.db import connection

    nom = f"neuve_{os.getpid()}"
    with connection._nodb_cursor() as curseur:
        curseur.execute(f"CREATE DATABASE {nom}")
    base = urlsplit(settings.BASE)._replace(path=f"/{nom}").geturl()
    try:
        refus = run("serveur", "--port", "0", base=base, dossier=tmp_path)
        assert refus.returncode == 1, refus.stderr
        assert "quartiers migrer" in refus.stderr
        assert run("migrer", base=base, dossier=tmp_path).returncode == 0
        assert run("migrer", base=base, dossier=tmp_path).stdout == "La base est à jour.\n"
    finally:
        with connection._nodb_cursor() as curseur:
            curseur.execute(f"DROP DATABASE {nom} WITH (FORCE)")


@pytest.mark.parametrize(
    "appel",
    [
        ("tableau", "DEP-93"),
        ("tableau", "DEP-93", "--format", "pdf", "-o", "x.pdf"),
        ("constat", "QRR-93_3", "e06-a2-adultes-relais"),
        ("constat", "QRR-93_3", "e06-a2-adultes-relais", "--format", "pdf", "-o", "x.pdf"),
        ("papier", "DEP-93", "-o", "papier"),
        ("exporter", "releves", "DEP-93"),
    ],
)
def test_a_command_of_reading_starts_alone(tmp_path: Path, appel: tuple[str, ...]) -> None:
    """In a process where nothing loaded Django before: on an empty base, a clear sentence."""
    fini = run(*appel, base=f"sqlite:///{tmp_path}/base.sqlite3", dossier=tmp_path)
    assert fini.returncode == 2, fini.stderr
    assert "territoire inconnu" in fini.stderr
