"""The summary of the suite and the recette: what lacks is named, and refused where it must be there."""

import argparse
from pathlib import Path

import pytest

from tests import conftest
from tests.recette import lancer_recette, outils
from tests.suite import __main__ as suite
from tests.suite import bilan
from tests.suite.__main__ import Partie, list_manques, print_resume
from tests.suite.bilan import Bilan, read_bilan

JUNIT = """<?xml version="1.0" encoding="utf-8"?><testsuites><testsuite name="pytest">
<testcase classname="tests.a" name="test_vert" time="0.1"/>
<testcase classname="tests.a" name="test_rouge"><failure message="assert 0">…</failure></testcase>
<testcase classname="tests.b" name="test_page"><skipped message="Chromium absent (X)">…</skipped></testcase>
<testcase classname="tests.b" name="test_pg"><skipped message="Skipped: demande PostgreSQL">…</skipped></testcase>
</testsuite></testsuites>"""


def make_partie(tmp_path: Path, exiger_tout: bool) -> Partie:
    options = argparse.Namespace(exiger_tout=exiger_tout, sans_style=False, ouvriers="0", pytest=[])
    return Partie(options, tmp_path)


def test_the_reasons_written_are_the_reasons_read() -> None:
    assert conftest.NAVIGATEUR_ABSENT.startswith(bilan.NAVIGATEUR_ABSENT)
    assert conftest.POSTGRESQL_ABSENT.startswith(bilan.POSTGRESQL_ABSENT)
    assert conftest.DONNEES_ABSENTES.startswith(bilan.DONNEES_ABSENTES)


def test_a_junit_file_is_read(tmp_path: Path) -> None:
    fichier = tmp_path / "junit.xml"
    fichier.write_text(JUNIT, encoding="utf-8")
    lu = read_bilan(fichier)
    assert (lu.joues, lu.rates) == (2, 1)
    assert lu.count(bilan.NAVIGATEUR_ABSENT) == 1
    assert lu.sautes["demande PostgreSQL"] == ["tests.b::test_pg"]
    assert read_bilan(tmp_path / "absent.xml") == Bilan()


def test_lacks_are_named(tmp_path: Path) -> None:
    partie = make_partie(tmp_path, exiger_tout=False)
    partie.bilans["SQLite"] = Bilan(
        10, 0, {"Chromium absent": ["a", "b"], "demande PostgreSQL": ["c"], "pas prêt": ["d"]}
    )
    partie.manques.append("PostgreSQL absent : 14 tests non joués")
    assert list_manques(partie) == [
        "PostgreSQL absent : 14 tests non joués",
        "Chromium absent : 2 tests non joués sur SQLite",
        "1 tests sautés sur SQLite (pas prêt) : d",
    ]


def test_an_absent_postgresql_costs_all_its_tests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QUARTIERS_TEST_PG", raising=False)
    monkeypatch.setattr(suite, "find_binaires", lambda: None)
    partie = make_partie(tmp_path, exiger_tout=True)
    partie.bilans["SQLite"] = Bilan(10, 0, {"demande PostgreSQL": ["c"]})
    suite.run_postgresql(partie)
    assert partie.manques == ["PostgreSQL absent : 11 tests non joués"]
    assert print_resume(partie) == 1


def test_a_given_postgresql_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    joues: list[tuple[str, str]] = []
    monkeypatch.setenv("QUARTIERS_TEST_PG", "postgresql://hote/base")
    monkeypatch.setattr(Partie, "run_pytest", lambda _partie, *appel: joues.append(appel))
    suite.run_postgresql(make_partie(tmp_path, exiger_tout=False))
    assert joues == [("PostgreSQL", "postgresql://hote/base")]


@pytest.mark.parametrize(("exiger_tout", "code"), [(False, 0), (True, 1)])
def test_a_lack_is_an_error_only_where_all_is_required(
    exiger_tout: bool, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    partie = make_partie(tmp_path, exiger_tout)
    partie.etapes.append(("pytest sur SQLite", True, 1.0))
    partie.bilans["SQLite"] = Bilan(3, 0, {"Chromium absent": ["a"]})
    assert print_resume(partie) == code
    assert "Chromium absent : 1 tests non joués sur SQLite" in capsys.readouterr().out


def test_official_files_are_not_an_engine(tmp_path: Path) -> None:
    partie = make_partie(tmp_path, exiger_tout=True)
    partie.bilans["SQLite"] = Bilan(3, 0, {"données officielles absentes (X)": ["a"]})
    assert print_resume(partie) == 0


def test_a_red_step_is_red(tmp_path: Path) -> None:
    partie = make_partie(tmp_path, exiger_tout=False)
    partie.etapes.append(("mypy", False, 1.0))
    assert print_resume(partie) == 1


def test_a_missing_item_is_a_printed_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(lancer_recette, "DOSSIER", tmp_path)
    monkeypatch.setattr(lancer_recette, "RACINE", tmp_path)
    (tmp_path / "item_01_vert.py").write_text("print('62 sur 62')\nprint('détail')\n")
    (tmp_path / "item_02_rouge.py").write_text("print('61 sur 62')\nraise SystemExit(1)\n")
    (tmp_path / "item_2_nom.py").write_text("")
    assert lancer_recette.main([]) == 1
    sortie = capsys.readouterr().out
    assert "    item 1. ok    python item_01_vert.py : 62 sur 62\n" in sortie
    assert "    item 2. ÉCHEC python item_02_rouge.py : 61 sur 62\n" in sortie
    assert "   item 10. ÉCHEC tests/recette/item_10_*.py : programme absent\n" in sortie
    assert "lecture 9. ÉCHEC tests/recette/lecture_09_*.py : programme absent\n" in sortie
    assert "item_2_nom.py" in sortie
    assert "1 sur 20 montrés." in sortie


def test_all_items_shown_is_0(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lancer_recette, "DOSSIER", tmp_path)
    monkeypatch.setattr(lancer_recette, "RACINE", tmp_path)
    for serie, numeros in lancer_recette.SERIES.items():
        for numero in numeros:
            (tmp_path / f"{serie}_{numero:02d}_x.py").write_text("print('vu')")
    assert lancer_recette.main([]) == 0
    assert lancer_recette.main(["11"]) == 2


def raise_echec(_atelier: outils.Atelier) -> str:
    outils.expect(False, "54 au lieu de 55")
    return "jamais dit"


def raise_autre(_atelier: outils.Atelier) -> str:
    raise ZeroDivisionError


@pytest.mark.parametrize(
    ("main", "code", "phrase"),
    [
        (lambda _atelier: "55 sur 55", 0, "55 sur 55"),
        (raise_echec, 1, "54 au lieu de 55"),
        (raise_autre, 1, "ZeroDivisionError : "),
    ],
)
def test_a_program_says_one_sentence_first(
    main: "outils.Item", code: int, phrase: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as sortie:
        outils.play(main)
    assert sortie.value.code == code
    assert capsys.readouterr().out.splitlines()[0].strip() == phrase.strip()
