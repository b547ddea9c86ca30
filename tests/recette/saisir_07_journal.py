"""Saisir 7. The journal of acts: its lines verified, with the time; a hand in the base is named by its first bad line."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.recette.deux_bases import run
from tests.recette.outils import RACINE, Atelier, expect, play
from tests.suite.taille import is_entiere

LIGNES = {False: 5_000, True: 1_000_000}
PROCESSUS, CHACUN = 8, 50
BASE = "journal.sqlite3"
# Lines as `write_acte` makes them, many at once; then the head, whose guard admits one step at a time.
REMPLIR = """
import sys
from datetime import UTC, datetime, timedelta
from quartiers.cli.base import setup_django
setup_django()
from django.db import connection, transaction
from quartiers.storage.models import Acte, Tete
from quartiers.usecases.enchainer import compute_condensat, read_colonnes
debut, verbes, precedent = datetime(2026, 1, 1, tzinfo=UTC), Acte.Verbe.values, ""
def list_actes():
    global precedent
    for numero in range(1, int(sys.argv[1]) + 1):
        acte = Acte(numero=numero, le=debut + timedelta(seconds=numero), verbe=verbes[numero % len(verbes)],
            compte=numero % 500, objet=f"exporter QC-{numero % 1000:04d} csv", detail={"octets": numero % 90_000},
            precedent=precedent)
        precedent = acte.condensat = compute_condensat(read_colonnes(acte))
        yield acte
with transaction.atomic():
    lot = []
    for acte in list_actes():
        lot.append(acte)
        if len(lot) == 2000:
            Acte.objects.bulk_create(lot)
            lot.clear()
    Acte.objects.bulk_create(lot)
    with connection.cursor() as curseur:
        curseur.execute("SELECT sql FROM sqlite_master WHERE name = 'tete_update'")
        (garde,) = curseur.fetchone()
        curseur.execute("DROP TRIGGER tete_update")
        Tete.objects.filter(chaine="actes").update(numero=acte.numero, condensat=precedent)
        curseur.execute(garde)
"""
ECRIRE = """
import sys
from datetime import UTC, datetime
from quartiers.cli.base import setup_django
setup_django()
from quartiers.storage.models import Acte
from quartiers.usecases.tenir_journal import write_acte_seul
for rang in range(int(sys.argv[1])):
    write_acte_seul(Acte.Verbe.REFUS, le=datetime.now(tz=UTC), compte=rang, objet="quartier QC-0001")
