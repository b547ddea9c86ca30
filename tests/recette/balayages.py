"""The sweeps of tests/pannes played on each base: a process killed at every point of what it writes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Collection

from tests.recette.deux_bases import BASES
from tests.recette.outils import RACINE, Atelier, Echec, expect

ESSAIS = "tests/pannes/test_coupure.py"
IMPORT = "import"
POINTS_AU_MOINS = 20


def sweep(atelier: Atelier, *balayages: str) -> str:
    """How many points each of these sweeps was cut at, base by base."""
    dits = []
    for nom, open_base in BASES:
        with open_base(atelier) as adresse:
            coupes = play_balayages("" if nom == "SQLite" else adresse, balayages)
        expect(set(coupes) == set(balayages), f"{nom} : {coupes}")
        for quoi in balayages:
            points = coupes[quoi]
            expect(points >= POINTS_AU_MOINS, f"{nom}, {quoi} : {points} coupures")
            atelier.note(f"{nom}, {quoi} : coupé en {points} points, rien d’écrit à moitié")
        dits.append(f"{nom} {' et '.join(str(coupes[quoi]) for quoi in balayages)}")
    return " ; ".join(dits)


def play_balayages(adresse: str, balayages: Collection[str]) -> dict[str, int]:
    """The points at which each sweep was cut; Echec when one left a half."""
    fini = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", "-s", "-p", "no:cacheprovider", *map(name_essai, balayages)],
        check=False, capture_output=True, text=True, cwd=RACINE, env={**os.environ, "QUARTIERS_BASE": adresse},
    )  # fmt: skip
    if fini.returncode != 0:
        raise Echec(f"{adresse or 'SQLite'} : {fini.stdout[-800:]}")
    lus = re.findall(r"balayage (\w+) : (\d+) coupures", fini.stdout)
    return {quoi: int(points) for quoi, points in lus}


def name_essai(quoi: str) -> str:
    """The test that plays a sweep."""
    if quoi == IMPORT:
        return f"{ESSAIS}::test_un_import_coupe_a_chaque_ecriture"
    return f"{ESSAIS}::test_un_geste_coupe_a_chaque_question[{quoi}]"
