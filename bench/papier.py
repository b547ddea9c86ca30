"""P10: a hundred quartiers printed, by one process, by the team, and by Chromium from the page of the site.

    python -m bench.papier [--nombre N] [--sans-chromium]

The twelve quartiers of the demonstration are dated anew until there are enough: a quartier is never printed
twice as it is, so that nothing is answered from memory. The first line is the result; the exit code is 1 if
one process and several do not print the same bytes. No time is required: only ratios of one run compare.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bench.client import open_client

NOMBRE = 100
VU_LE = date(2026, 11, 23)
DEPARTEMENT = "DEP-00"
PAGES_DE_CHROMIUM = 3
"""Chromium takes seconds a page: a few are printed, and their mean is told as such."""
DEMO = Path(__file__).resolve().parent.parent / "data" / "demo"


@dataclass(frozen=True, slots=True)
class Resultat:
    """Seconds elapsed, and of processor (`*_cpu`); `chromium_s` for one page, None when it is absent."""

    nombre: int
    composer_s: float
    seul_s: float
    seul_cpu: float
    equipe_s: float
    equipe_cpu: float
    chromium_s: float | None
    charge: float
    identiques: bool


def run_papier(nombre: int = NOMBRE, *, chromium: bool = True) -> Resultat:
    """Print in a private base, alone, then with the team; each file compared byte for byte."""
    with tempfile.TemporaryDirectory(prefix="quartiers-bench-") as nom:
        dossier = Path(nom)
        _prepare(dossier)
        return _measure(dossier, nombre, chromium=chromium)


def _prepare(dossier: Path) -> None:
    """A base of our own, with the demonstration."""
    os.environ["QUARTIERS_BASE"] = f"sqlite:///{dossier / 'base.sqlite3'}"
    os.environ["QUARTIERS_VAR"] = str(dossier)
    os.environ["DJANGO_SETTINGS_MODULE"] = "quartiers.settings"
    from quartiers.cli.base import prepare_base

    prepare_base()
    from quartiers.usecases.charger_demo import load_demo

    list(load_demo(dossier=DEMO, saisi_le=datetime(2026, 11, 24, tzinfo=ZoneInfo("Europe/Paris"))))


def _measure(dossier: Path, nombre: int, *, chromium: bool) -> Resultat:
    from quartiers.core.vue import Vue
    from quartiers.reports.papier.document import Document
    from quartiers.reports.papier.quartier import build_quartier
    from quartiers.usecases.charger_dossier import load_dossier
    from quartiers.usecases.imprimer import print_documents

    donnees = load_dossier()
    debut = time.perf_counter()
    taches: list[tuple[Document, str]] = []
    jour = VU_LE
    while len(taches) < nombre:
        vue = Vue(donnees, jour, VU_LE)
        codes = sorted(vue.list_attendus_de(DEPARTEMENT))[: nombre - len(taches)]
        taches += [(build_quartier(vue, code), f"{code}-{jour}.pdf") for code in codes]
        jour -= timedelta(days=1)
    composer_s = time.perf_counter() - debut

    def play(nom: str, processus: int) -> tuple[float, float]:
        ou = dossier / nom
        ou.mkdir()
        lots = [(document, ou / fichier) for document, fichier in taches]
        return _time(lambda: list(print_documents(lots, len(lots), processus)))

    # The team first: what one process keeps from its own printing helps nobody else.
    equipe = play("equipe", os.cpu_count() or 1)
    seul = play("seul", 1)
    return Resultat(
        nombre=nombre,
        composer_s=composer_s,
        seul_s=seul[0],
        seul_cpu=seul[1],
        equipe_s=equipe[0],
        equipe_cpu=equipe[1],
        chromium_s=_time_chromium(dossier) if chromium else None,
        charge=os.getloadavg()[0],
        identiques=all(
            (dossier / "seul" / f).read_bytes() == (dossier / "equipe" / f).read_bytes()
            for _, f in taches
        ),
    )


def _time(action: Callable[[], object]) -> tuple[float, float]:
    """Seconds elapsed and of processor, children included."""
    avant, debut = _read_cpu(), time.perf_counter()
    action()
    return time.perf_counter() - debut, _read_cpu() - avant


def _read_cpu() -> float:
    usages = [resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _time_chromium(dossier: Path) -> float | None:
    """Mean time for Chromium to print the page of a quartier that the site gives; None without Chromium."""
    programme = os.environ.get("QUARTIERS_CHROMIUM") or shutil.which("chromium")
    if programme is None:
        return None
    page = dossier / "page.html"
    page.write_bytes(_read_page())
    debut = time.perf_counter()
    for rang in range(PAGES_DE_CHROMIUM):
        pdf = dossier / f"chromium-{rang}.pdf"
        commande = [
            programme, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
            f"--user-data-dir={dossier / 'profil'}", f"--print-to-pdf={pdf}", page.as_uri(),
        ]  # fmt: skip
        subprocess.run(commande, check=True, capture_output=True, timeout=120)
        assert pdf.stat().st_size > 0
    return (time.perf_counter() - debut) / PAGES_DE_CHROMIUM


def _read_page() -> bytes:
    """The HTML of a quartier, as an account of the task force receives it."""
    reponse = open_client("demo-task-force").get(
        f"/quartiers/QC-FICTIF-TILLEULS/?vu_le={VU_LE}", secure=True
    )
    assert reponse.status_code == 200, reponse.status_code
    return bytes(reponse.content)


def _say(nombre: float) -> str:
    return f"{nombre:.1f}".replace(".", ",")


def render_resultat(r: Resultat) -> str:
    """The sentence, then the details."""
    coeurs = os.cpu_count()
    lignes = [
        f"P10 : {r.nombre} quartiers imprimés en {_say(r.equipe_s)} s par {coeurs} processus ; un seul processus {_say(r.seul_s)} s, rapport {_say(r.seul_s / r.equipe_s)}",
        f"processeur : {_say(r.equipe_cpu)} s par l'équipe (démarrage compris), {_say(r.seul_cpu)} s par un seul ; charge de la machine {_say(r.charge)} pour {coeurs} cœurs",
        f"composer les données des {r.nombre} documents : {_say(r.composer_s)} s",
    ]
    if r.chromium_s is not None:
        rapport = r.chromium_s * r.nombre / r.equipe_s
        lignes.append(
            f"Chromium, page du site : {_say(r.chromium_s)} s par page (moyenne de {PAGES_DE_CHROMIUM}), "
            f"{_say(r.chromium_s * r.nombre)} s extrapolées pour {r.nombre}, rapport {_say(rapport)}"
        )
    return "\n".join(lignes)


def main(arguments: list[str] | None = None) -> int:
    """Read the options, run, print."""
    lecteur = argparse.ArgumentParser(prog="bench.papier", description="Cent quartiers imprimés.")
    lecteur.add_argument("--nombre", type=int, default=NOMBRE)
    lecteur.add_argument("--sans-chromium", action="store_true")
    options = lecteur.parse_args(arguments)
    resultat = run_papier(options.nombre, chromium=not options.sans_chromium)
    print(render_resultat(resultat))
    return 0 if resultat.identiques else 1


if __name__ == "__main__":
    sys.exit(main())
