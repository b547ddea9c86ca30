"""8. kill -9 at every write of an import, before and after every question of a form, on both bases: all or nothing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from tests.recette.outils import RACINE, Atelier, Echec, expect, play
from tests.suite.grappe import find_binaires, open_grappe

ESSAIS = "tests/pannes"
POINTS_AU_MOINS = 20


def main(atelier: Atelier) -> str:
    """The sweeps of the suite, each base in turn, with what was cut."""
    dits = []
    for nom, base in (("SQLite", nullcontext("")), ("PostgreSQL", open_postgresql())):
        with base as adresse:
            balayages = sweep(adresse)
        expect(len(balayages) == 2, f"{nom} : {balayages}")
        for quoi, points in balayages:
            expect(points >= POINTS_AU_MOINS, f"{nom}, {quoi} : {points} coupures")
            atelier.note(f"{nom}, {quoi} : coupé en {points} points, rien d’écrit à moitié")
        dits.append(f"{nom} {' et '.join(str(points) for _, points in balayages)}")
    return f"coupures d’un import et d’un formulaire : {' ; '.join(dits)} : tout ou rien, chaîne entière"


@contextmanager
def open_postgresql() -> Iterator[str]:
    """A cluster of its own."""
    binaires = find_binaires()
    if binaires is None:
        raise Echec("PostgreSQL absent de cette machine")
    with open_grappe(binaires) as adresse:
        yield adresse


def sweep(adresse: str) -> list[tuple[str, int]]:
    """(what, points at which it was cut) of each sweep; Echec when one left a half."""
    fini = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", "-s", "-p", "no:cacheprovider", ESSAIS],
        check=False, capture_output=True, text=True, cwd=RACINE, env={**os.environ, "QUARTIERS_BASE": adresse},
    )  # fmt: skip
    if fini.returncode != 0:
        raise Echec(f"{adresse or 'SQLite'} : {fini.stdout[-800:]}")
    lus = re.findall(r"balayage (\w+) : (\d+) coupures", fini.stdout)
    return [(quoi, int(points)) for quoi, points in lus]


if __name__ == "__main__":
    play(main)
