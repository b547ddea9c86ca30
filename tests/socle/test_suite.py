"""The summary of the suite and the recette: what lacks is named, and refused where it must be there."""

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import conftest
from tests.recette import bases as bases_reelles
from tests.recette import entree_06_duree, lancer_recette, outils
from tests.suite import __main__ as suite
from tests.suite import bases, bilan
from tests.suite.__main__ import Partie, list_manques, print_resume
from tests.suite.bilan import Bilan, read_bilan
from tests.suite.taille import ENTIERE, is_entiere

JUNIT = """<?xml version="1.0" encoding="utf-8"?><testsuites><testsuite name="pytest">
<testcase classname="tests.a" name="test_vert" time="0.1"><properties>
<property name="touche_la_base" value="non"/></properties></testcase>
<testcase classname="tests.a" name="test_rouge"><properties>
<property name="touche_la_base" value="oui"/></properties><failure message="assert 0">…</failure></testcase>
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
    assert bases.PROPRIETE == bilan.PROPRIETE
    assert bases.OPTION == suite.BASE_SEULE


def test_a_junit_file_is_read(tmp_path: Path) -> None:
    fichier = tmp_path / "junit.xml"
    fichier.write_text(JUNIT, encoding="utf-8")
    lu = read_bilan(fichier)
    assert (lu.joues, lu.rates) == (2, 1)
    assert lu.count(bilan.NAVIGATEUR_ABSENT) == 1
    assert lu.sautes["demande PostgreSQL"] == ["tests.b::test_pg"]
    assert len(lu.noms) == 4
    assert lu.sans_base == {"tests.a::test_vert"}
    assert bilan.count_par_dossier(
        {"tests.web.test_a::x", "tests.web.test_b::x", "tests.cli.c::x"}
    ) == {
        "cli": 1,
        "web": 2,
    }
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
    noms = {f"t{n}" for n in range(10)} | {"c"}
    partie.bilans["SQLite"] = Bilan(10, 0, {"demande PostgreSQL": ["c"]}, noms, {"t0", "t1"})
    suite.run_postgresql(partie)
    assert partie.manques == ["PostgreSQL absent : 9 tests non joués"]
    assert print_resume(partie) == 1


def test_a_given_postgresql_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    joues: list[tuple[str, ...]] = []
    monkeypatch.setenv("QUARTIERS_TEST_PG", "postgresql://hote/base")
    monkeypatch.setattr(Partie, "run_pytest", lambda _partie, *appel: joues.append(appel))
    suite.run_postgresql(make_partie(tmp_path, exiger_tout=False))
    assert joues == [("PostgreSQL", "postgresql://hote/base", bases.OPTION)]


def test_a_test_of_the_base_lost_on_the_way_is_a_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    partie = make_partie(tmp_path, exiger_tout=False)
    partie.bilans["SQLite"] = Bilan(3, 0, noms={"a", "b", "c"}, sans_base={"a"})
    partie.bilans["PostgreSQL"] = Bilan(2, 0, noms={"b", "c"})
    assert print_resume(partie) == 0
    assert (
        "1 tests ne touchent aucune base : joués une fois, sur SQLite\n" in capsys.readouterr().out
    )
    partie.bilans["PostgreSQL"] = Bilan(1, 0, noms={"c"})
    assert print_resume(partie) == 1
    assert "1 tests de la base absents de PostgreSQL : b\n" in capsys.readouterr().out


@pytest.mark.parametrize(("exiger_tout", "code"), [(False, 0), (True, 1)])
def test_a_lack_is_an_error_only_where_all_is_required(
    exiger_tout: bool, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    partie = make_partie(tmp_path, exiger_tout)
    partie.etapes.append(("pytest sur SQLite", True, 1.0))
    partie.bilans["SQLite"] = Bilan(3, 0, {"Chromium absent": ["a"]})
    assert print_resume(partie) == code
    assert "Chromium absent : 1 tests non joués sur SQLite" in capsys.readouterr().out


def test_the_full_size_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ENTIERE, raising=False)
    assert not is_entiere()
    assert suite.parse_options(["--entier"]).entier
    assert not suite.parse_options([]).entier
    monkeypatch.setenv(ENTIERE, "1")
    assert is_entiere()


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
    assert " entree 7. ÉCHEC tests/recette/entree_07_*.py : programme absent\n" in sortie
    total = sum(map(len, lancer_recette.SERIES.values()))
    assert f"1 sur {total} montrés." in sortie
    assert re.search(r"\n +\d+ s  item 9 \(seul\)\n", sortie), "the time of each is told"


def test_all_items_shown_is_0(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lancer_recette, "DOSSIER", tmp_path)
    monkeypatch.setattr(lancer_recette, "RACINE", tmp_path)
    for serie, numeros in lancer_recette.SERIES.items():
        for numero in numeros:
            (tmp_path / f"{serie}_{numero:02d}_x.py").write_text("print('vu')")
    assert lancer_recette.main([]) == 0
    assert lancer_recette.main(["14"]) == 2


def test_what_measures_is_played_alone_after_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    joues: list[str] = []

    def play_item(serie: str, numero: int) -> list[lancer_recette.Resultat]:
        joues.append(f"{serie} {numero}")
        return [lancer_recette.Resultat(joues[-1], "x", "vu", reussi=True)]

    monkeypatch.setattr(lancer_recette, "play_item", play_item)
    voulus = [(s, n) for s, numeros in lancer_recette.SERIES.items() for n in numeros]
    rendus = lancer_recette.play_items(voulus)
    assert [r.numero for r in rendus] == [f"{s} {n}" for s, n in voulus], "told in order"
    assert joues.pop() == lancer_recette.DERNIER, "it reads the results of the others"
    assert set(joues[-len(lancer_recette.MESURES) :]) == lancer_recette.MESURES
    joues.append(lancer_recette.DERNIER)
    assert {*lancer_recette.MESURES, *lancer_recette.LONGS} <= set(joues), "names that exist"
    assert len(joues) == len(set(joues)) == len(voulus)


def test_the_last_one_reads_what_the_others_showed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Red as soon as one point of the earlier issues is not shown."""
    noms = {
        f"{s} {n}": True for s in ("item", "lecture", "entree") for n in lancer_recette.SERIES[s]
    }
    fichier = tmp_path / "resultats.json"
    monkeypatch.setenv(lancer_recette.RESULTATS, str(fichier))
    for rouges, attendu in (((), True), (("lecture 4",), False), (("absent",), False)):
        resultats = {nom: nom not in rouges for nom in noms}
        if "absent" in rouges:
            del resultats["entree 7"]
        fichier.write_text(json.dumps(resultats))
        assert (
            subprocess.run(ANTERIEURES, check=False, capture_output=True).returncode == 0
        ) is attendu


