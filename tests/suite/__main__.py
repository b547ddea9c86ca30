"""The whole test-suite, run by `python3 lancer.py tests`: style, types, migrations, tests on both bases.

Each step is shown with its duration; a step that fails does not hide the next ones. What a machine
lacks (PostgreSQL, Chromium) is named at the end with the number of tests it cost, and is an error
when `CI=true` or with `--exiger-tout`.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from tests.suite.bilan import (
    DONNEES_ABSENTES,
    NAVIGATEUR_ABSENT,
    POSTGRESQL_ABSENT,
    Bilan,
    count_par_dossier,
    list_oublies,
    read_bilan,
)
from tests.suite.grappe import find_binaires, open_grappe
from tests.suite.taille import ENTIERE, OPTION

RACINE = Path(__file__).resolve().parent.parent.parent
PYTHON = sys.executable
BASE_SEULE = "--base-seule"
"""The option of tests/suite/bases.py; that module needs pytest, this one does not."""


# What a developer's shell may say that must not change the tests: everything but where things are.
GARDEES = {"QUARTIERS_DONNEES", "QUARTIERS_CHROMIUM", "QUARTIERS_TEST_PG"}


def get_environnement() -> dict[str, str]:
    """The environment without this product's own settings."""
    return {
        nom: valeur
        for nom, valeur in os.environ.items()
        if nom in GARDEES or not nom.startswith("QUARTIERS_")
    }


@dataclass(slots=True)
class Partie:
    """One run of the suite: what failed, what lacked, how long it took."""

    options: argparse.Namespace
    travail: Path
    etapes: list[tuple[str, bool, float]] = field(default_factory=list)
    bilans: dict[str, Bilan] = field(default_factory=dict)
    manques: list[str] = field(default_factory=list)

    def run(self, nom: str, *commande: str, **variables: str) -> bool:
        """Run one step in the root folder and note its result."""
        print(f"\n── {nom} ".ljust(80, "─"), flush=True)
        debut = time.monotonic()
        env = {**get_environnement(), "QUARTIERS_VAR": str(self.travail / "var"), **variables}
        reussi = subprocess.run(commande, check=False, cwd=RACINE, env=env).returncode == 0
        self.etapes.append((nom, reussi, time.monotonic() - debut))
        return reussi

    def run_pytest(self, nom: str, base: str, *options: str) -> None:
        """The tests on one base; the JUnit file says what was played and what was not."""
        junit = self.travail / f"{nom}.xml"
        ouvriers = (
            []
            if self.options.ouvriers == "0"
            else ["-n", self.options.ouvriers, "--dist", "worksteal"]
        )
        longs = ("--durations=15", "--durations-min=5")
        commande = [
            PYTHON,
            "-m",
            "pytest",
            "-q",
            *longs,
            *ouvriers,
            *options,
            f"--junit-xml={junit}",
        ]
        variables = {"QUARTIERS_BASE": base} if base else {}
        self.run(f"pytest sur {nom}", *commande, *self.options.pytest, **variables)
        self.bilans[nom] = read_bilan(junit)


def run_style(partie: Partie) -> None:
    """Everything that reads the code without running a test."""
    templates = sorted((RACINE / "quartiers").rglob("templates"))
    partie.run("ruff check", PYTHON, "-m", "ruff", "check", "--no-cache", ".")
    partie.run("ruff format", PYTHON, "-m", "ruff", "format", "--no-cache", "--check", ".")
    partie.run("mypy", PYTHON, "-m", "mypy")
    if any(dossier.rglob("*.html") for dossier in templates):
        partie.run("djlint", PYTHON, "-m", "djlint", "--lint", "--quiet", *map(str, templates))
    django = (PYTHON, "-W", "error", "-m", "django")
    reglages = {"DJANGO_SETTINGS_MODULE": "quartiers.settings"}
    partie.run("migrations", *django, "makemigrations", "--check", "--dry-run", **reglages)
    deploy = ("check", "--deploy", "--fail-level", "WARNING")
    partie.run("réglages", *django, *deploy, **reglages, QUARTIERS_HTTPS="1")


def run_postgresql(partie: Partie) -> None:
    """On PostgreSQL, the tests that touch the base: a given address, else a private cluster, else a named lack."""
    if adresse := os.environ.get("QUARTIERS_TEST_PG", "").strip():
        partie.run_pytest("PostgreSQL", adresse, BASE_SEULE)
        return
    binaires = find_binaires() if os.name == "posix" else None
    if binaires is None:
        sqlite = partie.bilans["SQLite"]
        total = len(sqlite.noms - sqlite.sans_base)
        partie.manques.append(f"PostgreSQL absent : {total} tests non joués")
        return
    try:
        with open_grappe(binaires) as adresse:
            partie.run_pytest("PostgreSQL", adresse, BASE_SEULE)
    except RuntimeError as erreur:
        print(erreur, file=sys.stderr)
        partie.etapes.append(("pytest sur PostgreSQL", False, 0.0))


