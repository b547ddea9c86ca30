"""4. The real files still enter, with the counts they had; how long, beside a reader that checks nothing.

Times are those of the processor, which another program at work beside does not change.
"""

from __future__ import annotations

import gzip
import json
import re
import resource
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd

from tests.recette import reel
from tests.recette.item_02_importer import ATTENDUS, count
from tests.recette.outils import Atelier, expect, play

Geste = Callable[[], object]


def main(atelier: Atelier) -> str:
    """Each file is taken in once, timed beside its bare reading in the same run, and counted in the base."""
    for nom, (arguments, lire_nu) in list_gestes(atelier.donnees).items():
        nu, _ = measure(lire_nu)
        duree, dit = measure(partial(atelier.quartiers, "importer", *arguments))
        ecartees = sum(int(n) for n in re.findall(r"(\d+) écartées? *,", str(dit)))
        expect(ecartees == 0, f"{nom} : {ecartees} lignes écartées, aucune avant")
        atelier.note(
            f"{nom} : {duree:.1f} s de processeur pour importer, {nu:.2f} s pour lire sans rien vérifier, "
            f"{duree / max(nu, 0.01):.0f} fois"
        )
    reel.load_france_services_2020(atelier)
    vus = count(atelier)
    expect(vus == ATTENDUS, f"comptés {vus}, attendus {ATTENDUS}")
    return "les mêmes comptes qu’avant : " + ", ".join(f"{n} {quoi}" for quoi, n in vus.items())


def list_gestes(dossier: Path) -> dict[str, tuple[tuple[str, ...], Geste]]:
    """What is imported, and the same file only parsed."""
    qpv, qrr = dossier / "qpv-2024" / "qpv.json.gz", dossier / "qrr" / "sensible_zones.json.gz"
    anciens = dossier / "qpv-2015-occitanie" / "qp.geojson"
    liste = dossier / "france-services" / "liste-fs-20240801.csv"
    return {
        "cog": (("cog", str(dossier / "cog")), partial(read_dossier, dossier / "cog")),
        "qpv 2024": (("qpv", str(qpv)), partial(read_json, qpv)),
        "qrr": (("qrr", str(qrr)), partial(read_json, qrr)),
        "qpv 2015": (("qpv", str(anciens)), partial(read_json, anciens)),
        "france services": (
            ("france-services", str(liste), "--millesime", reel.MILLESIME),
            partial(read_csv, liste),
        ),
    }


def measure(geste: Geste) -> tuple[float, object]:
    """Seconds of processor, those of the commands that it starts included, and what it gave."""
    debut = read_processeur()
    rendu = geste()
    return read_processeur() - debut, rendu


def read_processeur() -> float:
    """Seconds of processor that this process and those that it waited for have had."""
    temps = (resource.getrusage(qui) for qui in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(t.ru_utime + t.ru_stime for t in temps)


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
