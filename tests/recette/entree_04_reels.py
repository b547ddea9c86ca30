"""4. The real files still enter, with the counts they had; how long, beside a reader that checks nothing."""

from __future__ import annotations

import gzip
import json
import re
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from tests.recette import reel
from tests.recette.item_02_importer import ATTENDUS, count
from tests.recette.outils import Atelier, expect, play

# What the reports said of these very files before the readers were made stricter.
ECARTEES = {"cog": 0, "qpv 2024": 0, "qrr": 0, "qpv 2015": 0, "france services": 0}


def main(atelier: Atelier) -> str:
    """Each file is taken in once, timed beside its bare reading in the same run, and counted in the base."""
    dossier = atelier.donnees
    gestes: dict[str, tuple[Callable[[Atelier], str], Callable[[], int]]] = {
        "cog": (reel.load_cog, lambda: read_dossier(dossier / "cog")),
        "qpv 2024": (reel.load_qpv_2024, lambda: read_json(dossier / "qpv-2024" / "qpv.json.gz")),
        "qrr": (reel.load_qrr, lambda: read_json(dossier / "qrr" / "sensible_zones.json.gz")),
        "qpv 2015": (
            reel.load_qpv_2015,
            lambda: read_json(dossier / "qpv-2015-occitanie" / "qp.geojson"),
        ),
        "france services": (
            reel.load_france_services,
            lambda: read_csv(dossier / "france-services" / "liste-fs-20240801.csv"),
        ),
    }
    for nom, (charger, lire_nu) in gestes.items():
        nu, _ = measure(lire_nu)
        duree, dit = measure(lambda charger=charger: charger(atelier))  # type: ignore[misc]
        ecartees = sum(int(n) for n in re.findall(r"(\d+) écartées?", str(dit)))
        expect(ecartees == ECARTEES[nom], f"{nom} : {ecartees} écartées, {ECARTEES[nom]} avant")
        atelier.note(
            f"{nom} : {duree:.1f} s pour importer, {nu:.2f} s pour lire sans rien vérifier, "
            f"{duree / max(nu, 0.01):.0f} fois"
        )
    reel.load_france_services_2020(atelier)
    vus = count(atelier)
    expect(vus == ATTENDUS, f"comptés {vus}, attendus {ATTENDUS}")
    return "les mêmes comptes qu’avant : " + ", ".join(f"{n} {quoi}" for quoi, n in vus.items())


def measure(geste: Callable[[], object]) -> tuple[float, object]:
    """Seconds, and what it gave."""
    debut = time.perf_counter()
    rendu = geste()
    return time.perf_counter() - debut, rendu


def read_dossier(dossier: Path) -> int:
    """Every CSV of a folder, by pandas, as text."""
    return sum(read_csv(fichier) for fichier in sorted(dossier.glob("*.csv")))


def read_csv(fichier: Path) -> int:
    """A CSV, by pandas, as text."""
    return len(pd.read_csv(fichier, sep=None, engine="python", dtype=str))


def read_json(fichier: Path) -> int:
    """A JSON, parsed and nothing more."""
    octets = fichier.read_bytes()
    return len(json.loads(gzip.decompress(octets) if fichier.suffix == ".gz" else octets))


if __name__ == "__main__":
    play(main)