"""
CHERCHER = """
import time
from quartiers.cli.base import setup_django
setup_django()
from quartiers.usecases.tenir_journal import find_ruptures_d_actes
debut = time.perf_counter()
trouvees = list(find_ruptures_d_actes())
print(f"{time.perf_counter() - debut:.2f}")
print("\\n".join(trouvees))
"""


@dataclass(frozen=True, slots=True)
class Main:
    """A hand in the base: what it does, and the line that must be named first. `n` is in the middle, `fin` the last."""

    nom: str
    gestes: tuple[str, ...]
    dite: str


INSERER = (
    "INSERT INTO storage_acte (numero, compte, le, verbe, vise, objet, detail, precedent, condensat) "
    "SELECT {n}, 501, le, verbe, vise, objet, detail, precedent, condensat FROM storage_acte WHERE numero = {suivant}"
)
MAINS = (
    Main(
        "altérée",
        ("UPDATE storage_acte SET compte = 501 WHERE numero = {n}",),
        "acte {n} : sa ligne",
    ),
    Main(
        "ôtée",
        ("DELETE FROM storage_acte WHERE numero = {n}",),
        "acte {suivant} : la précédente est",
    ),
    Main(
        "insérée",
        (
            "UPDATE storage_acte SET numero = -numero WHERE numero >= {n}",
            "UPDATE storage_acte SET numero = 1 - numero WHERE numero < 0",
            INSERER,
        ),
        "acte {n} : sa ligne",
    ),
    Main(
        "coupée à la fin",
        ("DELETE FROM storage_acte WHERE numero > {n}",),
        "acte {suivant} : manque",
    ),
    Main(
        "déplacée",
        (
            "UPDATE storage_acte SET numero = 0 WHERE numero = {n}",
            "UPDATE storage_acte SET numero = {n} WHERE numero = {fin}",
            "UPDATE storage_acte SET numero = {fin} WHERE numero = 0",
        ),
        "acte {n} : ne suit pas",
    ),
)


def main(atelier: Atelier) -> str:
    """Fill, write at once from several processes, verify, then five hands on five copies."""
    atelier.variables["QUARTIERS_BASE"] = f"sqlite:///{atelier.dossier / BASE}"
    atelier.quartiers("migrer")
    run(atelier.get_environnement(), "-c", REMPLIR, str(LIGNES[is_entiere()]))
    write_ensemble(atelier)
    fin = LIGNES[is_entiere()] + PROCESSUS * CHACUN
    debut = time.monotonic()
    verifie = atelier.quartiers("verifier")
    totale = time.monotonic() - debut
    expect("bien    chaîne des actes" in verifie, f"la chaîne ne tient pas : {verifie}")
    expect(f"tête    actes : n° {fin}, " in verifie, f"la tête n'est pas la {fin} : {verifie}")
    secondes, trouvees = search(atelier)
    expect(trouvees == "", f"une base saine est accusée : {trouvees}")
    atelier.note(f"« quartiers verifier » : {totale:.1f} s d'horloge, toute la base")
    for geste in MAINS:
        show(atelier, geste, fin)
    noms = ", ".join(geste.nom for geste in MAINS)
    return (
        f"{fin} actes refaits en {secondes} s, chaîne entière, dont {PROCESSUS} processus × {CHACUN} ensemble, 0 perdu ; "
        f"première ligne nommée quand une main l'a {noms}"
    )


def write_ensemble(atelier: Atelier) -> None:
    """Several processes at once, each act in a transaction of its own."""
    commande = [sys.executable, "-c", ECRIRE, str(CHACUN)]
    environ = atelier.get_environnement()
    ecrivains = [
        subprocess.Popen(commande, cwd=RACINE, env=environ, stderr=subprocess.PIPE, text=True)
        for _ in range(PROCESSUS)
    ]
    for ecrivain in ecrivains:
        _, erreurs = ecrivain.communicate()
        expect(ecrivain.returncode == 0, f"un écrivain s'arrête : {erreurs[-600:]}")


def search(atelier: Atelier) -> tuple[str, str]:
    """Seconds, and what the check of the acts finds."""
    secondes, _, trouvees = run(atelier.get_environnement(), "-c", CHERCHER).partition("\n")
    return secondes.replace(".", ","), trouvees.strip()


def show(atelier: Atelier, geste: Main, fin: int) -> None:
    """On a copy of the base, its guards taken away: the first bad line is named, and nothing after it."""
    copie = atelier.dossier / "copie.sqlite3"
    shutil.copy(atelier.dossier / BASE, copie)
    places = {"n": fin // 2, "suivant": fin // 2 + 1, "fin": fin}
    tamper(copie, [ordre.format(**places) for ordre in geste.gestes])
    atelier.variables["QUARTIERS_BASE"] = f"sqlite:///{copie}"
    secondes, trouvees = search(atelier)
    attendue = geste.dite.format(**places)
    expect(
        re.match(re.escape(attendue), trouvees) is not None, f"{geste.nom} : {trouvees or 'rien'}"
    )
    expect("\n" not in trouvees, f"{geste.nom} : {trouvees}")
    atelier.note(f"{geste.nom} : {trouvees} ({secondes} s)")
    copie.unlink()


def tamper(base: Path, ordres: list[str]) -> None:
    """By SQL, without the product."""
    lien = sqlite3.connect(base)
    for (nom,) in lien.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        lien.execute(f"DROP TRIGGER {nom}")
    for ordre in ordres:
        lien.execute(ordre)
    lien.commit()
    lien.close()


if __name__ == "__main__":
    play(main)
