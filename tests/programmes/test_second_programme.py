"""Another programme, with other codes, other kinds and two levels, goes through the same commands.

Nothing in the code knows the first one: only the folder of TOML files changes. The golden tableaux were read
by eye against the rules before they were kept; `QUARTIERS_ECRIRE_ATTENDUS=1` writes them again.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

PROGRAMME = Path(__file__).resolve().parent / "charte-rurale"
DONNEES = PROGRAMME / "donnees"
DATES = ("--vu-le", "2026-11-23", "--connu-le", "2026-11-23")
ENVOIS = ("cog", "quartiers.csv", "cibles.csv", "sans_objet.csv", "releves.csv")
CODES = ("QC-VALLON", "QC-PLATEAU", "QC-MARAIS", "DEP-00")
# The commands one after the other in one process: starting it is most of what each costs.
SUITE = """
import json, sys
from contextlib import redirect_stdout
from io import StringIO
from quartiers.cli.main import main

rendus = []
for appel in json.load(sys.stdin):
    with redirect_stdout(StringIO()) as sortie:
        code = main(appel)
    rendus.append((code, sortie.getvalue()))
json.dump(rendus, sys.stdout)
"""


def run(var: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`quartiers …` on the second programme, in a base of its own."""
    return start(var, ["-m", "quartiers", *arguments])


def run_suite(var: Path, appels: Sequence[Sequence[str]]) -> list[str]:
    """What several commands write, each of them done (exit code 0)."""
    fini = start(var, ["-c", SUITE], json.dumps(appels))
    assert fini.returncode == 0, fini.stderr
    rendus = json.loads(fini.stdout)
    assert [code for code, _ in rendus] == [0] * len(appels), fini.stderr
    return [sortie for _, sortie in rendus]


def start(
    var: Path, arguments: Sequence[str], entree: str = ""
) -> subprocess.CompletedProcess[str]:
    """A process that knows only the second programme."""
    environ = {nom: v for nom, v in os.environ.items() if not nom.startswith("QUARTIERS_")}
    environ |= {"QUARTIERS_VAR": str(var), "QUARTIERS_REFERENTIEL": str(PROGRAMME)}
    return subprocess.run(
        [sys.executable, *arguments],
        check=False,
        capture_output=True,
        input=entree,
        text=True,
        encoding="utf-8",
        env=environ,
        cwd=PROGRAMME.parents[2],
    )


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base with the few files of the charter."""
    dossier = tmp_path_factory.mktemp("charte")
    connu_le = ("--connu-le", "2026-11-20")
    run_suite(
        dossier,
        [("importer", e.removesuffix(".csv"), str(DONNEES / e), *connu_le) for e in ENVOIS],
    )
    return dossier


@pytest.fixture(scope="module")
def tableaux(var: Path) -> dict[str, Any]:
    """The tableau of each territoire, as its command writes it."""
    appels = [("tableau", code, *DATES, "--format", "json") for code in CODES]
    return dict(zip(CODES, map(json.loads, run_suite(var, appels)), strict=True))


def test_le_referentiel_se_verifie_et_se_montre(var: Path) -> None:
    verifie = run(var, "referentiel", "verifier")
    assert verifie.returncode == 0, verifie.stderr
    montre = run(var, "referentiel", "montrer", "m-1-1-service-ouvert")
    assert montre.returncode == 0, montre.stderr
    inconnu = run(var, "referentiel", "montrer", "e03-a1-france-services")
    assert inconnu.returncode == 2


@pytest.mark.parametrize("code", CODES)
def test_le_tableau_est_celui_que_l_on_attend(tableaux: dict[str, Any], code: str) -> None:
    rendu = strip(tableaux[code])
    attendu = PROGRAMME / "attendus" / f"{code}.json"
    if os.environ.get("QUARTIERS_ECRIRE_ATTENDUS") == "1":
        attendu.parent.mkdir(exist_ok=True)
        attendu.write_text(json.dumps(rendu, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert rendu == json.loads(attendu.read_text(encoding="utf-8"))


def strip(tableau: dict[str, Any]) -> dict[str, Any]:
    """The tableau without what names a state of the base: the version of the data, digests, keys of faits."""
    tableau.pop("donnees_version")
    for engagement in tableau["engagements"]:
        for partie in (*engagement["actions"], *engagement["objectifs"]):
            for indicateur in partie["indicateurs"]:
                for fait in indicateur["faits"]:
                    fait.pop("cle")
                    fait.pop("empreinte")
    return tableau
