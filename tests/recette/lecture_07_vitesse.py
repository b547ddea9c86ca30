"""Lecture 7. Speed, told by ratios of one run: P1, P3, P4, P9, P10; weight of each page; queries that do not grow.

A goal missed is said, and nothing more: machines differ. What fails is a wrong answer, or a page whose number of
queries grows with the quartiers. The sizes are reduced (item 9 of the recette plays P1 on the whole nation).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from bench.poids import OBJECTIF_OCTETS, Poids, render_poids
from tests.recette import reel
from tests.recette.outils import RACINE, Atelier, Echec, expect, play
from tests.recette.serveur import PHRASE_DE_PASSE, create_compte, open_lecteur

PEU, BEAUCOUP = 2, 50
MEMOIRE_MIO = 300


def main(atelier: Atelier) -> str:
    """Each bench in a process of its own, with a base of its own."""
    peu, beaucoup = weigh(atelier, PEU), weigh(atelier, BEAUCOUP)
    for avant, apres in zip(peu, beaucoup, strict=True):
        expect(
            avant.requetes == apres.requetes,
            f"{apres.adresse} : {avant.requetes} requêtes pour {PEU} quartiers, {apres.requetes} pour {BEAUCOUP}",
        )
    lourdes = [p.adresse for p in beaucoup if p.total > OBJECTIF_OCTETS]
    departement = run_bench(atelier, "bench.departement", "--repetitions", "5")
    nation = run_bench(atelier, "bench.nation", "--petit", "--repetitions", "5")
    papier = run_bench(atelier, "bench.papier", "--nombre", "24", "--sans-chromium")
    memoire = measure_memoire(atelier)
    verdict = "tenu" if memoire <= MEMOIRE_MIO else "OBJECTIF MANQUÉ"
    atelier.note(f"P9 : un ouvrier qui a servi la page de la France, {memoire:.0f} Mio ({verdict})")
    for texte in (departement, nation, papier, render_poids(beaucoup)):
        for ligne in texte.splitlines():
            atelier.note(ligne)
    poids = f"{len(beaucoup)} pages, {len(lourdes)} au-dessus de {OBJECTIF_OCTETS // 1000} ko"
    requetes = f"requêtes égales pour {PEU} et {BEAUCOUP} quartiers ({max(p.requetes for p in beaucoup)} au plus)"
    return (
        f"{poids}, {requetes} ; {departement.splitlines()[0]} ; P9 : {memoire:.0f} Mio ({verdict})"
    )


def run_bench(atelier: Atelier, *arguments: str) -> str:
    """What a bench prints; its exit code 1 is a wrong answer."""
    fini = subprocess.run(
        [sys.executable, "-m", *arguments],
        check=False,
        capture_output=True,
        text=True,
        cwd=RACINE,
        env={**atelier.get_environnement(), "PYTHONPATH": str(RACINE)},
    )
    if fini.returncode:
        raise Echec(f"{arguments[0]} : {fini.stdout.strip()} {fini.stderr.strip()[-400:]}")
    return fini.stdout.strip()


def weigh(atelier: Atelier, quartiers: int) -> list[Poids]:
    """The pages of a département of that many quartiers."""
    lu = run_bench(atelier, "bench.poids", "--json", "--quartiers", str(quartiers))
    return [Poids(**page) for page in json.loads(lu)]


def measure_memoire(atelier: Atelier) -> float:
    """Mebibytes of the only worker of a server, after the page of France from the official files."""
    reel.load_cog(atelier)
    reel.load_qrr(atelier)
    reel.load_qpv_2024(atelier)
    reel.load_france_services(atelier)
    create_compte(atelier, "lecteur", "task_force", "FR")
    with open_lecteur(atelier) as lecteur:
        lecteur.sign_in("lecteur", PHRASE_DE_PASSE)
        for _ in range(2):
            page = lecteur.read("/territoires/FR/")
            expect(page.code == 200, f"page de la France : {page.code}")
        return max(list_memoires())


def list_memoires() -> list[float]:
    """Peaks of the processes that we started, and of those that they started."""
    vivants: dict[int, tuple[int, float]] = {}
    for statut in Path("/proc").glob("[0-9]*/status"):
        try:
            champs = dict(
                ligne.split(":\t", 1) for ligne in statut.read_text().splitlines() if ":\t" in ligne
            )
        except OSError:
            continue  # gone meanwhile
        pic = float(champs.get("VmHWM", "0 kB").split()[0]) / 1024
        vivants[int(champs["Pid"])] = (int(champs["PPid"]), pic)

    def is_ne_de_nous(pid: int) -> bool:
        parent = vivants[pid][0] if pid in vivants else 0
        return parent == os.getpid() or (parent > 1 and is_ne_de_nous(parent))

    return [pic for pid, (_, pic) in vivants.items() if is_ne_de_nous(pid)]


if __name__ == "__main__":
    play(main)