ANTERIEURES = (sys.executable, "-m", "tests.recette.ecriture_13_anterieures")


class Compteur(outils.Atelier):
    """An atelier whose imports are counted and write a line in its base."""

    def quartiers(self, *arguments: str, **_options: object) -> str:
        base = self.dossier / "var" / bases_reelles.BASE
        base.parent.mkdir(parents=True, exist_ok=True)
        avant = base.read_text() if base.exists() else ""
        base.write_text(f"{avant}{arguments[1]};")
        joues.append(arguments[1])
        return f"{arguments[1]} lu"


joues: list[str] = []


def load(dossier: Path, *genres: str, ecrit: str = "", **variables: str) -> tuple[str, list[str]]:
    """A program of its own: (its base, the imports that it played). `ecrit`: written before the last one."""
    joues.clear()
    dossier.mkdir()
    atelier = Compteur(dossier, variables=variables)
    for genre in genres:
        if genre == genres[-1] and ecrit:
            (dossier / "var" / bases_reelles.BASE).write_text(ecrit)
        assert bases_reelles.load(atelier, "importer", genre) == f"{genre} lu"
    return (dossier / "var" / bases_reelles.BASE).read_text(), list(joues)


def test_programs_share_the_bases_of_one_history(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(bases_reelles.VARIABLE, raising=False)
    assert load(tmp_path / "seul", "cog", "qrr") == ("cog;qrr;", ["cog", "qrr"])
    (tmp_path / "partage").mkdir()
    monkeypatch.setenv(bases_reelles.VARIABLE, str(tmp_path / "partage"))
    assert load(tmp_path / "a", "cog", "qrr") == ("cog;qrr;", ["cog", "qrr"])
    assert load(tmp_path / "b", "cog", "qrr", "qpv") == ("cog;qrr;qpv;", ["qpv"])
    assert load(tmp_path / "c", "cog", "qpv") == ("cog;qpv;", ["qpv"]), "another order"
    assert load(tmp_path / "d", "cog", "qrr", ecrit="autre;") == ("autre;qrr;", ["qrr"])
    ailleurs = load(tmp_path / "e", "cog", QUARTIERS_BASE="ailleurs")
    assert ailleurs == ("cog;", ["cog"]), "a base of another place is never shared"


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


RESUME = """
════════
ok   ruff check 1.0 s
ok   ruff format 1.0 s
ok   mypy 1.0 s
ok   djlint 1.0 s
ok   migrations 1.0 s
ok   réglages 1.0 s
ok   pytest sur SQLite 1.0 s
ok   pytest sur PostgreSQL 1.0 s
9 tests joués sur SQLite, 0 ratés
  SQLite par dossier : cli 4, web 6
4 tests joués sur PostgreSQL, 0 ratés
  PostgreSQL par dossier : cli 1, web 3
6 tests ne touchent aucune base : joués une fois, sur SQLite
Tout est vert.
"""
PLANCHERS = "dossier;tests;touchent_la_base\ncli;4;1\nweb;6;3\n"


def test_the_counts_of_the_suite_are_judged() -> None:
    assert entree_06_duree.judge(RESUME, PLANCHERS) == []
    for avant, apres, dit in (
        ("web 6", "web 5", "web : 5 tests sur SQLite, 6 attendus au moins"),
        ("cli 1", "geo 1", "cli : 0 tests sur PostgreSQL, 1 attendus au moins"),
        ("ok   mypy", "ÉCHEC mypy", "partie absente ou ratée : mypy"),
        ("6 tests ne touchent", "5 tests ne touchent", "10 tests en tout, 4 sur PostgreSQL"),
    ):
        ecarts = entree_06_duree.judge(RESUME.replace(avant, apres), PLANCHERS)
        assert any(ecart.startswith(dit) for ecart in ecarts), ecarts