def list_manques(partie: Partie) -> list[str]:
    """One French line per lack; an unexpected skip is one too, named test by test."""
    lignes = list(partie.manques)
    for nom, bilan in partie.bilans.items():
        if combien := bilan.count(NAVIGATEUR_ABSENT):
            lignes.append(f"Chromium absent : {combien} tests non joués sur {nom}")
        for raison, noms in sorted(bilan.sautes.items()):
            is_ailleurs = raison.startswith(POSTGRESQL_ABSENT) and nom == "SQLite"
            if raison.startswith((NAVIGATEUR_ABSENT, DONNEES_ABSENTES)) or is_ailleurs:
                continue  # told apart: played on the other base, or not an engine
            lignes.append(f"{len(noms)} tests sautés sur {nom} ({raison}) : {', '.join(noms)}")
    return lignes


def print_comptes(partie: Partie) -> bool:
    """How many tests each base has seen; False when one that touches the base was lost on the way."""
    for nom, bilan in partie.bilans.items():
        combien = bilan.count(DONNEES_ABSENTES)
        sans = f", {combien} non joués (données officielles absentes)" if combien else ""
        print(f"{bilan.joues} tests joués sur {nom}, {bilan.rates} ratés{sans}")
        dossiers = count_par_dossier(bilan.noms)
        print(f"  {nom} par dossier : {', '.join(f'{d} {n}' for d, n in dossiers.items())}")
    if len(partie.bilans) < 2:
        return True
    premier, second = partie.bilans.values()
    print(f"{len(premier.sans_base)} tests ne touchent aucune base : joués une fois, sur SQLite")
    oublies = list_oublies(premier, second)
    if oublies:
        print(f"{len(oublies)} tests de la base absents de PostgreSQL : {', '.join(oublies[:10])}")
    return not oublies


def print_resume(partie: Partie) -> int:
    """Print the summary; gives the exit code (0 all green, 1 a failure or a forbidden lack)."""
    print("\n" + "═" * 80)
    for nom, reussi, duree in partie.etapes:
        print(f"{'ok   ' if reussi else 'ÉCHEC'} {nom:<24} {duree:7.1f} s")
    if not print_comptes(partie):
        partie.etapes.append(("même suite sur les deux bases", False, 0.0))
    manques = list_manques(partie)
    for ligne in manques:
        print(ligne)
    rates = [nom for nom, reussi, _ in partie.etapes if not reussi]
    if rates:
        print(f"ÉCHEC : {', '.join(rates)}")
        return 1
    if manques and partie.options.exiger_tout:
        print("ÉCHEC : tout est exigé ici (CI=true ou --exiger-tout), et il manque ce qui précède.")
        return 1
    print("Tout est vert." if not manques else "Vert, sauf ce qui n'a pas été joué.")
    return 0


def parse_options(arguments: list[str]) -> argparse.Namespace:
    """Options of `lancer.py tests`; what follows `--` goes to pytest."""
    parser = argparse.ArgumentParser(
        prog="lancer.py tests", description="Joue toute la suite de tests.", add_help=False
    )
    parser.add_argument("-h", "--aide", "--help", action="help", help="montre cette aide")
    parser.add_argument(
        "--exiger-tout",
        action="store_true",
        default=os.environ.get("CI", "").lower() == "true",
        help="échoue si un moteur manque (d'office quand CI=true)",
    )
    parser.add_argument(
        OPTION,
        action="store_true",
        help="la taille entière : dix mille mondes, chaque preuve à chacun de ses jours",
    )
    parser.add_argument("--sans-style", action="store_true", help="seulement pytest")
    parser.add_argument(
        "--ouvriers", default="auto", help="processus de pytest (auto ; 0 : un seul)"
    )
    parser.add_argument("pytest", nargs="*", help="arguments passés à pytest, après « -- »")
    return parser.parse_args(arguments)


def stop(signal_recu: int, _pile: object) -> NoReturn:
    """SIGTERM unwinds the stack, so that the private PostgreSQL is stopped and removed."""
    sys.exit(128 + signal_recu)


@contextlib.contextmanager
def make_travail() -> Iterator[Path]:
    """A folder for what this run makes: never the user's own `var/`."""
    with tempfile.TemporaryDirectory(prefix="quartiers-tests-") as dossier:
        yield Path(dossier)


def main(arguments: list[str]) -> int:
    """Play everything, then tell."""
    signal.signal(signal.SIGTERM, stop)
    debut = time.monotonic()
    with make_travail() as travail:
        partie = Partie(parse_options(arguments), travail)
        if partie.options.entier:
            os.environ[ENTIERE] = "1"
        if not partie.options.sans_style:
            run_style(partie)
        partie.run_pytest("SQLite", "")
        run_postgresql(partie)
        code = print_resume(partie)
    print(f"Durée totale : {time.monotonic() - debut:.0f} s")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
