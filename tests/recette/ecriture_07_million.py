"""7. A file of relevés: all it holds is kept or all is refused; the same again adds nothing; time and memory printed."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tests.recette.base_demo import CADRE, GESTES
from tests.recette.outils import RACINE, Atelier, expect, play
from tests.suite.taille import is_entiere

LIGNES = {False: 5_000, True: 1_000_000}
INDICATEUR = "e06-a1-educateurs-etp"
ENTETE = "indicateur;territoire;date;valeur;source;cle\n"
DEBUT = date(2020, 1, 1)
JOURS = 2_000
KIO_PAR_MIO = 1024


@dataclass(frozen=True, slots=True)
class Mesure:
    """What an import said, and what it cost: seconds of processor, greatest memory of the process."""

    code: int
    dit: str
    secondes: float
    memoire_mio: int


def main(atelier: Atelier) -> str:
    """The same file three times: new, known, and with one line that is wrong."""
    for genre, nom in (*GESTES, ("quartiers", "quartiers.csv")):
        atelier.quartiers("importer", genre, str(CADRE / nom), "--connu-le", "2026-01-15")
    nombre = LIGNES[is_entiere()]
    codes = list_quartiers(CADRE / "quartiers.csv")
    fichier = write_fichier(atelier.dossier / "releves.csv", codes, nombre)
    faux = write_fichier(atelier.dossier / "faux.csv", codes, nombre, faute=nombre // 2)
    refus = take(atelier, faux)
    expect(
        refus.code != 0 and f"ligne {nombre // 2 + 2}" in refus.dit, f"refus : {refus.dit[-400:]}"
    )
    expect(count(atelier) == 0, "un fichier refusé a laissé des lignes")
    premier = take(atelier, fichier)
    lues, gardees = find_comptes(premier)
    expect((lues, gardees) == (nombre, nombre), f"{lues} lues, {gardees} gardées sur {nombre}")
    ranges = count(atelier)
    expect(ranges == nombre, f"{ranges} rangées, {nombre} lues")
    encore = take(atelier, fichier)
    expect(encore.code == 0 and "déjà" in encore.dit, f"le même fichier : {encore.dit[-400:]}")
    expect(count(atelier) == nombre, "le même fichier a ajouté")
    for nom, mesure in (("neuf", premier), ("le même", encore), ("une ligne fausse", refus)):
        atelier.note(
            f"{nom} : {mesure.secondes:.1f} s de processeur, {mesure.memoire_mio} Mio au plus"
        )
    return (
        f"{nombre} lignes lues, {gardees} gardées, {ranges} rangées ; le même fichier : 0 de plus ; "
        f"une ligne fausse : refusé, ligne {nombre // 2 + 2} nommée, 0 rangée"
    )


def list_quartiers(chemin: Path) -> list[str]:
    """The codes of the invented quartiers."""
    lignes = chemin.read_text(encoding="utf-8").splitlines()
    return [ligne.split(";")[0] for ligne in lignes[1:] if ligne]


def write_fichier(chemin: Path, codes: list[str], nombre: int, faute: int | None = None) -> Path:
    """So many lines, each with its key; one of them, when it is asked, with a value that is none."""
    with chemin.open("w", encoding="utf-8") as sortie:
        sortie.write(ENTETE)
        sortie.writelines(_write_lignes(codes, nombre, faute))
    return chemin


def _write_lignes(codes: list[str], nombre: int, faute: int | None) -> Iterator[str]:
    for rang in range(nombre):
        jour = DEBUT + timedelta(days=rang % JOURS)
        valeur = "douze et demi" if rang == faute else f"{rang % 9},5"
        code = codes[rang % len(codes)]
        yield f"{INDICATEUR};{code};{jour};{valeur};Conseil départemental;k{rang}\n"


def take(atelier: Atelier, fichier: Path) -> Mesure:
    """The import, in a process of its own."""
    commande = [sys.executable, "-m", "quartiers", "importer", "releves", str(fichier)]
    avant = resource.getrusage(resource.RUSAGE_CHILDREN)
    debut = time.monotonic()
    fini = subprocess.run(
        ["/usr/bin/env", *commande, "--connu-le", "2026-11-01"],
        check=False, capture_output=True, text=True, cwd=atelier.dossier,
        env={**os.environ, **atelier.get_environnement()},
    )  # fmt: skip
    apres = resource.getrusage(resource.RUSAGE_CHILDREN)
    secondes = apres.ru_utime + apres.ru_stime - avant.ru_utime - avant.ru_stime
    atelier.note(f"{fichier.name} : {time.monotonic() - debut:.1f} s d’horloge")
    return Mesure(
        fini.returncode, fini.stdout + fini.stderr, secondes, apres.ru_maxrss // KIO_PAR_MIO
    )


def find_comptes(mesure: Mesure) -> tuple[int, int]:
    """Read and kept, as the import says."""
    trouve = re.search(r"([\d \u202f\u00a0]+) lues, ([\d \u202f\u00a0]+) gardées", mesure.dit)
    if trouve is None:
        return -1, -1
    return tuple(int(re.sub(r"\D", "", texte)) for texte in trouve.groups())  # type: ignore[return-value]


def count(atelier: Atelier) -> int:
    """The relevés that the base keeps."""
    code = (
        "from quartiers.cli.base import setup_django; setup_django()\n"
        "from quartiers.storage.models import Releve\n"
        "print(Releve.objects.count())"
    )
    fini = subprocess.run(
        [sys.executable, "-c", code],
        check=True, capture_output=True, text=True, cwd=RACINE,
        env={**os.environ, **atelier.get_environnement()},
    )  # fmt: skip
    return int(fini.stdout)


if __name__ == "__main__":
    play(main)
