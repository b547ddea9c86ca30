"""Confiance 8. kill -9 at every question of an import by the web, on both bases; hostile files by the web, pages served meanwhile."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import Any

from tests.pieces.hostiles import CAS
from tests.recette.balayages import sweep
from tests.recette.base_demo import CADRE, GESTES
from tests.recette.envoi_joue import read_memoire, reading, try_fichier
from tests.recette.outils import RACINE, Atelier, expect, play
from tests.recette.serveur import PHRASE_DE_PASSE, create_compte, serve_atelier
from tests.site import Lecteur
from tests.suite.taille import is_entiere

PAS = {False: 4, True: 1}
"""One damaged file in so many."""
REPONSES = frozenset({302, 422})
SECONDES_AU_PLUS = 30
MEMOIRE_AU_PLUS = 700
PIRE_AU_PLUS_MS = 5_000
PAGE = "/quartiers/QC-FICTIF-TILLEULS/"


def main(atelier: Atelier) -> str:
    """The two sweeps, then the files."""
    coupes = sweep(atelier, "essai", "atelier")
    dits = play_variantes(atelier)
    return f"coupures d’un fichier essayé et d’un essai appliqué : {coupes} : tout ou rien ; {dits} ; {play_hostiles(atelier)}"


def play_variantes(atelier: Atelier) -> str:
    """Each damaged table by the web, beside what the command makes of it."""
    fini = subprocess.run(
        [sys.executable, "-m", "tests.recette.variantes_par_le_web", str(PAS[is_entiere()])],
        check=False, capture_output=True, text=True, cwd=RACINE, env={**os.environ, "PYTHONPATH": str(RACINE)},
    )  # fmt: skip
    expect(fini.returncode == 0, fini.stderr[-1500:])
    rendu: dict[str, Any] = json.loads(fini.stdout.splitlines()[-1])
    expect(not rendu["fautes"], f"lues autrement que par la commande : {rendu['fautes'][:5]}")
    comptes = rendu["comptes"]
    for issue, nombre in comptes.items():
        atelier.note(f"{issue} : {nombre}")
    return f"{sum(comptes.values())} tableaux abîmés par le web, 0 lu autrement qu’il n’est écrit"


def play_hostiles(atelier: Atelier) -> str:
    """Every kind of hostile file, sent one after the other: each is answered, nothing is written, pages are served."""
    ici = Atelier(atelier.dossier / "hostiles")
    ici.dossier.mkdir()
    for genre, nom in (*GESTES, ("quartiers", "quartiers.csv")):
        ici.quartiers("importer", genre, str(CADRE / nom), "--connu-le", "2026-01-15")
    for nom in ("service", "lectrice"):
        create_compte(ici, nom, "sous_prefet_ville", "DEP-00")
    plus_long = 0.0
    with serve_atelier(ici, "serveur", "--processus", "1") as site:
        service, lectrice = Lecteur(site), Lecteur(site)
        for lecteur, nom in ((service, "service"), (lectrice, "lectrice")):
            lecteur.sign_in(nom, PHRASE_DE_PASSE)
        with reading(lectrice, PAGE) as autres:
            for cas in CAS:
                octets = cas.make()
                debut = time.perf_counter()
                lu = try_fichier(
                    service, cas.fichier.encode("ascii", "ignore").decode() or "f", octets
                )
                plus_long = max(plus_long, time.perf_counter() - debut)
                expect(lu.code in REPONSES, f"{cas.nom} : {lu.code}")
                atelier.note(f"{cas.nom} : {lu.code}")
                service.renew()
        memoire = read_memoire(site)
    expect(not autres.ratees, f"réponses {set(autres.ratees)} pendant les envois")
    expect(memoire < MEMOIRE_AU_PLUS, f"{memoire} Mio")
    if is_entiere():  # a neighbour of the small size slows everything down
        expect(plus_long < SECONDES_AU_PLUS, f"un fichier a demandé {plus_long:.0f} s")
        expect(autres.pire < PIRE_AU_PLUS_MS, f"une page a attendu {autres.pire:.0f} ms")
    sortie = ici.quartiers("exporter", "releves", "FR")
    expect(len(sortie.splitlines()) == 1, f"quelque chose est entré : {sortie[:300]}")
    return (
        f"{len(CAS)} genres de fichiers hostiles : aucun n’entre, {plus_long:.1f} s au plus chacun, {memoire} Mio, "
        f"les autres pages attendent {autres.pire:.0f} ms au pire"
    )


if __name__ == "__main__":
    play(main)
