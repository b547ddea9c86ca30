"""Lecture 7. Speed, told by ratios of one run: P1, P3, P4, P9; weight of each page; queries that do not grow.

A goal missed is said, and nothing more: machines differ. What fails is a wrong answer, or a page whose number of
queries grows with the quartiers. The sizes are reduced (item 9 of the recette plays P1 on the whole nation). Times
are those of the processor and memories those of a process: another program may work beside. P10, whose time is that
of a clock, is measured and told by « lecture 5 », alone and on a hundred quartiers.
"""

from __future__ import annotations

import csv
import gzip
import itertools
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.poids import OBJECTIF_OCTETS, Poids, render_poids
from tests.recette import reel
from tests.recette.outils import RACINE, Atelier, Echec, expect, play
from tests.recette.serveur import PHRASE_DE_PASSE, create_compte, open_lecteur

PEU, BEAUCOUP = 2, 50
MEMOIRE_MIO = 300
RELEVES, RELEVES_NATION = 50_000, 1_500_000
"""How many are loaded, and how many the goal speaks of (P9)."""


@dataclass(frozen=True, slots=True)
class Memoire:
    """Peaks of a worker that served the page of France: with the frame alone, then with the relevés too."""

    cadre_mio: float
    releves_mio: float

    @property
    def par_releve_kio(self) -> float:
        """What one relevé adds."""
        return (self.releves_mio - self.cadre_mio) * 1024 / RELEVES

    @property
    def nation_mio(self) -> float:
        """The same with as many relevés as the nation has: a straight line, said as such."""
        return self.cadre_mio + self.par_releve_kio * RELEVES_NATION / 1024

    @property
    def verdict(self) -> str:
        """On the nation, not on what was loaded."""
        return "objectif tenu" if self.nation_mio <= MEMOIRE_MIO else "objectif MANQUÉ"

    def __str__(self) -> str:
        kio = f"{self.par_releve_kio:.2f}".replace(".", ",")
        return (
            f"P9 : {self.releves_mio:.0f} Mio avec {RELEVES:_} relevés ({self.cadre_mio:.0f} sans), "
            f"{kio} Kio par relevé, {self.nation_mio:.0f} Mio extrapolés à {RELEVES_NATION:_} "
            f"({self.verdict}, {MEMOIRE_MIO})"
        ).replace("_", "\u202f")


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
    memoire = measure_memoire(atelier)
    atelier.note(f"{memoire} ; un ouvrier qui a servi la page de la France")
    for texte in (departement, nation, render_poids(beaucoup)):
        for ligne in texte.splitlines():
            atelier.note(ligne)
    poids = f"{len(beaucoup)} pages, {len(lourdes)} au-dessus de {OBJECTIF_OCTETS // 1000} ko"
    requetes = f"requêtes égales pour {PEU} et {BEAUCOUP} quartiers ({max(p.requetes for p in beaucoup)} au plus)"
    return f"{poids}, {requetes} ; {departement.splitlines()[0]} ; {memoire}"


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


def measure_memoire(atelier: Atelier) -> Memoire:
    """The only worker of a server, after the page of France: from the official files, then with relevés of the QPV."""
    reel.load_cog(atelier)
    reel.load_qpv_2024(atelier)
    reel.load_qrr(atelier)
    reel.load_france_services(atelier)
    # One account each: a second sign-in of the same one would be asked a code.
    for compte in ("cadre", "releves"):
        create_compte(atelier, compte, "task_force", "FR")
    cadre = measure_ouvrier(atelier, "cadre")
    dit = atelier.quartiers("importer", "releves", str(write_releves(atelier)))
    expect(f": {RELEVES} nouvelles, 0 corrigée" in dit, f"relevés : {dit.splitlines()[0]}")
    return Memoire(cadre, measure_ouvrier(atelier, "releves"))


def write_releves(atelier: Atelier) -> Path:
    """Relevés of the demonstration, all said again of as many QPV as needed: as long as those that people write."""
    with gzip.open(atelier.donnees / "qpv-2024" / "qpv.json.gz") as lu:
        codes = sorted(qpv["code"] for qpv in json.load(lu)["qpvs"])
    dits: dict[tuple[str, str], dict[str, str]] = {}
    for fichier in sorted((RACINE / "data" / "demo").glob("*/releves.csv")):
        with fichier.open(encoding="utf-8-sig", newline="") as texte:
            for ligne in csv.DictReader(texte, delimiter=";"):
                is_dite = any(ligne[nom] for nom in ("valeur", "numerateur", "jalon"))
                if is_dite and ligne["territoire"].startswith("QC-"):
                    dits[ligne["indicateur"], ligne["date"]] = ligne
    chemin = atelier.dossier / "releves.csv"
    with chemin.open("w", encoding="utf-8", newline="") as sortie:
        plume = csv.DictWriter(sortie, next(iter(dits.values())), delimiter=";")
        plume.writeheader()
        for code, (indicateur, jour) in itertools.islice(itertools.product(codes, dits), RELEVES):
            cle = f"{indicateur}/{code}/{jour}"
            plume.writerow(dits[indicateur, jour] | {"territoire": code, "cle": cle})
    return chemin


def measure_ouvrier(atelier: Atelier, compte: str) -> float:
    """Mebibytes at the peak of the only worker of a server that read the page of France twice."""
    with open_lecteur(atelier) as lecteur:
        lecteur.sign_in(compte, PHRASE_DE_PASSE)
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
