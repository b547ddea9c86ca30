"""Écriture 6. One write reads nothing but what it corrects, and eight who write at once lose nothing, on both bases.

    python tests/recette/ecriture_06_une_ecriture.py              # the small size: counts and queries
    python tests/recette/ecriture_06_une_ecriture.py --entier     # 10,000, 100,000 and 1,000,000 relevés; 8 x 100

The small size asserts the questions asked of the base and the steps that SQLite takes to answer them, equal
whatever the base holds, and never a time.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any

from tests.recette.deux_bases import (
    BASES,
    COMPTE,
    get_environ,
    prepare,
    quartiers,
    run,
    write_cellule,
    write_fichier,
)
from tests.recette.outils import RACINE, Atelier, expect, play
from tests.suite.taille import is_entiere

ENTIER = is_entiere()
ECRIVAINS = 8
ECRITURES, LIGNES = (100, 20_000) if ENTIER else (10, 400)
TAILLES = (10_000, 100_000, 1_000_000) if ENTIER else (500, 5_000)
RELECTURES = 30 if ENTIER else 3
ECART = 0.02
"""The steps of a write may grow by that: a level of an index, never the size of the base."""
MESURE = """
import json, sys, time
from quartiers.cli.base import setup_django
setup_django()
from tests.recette.mesure_ecriture import measure
print(json.dumps(measure(int(sys.argv[1]))))
"""


@dataclass(frozen=True, slots=True)
class Cout:
    """Of one write in a base of a size: questions asked, steps of SQLite (None elsewhere), milliseconds."""

    taille: int
    questions: int
    pas: int | None
    ecrire: list[float]
    relire: list[float]

    def __str__(self) -> str:
        tard = quantiles(self.ecrire, n=20)[-1] if len(self.ecrire) > 1 else self.ecrire[0]
        return (
            f"{self.taille} relevés : {self.questions} questions, {self.pas} pas, écriture p50 "
            f"{median(self.ecrire):.1f} ms, p95 {tard:.1f} ms ; relecture par un autre {median(self.relire):.1f} ms"
        )


def main(atelier: Atelier) -> str:
    """Both bases, one after the other."""
    phrases = []
    for nom, base in BASES:
        with base(atelier) as adresse:
            environ = get_environ(atelier, adresse)
            prepare(environ)
            couts = [measure_taille(atelier, environ, taille) for taille in TAILLES]
            check_couts(atelier, nom, couts)
        with base(atelier) as adresse:
            environ = get_environ(atelier, adresse)
            prepare(environ)
            phrases.append(f"{nom} : {write_a_plusieurs(atelier, environ)}")
    return (
        f"une écriture pose les mêmes questions à {' et à '.join(map(str, TAILLES))} relevés ; "
        + " ; ".join(phrases)
    )


def measure_taille(atelier: Atelier, environ: dict[str, str], taille: int) -> Cout:
    """Fill the base up to a size by a file, then write one more, and one more."""
    deja = int(run(environ, "-c", COMPTE))
    if not deja:
        quartiers(
            environ, "importer", "releves", str(write_cellule(atelier.dossier / "cellule.csv"))
        )
    fichier = write_fichier(atelier.dossier / f"r{taille}.csv", deja, taille, "Académie")
    quartiers(environ, "importer", "releves", str(fichier))
    rendu: dict[str, Any] = json.loads(run(environ, "-c", MESURE, str(RELECTURES)))
    return Cout(taille=taille, **rendu)


def check_couts(atelier: Atelier, nom: str, couts: list[Cout]) -> None:
    """The same questions and the same steps; the times are told, with their ratio."""
    for cout in couts:
        atelier.note(f"{nom}, {cout}")
    premier, dernier = couts[0], couts[-1]
    rapport = median(dernier.ecrire) / median(premier.ecrire)
    atelier.note(
        f"{nom}, {dernier.taille // premier.taille} fois plus de relevés : {rapport:.2f} fois le temps"
    )
    expect(
        len({cout.questions for cout in couts}) == 1,
        f"{nom} : {[cout.questions for cout in couts]} questions selon la taille",
    )
    for cout in couts:
        if cout.pas is not None and premier.pas is not None:
            expect(
                cout.pas <= (1 + ECART) * premier.pas,
                f"{nom} : {premier.pas} pas à {premier.taille} relevés, {cout.pas} à {cout.taille}",
            )


def write_a_plusieurs(atelier: Atelier, environ: dict[str, str]) -> str:
    """Eight accounts and a file at once: everything acknowledged is there, and the chain holds."""
    ecrivains = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.recette.ecrivain", str(rang), str(ECRITURES)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environ, cwd=RACINE,
        )
        for rang in range(ECRIVAINS)
    ]  # fmt: skip
    fichier = write_fichier(atelier.dossier / "pendant.csv", 0, LIGNES, "Rectorat")
    quartiers(environ, "importer", "releves", str(fichier))
    durees: list[float] = []
    conflits = ecrites = 0
    for ecrivain in ecrivains:
        sortie, erreurs = ecrivain.communicate()
        expect(ecrivain.returncode == 0, f"un écrivain s’arrête : {erreurs[-600:]}")
        dit = json.loads(sortie)
        durees += dit["durees"]
        conflits += dit["conflits"]
        ecrites += dit["ecrites"]
    attendues = ecrites + LIGNES
    gardees = int(run(environ, "-c", COMPTE))
    expect(gardees == attendues, f"{gardees} relevés pour {attendues} reconnus")
    verifie = quartiers(environ, "verifier")
    expect("bien    chaîne des écritures" in verifie, f"la chaîne ne tient pas : {verifie}")
    atelier.note(
        f"{ecrites} écritures à {ECRIVAINS} et un fichier de {LIGNES} lignes : médiane {median(durees):.0f} ms, "
        f"la plus longue {max(durees):.0f} ms"
    )
    return f"{ECRIVAINS} × {ECRITURES} écritures et un fichier de {LIGNES} lignes, 0 perdue, {conflits} conflits montrés, chaîne entière"


if __name__ == "__main__":
    os.chdir(RACINE)
    play(main)
