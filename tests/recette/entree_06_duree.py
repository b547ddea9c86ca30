"""Entrée 6. The parts of `.ci/run`, and the number of checks: none fewer than those that are written down.

Counts are asserted, never times: machines differ. The times before and after are told in docs/essais.md.
"""

from __future__ import annotations

import csv
import re

from tests.recette.outils import RACINE, Atelier, expect, play

PARTIES = (
    *("ruff check", "ruff format", "mypy", "djlint", "migrations", "réglages"),
    *("pytest sur SQLite", "pytest sur PostgreSQL"),
)
COLONNES = {"SQLite": "tests", "PostgreSQL": "touchent_la_base"}
"""What each base must have seen: everything once, then all that touches the base."""


def main(atelier: Atelier) -> str:
    """What the suite has just said, against tests/suite/planchers.csv and docs/essais.md."""
    bilan = RACINE / "var" / "tests.txt"
    expect(bilan.is_file(), "la suite n'a pas été jouée (.ci/run la joue avant la recette)")
    texte = bilan.read_text(encoding="utf-8")
    resume = texte[texte.rfind("═════") :]
    planchers = (RACINE / "tests" / "suite" / "planchers.csv").read_text(encoding="utf-8")
    ecarts = judge(resume, planchers)
    for ecart in ecarts:
        atelier.note(ecart)
    expect(not ecarts, f"{len(ecarts)} écarts, le premier : {ecarts[:1]}")
    for nom, duree in read_durees(resume).items():
        atelier.note(f"{nom} : {duree} s")
    joues = ", ".join(
        f"{sum(count(resume, base).values())} tests sur {base} ({sum_plancher(planchers, base)} au moins)"
        for base in COLONNES
    )
    return f"{len(PARTIES)} parties vertes ; {joues} ; avant et après : docs/essais.md"


def judge(resume: str, planchers: str) -> list[str]:
    """What lacks: a part, or tests of a folder on a base."""
    durees = read_durees(resume)
    ecarts = [f"partie absente ou ratée : {nom}" for nom in PARTIES if nom not in durees]
    for base, colonne in COLONNES.items():
        vus = count(resume, base)
        for ligne in read_planchers(planchers):
            attendus, joues = int(ligne[colonne]), vus.get(ligne["dossier"], 0)
            if joues < attendus:
                ecarts.append(
                    f"{ligne['dossier']} : {joues} tests sur {base}, {attendus} attendus au moins"
                )
    return [*ecarts, *judge_total(resume)]


def judge_total(resume: str) -> list[str]:
    """Each test is played on the second base too, or told to touch none."""
    tous, seconde = (sum(count(resume, base).values()) for base in COLONNES)
    trouve = re.search(r"^(\d+) tests ne touchent aucune base", resume, re.MULTILINE)
    sans = int(trouve[1]) if trouve else 0
    if trouve and tous == seconde + sans:
        return []
    return [
        f"{tous} tests en tout, {seconde} sur PostgreSQL et {sans} sans base : le compte n'y est pas"
    ]


def read_durees(resume: str) -> dict[str, str]:
    """Seconds of each green part."""
    return dict(re.findall(r"^ok +(.+?) +([\d.]+) s$", resume, re.MULTILINE))


def count(resume: str, base: str) -> dict[str, int]:
    """How many tests of each folder this base has seen."""
    trouve = re.search(rf"^  {base} par dossier : (.+)$", resume, re.MULTILINE)
    lus = re.findall(r"(\w+) (\d+)", trouve[1]) if trouve else []
    return {dossier: int(nombre) for dossier, nombre in lus}


def read_planchers(planchers: str) -> list[dict[str, str]]:
    """The committed list of checks."""
    return list(csv.DictReader(planchers.splitlines(), delimiter=";"))


def sum_plancher(planchers: str, base: str) -> int:
    """How many tests this base must see at least."""
    return sum(int(ligne[COLONNES[base]]) for ligne in read_planchers(planchers))


if __name__ == "__main__":
    play(main)
