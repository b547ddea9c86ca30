"""The launcher: when it prepares, when it does not, and what it says when it cannot."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import lancer


@pytest.fixture
def projet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with its two locks and an environment that looks made."""
    monkeypatch.setattr(lancer, "RACINE", tmp_path)
    monkeypatch.setattr(lancer, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(lancer, "VERROU_COURANT", tmp_path / "requirements.lock")
    monkeypatch.setattr(lancer, "VERROU_TESTS", tmp_path / "requirements-dev.lock")
    lancer.VERROU_COURANT.write_text("django==5.2\n")
    lancer.VERROU_TESTS.write_text("django==5.2\npytest==9\n")
    lancer.get_python().parent.mkdir(parents=True)
    lancer.get_python().symlink_to(sys.executable)
    return tmp_path


def stamp(verrou: Path) -> None:
    timbre = lancer.VENV / f"{verrou.name}.sha256"
    timbre.write_text(lancer.compute_empreinte(verrou), encoding="ascii")


def test_ready_only_with_the_stamp_of_this_lock(projet: Path) -> None:
    assert not lancer.is_ready(lancer.VERROU_COURANT)
    stamp(lancer.VERROU_COURANT)
    assert lancer.is_ready(lancer.VERROU_COURANT)
    assert not lancer.is_ready(lancer.VERROU_TESTS)
    lancer.VERROU_COURANT.write_text("django==5.3\n")
    assert not lancer.is_ready(lancer.VERROU_COURANT), "a changed lock asks for a new environment"


def test_a_moved_project_is_not_ready(projet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stamp(lancer.VERROU_COURANT)
    monkeypatch.setattr(lancer, "RACINE", projet.parent)
    assert not lancer.is_ready(lancer.VERROU_COURANT)


def list_gestes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Replace what costs a minute by a note of its name."""
    gestes: list[str] = []
    monkeypatch.setattr(lancer, "create_venv", lambda: gestes.append("neuf"))
    monkeypatch.setattr(lancer, "install", lambda verrou: gestes.append(verrou.name))
    monkeypatch.setattr(lancer, "write_timbres", lambda _verrou: gestes.append("timbre"))
    return gestes


def test_nothing_is_done_twice(projet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gestes = list_gestes(monkeypatch)
    stamp(lancer.VERROU_COURANT)
    lancer.prepare(lancer.VERROU_COURANT)
    assert gestes == []


def test_tests_complete_an_ordinary_environment(
    projet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gestes = list_gestes(monkeypatch)
    stamp(lancer.VERROU_COURANT)
    lancer.prepare(lancer.VERROU_TESTS)
    assert gestes == ["requirements-dev.lock", "timbre"]


def test_a_stale_environment_is_made_again(projet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gestes = list_gestes(monkeypatch)
    lancer.prepare(lancer.VERROU_COURANT)
    assert gestes == ["neuf", "requirements.lock", "timbre"]


def test_pip_takes_over_when_uv_fails(projet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lancees: list[list[str]] = []

    def run(commande: list[str], **_options: object) -> "subprocess.CompletedProcess[str]":
        lancees.append(commande)
        return subprocess.CompletedProcess(commande, 1 if commande[0] == "/bin/uv" else 0)

    monkeypatch.setattr(lancer, "find_uv", lambda: "/bin/uv")
    monkeypatch.setattr(subprocess, "run", run)
    lancer.install(lancer.VERROU_COURANT)
    assert [commande[:3] for commande in lancees] == [
        ["/bin/uv", "pip", "install"],
        [str(lancer.get_python()), "-m", "ensurepip"],
        [str(lancer.get_python()), "-m", "pip"],
    ]
    assert all("--require-hashes" in commande for commande in lancees if "install" in commande)


@pytest.mark.skipif(os.name != "posix", reason="l'environnement passe à un processus fils")
def test_what_was_compiled_is_kept_for_the_next_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    recus: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda _chemin, commande: recus.append(commande))
    lancer.run_in_venv(["-m", "quartiers"])
    assert recus == [[str(lancer.get_python()), "-m", "quartiers"]]
    assert "PYTHONDONTWRITEBYTECODE" not in os.environ


def test_what_it_says_when_it_cannot(
    projet: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lancer.VERROU_COURANT.unlink()
    assert lancer.main(["demo"]) == 3
    assert "requirements.lock absent" in capsys.readouterr().err
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    assert lancer.main(["demo"]) == 3
    assert "Il faut Python 3.11 ou plus récent (ici : 3.9.2)." in capsys.readouterr().err


def test_help_needs_no_environment(projet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lancer.main(["--aide"]) == 0
    assert capsys.readouterr().out.startswith("Usage : python3 lancer.py VERBE")
    assert lancer.main([]) == 2
