"""Another programme, with other codes, other kinds and two levels, goes through the same commands.

Nothing in the code knows the first one: only the folder of TOML files changes. The golden tableaux were read
by eye against the rules before they were kept; `QUARTIERS_ECRIRE_ATTENDUS=1` writes them again.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PROGRAMME = Path(__file__).resolve().parent / "charte-rurale"
DONNEES = PROGRAMME / "donnees"
DATES = ("--vu-le", "2026-11-23", "--connu-le", "2026-11-23")
ENVOIS = ("cog", "quartiers.csv", "cibles.csv", "sans_objet.csv", "releves.csv")


def run(var: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`quartiers …` on the second programme, in a base of its own."""
    environ = {nom: v for nom, v in os.environ.items() if not nom.startswith("QUARTIERS_")}
    environ |= {"QUARTIERS_VAR": str(var), "QUARTIERS_REFERENTIEL": str(PROGRAMME)}
    return subprocess.run(
        [sys.executable, "-m", "quartiers", *arguments],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environ,
        cwd=PROGRAMME.parents[2],
    )


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base with the few files of the charter."""
    dossier = tmp_path_factory.mktemp("charte")
    for envoi in ENVOIS:
        genre = envoi.removesuffix(".csv")
        fini = run(dossier, "importer", genre, str(DONNEES / envoi), "--connu-le", "2026-11-20")
        assert fini.returncode == 0, fini.stderr
    return dossier


def test_le_referentiel_se_verifie_et_se_montre(var: Path) -> None:
    verifie = run(var, "referentiel", "verifier")
    assert verifie.returncode == 0, verifie.stderr
    montre = run(var, "referentiel", "montrer", "m-1-1-service-ouvert")
    assert montre.returncode == 0, montre.stderr
    inconnu = run(var, "referentiel", "montrer", "e03-a1-france-services")
    assert inconnu.returncode == 2


@pytest.mark.parametrize("code", ["QC-VALLON", "QC-PLATEAU", "QC-MARAIS", "DEP-00"])
def test_le_tableau_est_celui_que_l_on_attend(var: Path, code: str) -> None:
    fini = run(var, "tableau", code, *DATES, "--format", "json")
    assert fini.returncode == 0, fini.stderr
    rendu = strip(json.loads(fini.stdout))
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
