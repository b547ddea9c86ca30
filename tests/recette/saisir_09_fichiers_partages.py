"""Saisir 9, again. Files sent by many at once, and by processes killed: each kept once, none orphan, none missing."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Mapping

from tests.recette.deux_bases import BASES, get_environ, run
from tests.recette.envoyeur import FICHIERS
from tests.recette.outils import RACINE, Atelier, expect, play

ENVOYEURS, ENVOIS = 4, 12
TUES = 10
SANS_FIN = 10_000
"""Writes of a process that is killed long before."""
PATIENCE = 120
# What the base holds once all have written: relevés and their pieces by name, files, what the checks found.
LIRE = """
import json
from quartiers.cli.base import setup_django
setup_django()
from quartiers.storage.models import FichierDePiece, Piece, Releve
from quartiers.usecases.enchainer import find_ruptures
from quartiers.usecases.verifier import find_comptes_faux
from quartiers.usecases.verifier_pieces import (
    find_fichiers_faux, find_fichiers_sans_piece, find_pieces_sans_fichier,
)
cherches = (
    find_ruptures, find_comptes_faux, find_fichiers_faux, find_fichiers_sans_piece, find_pieces_sans_fichier,
)
print(json.dumps({
    "releves": list(Releve.objects.values_list("source", flat=True)),
    "prouves": list(Piece.objects.order_by().values_list("releve__source", flat=True).distinct()),
    "fichiers": FichierDePiece.objects.count(),
    "trouvailles": [t for chercher in cherches for t in chercher()],
}))
"""


def main(atelier: Atelier) -> str:
    """Both bases in turn."""
    dits = []
    for nom, open_base in BASES:
        with open_base(atelier) as adresse:
            environ = get_environ(atelier, adresse)
            run(environ, "-m", "quartiers", "migrer")
            dits.append(f"{nom} {play_base(atelier, nom, environ)}")
    return f"{' ; '.join(dits)} : chaque fichier une fois, aucun orphelin, aucun manquant"


def start(environ: Mapping[str, str], nom: str, nombre: int) -> subprocess.Popen[str]:
    """A process that sends."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.recette.envoyeur", nom, str(nombre)],
        env=environ, cwd=RACINE, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def play_base(atelier: Atelier, nom: str, environ: Mapping[str, str]) -> str:
    """Many at once, then one after the other killed in the middle of what it writes."""
    reconnus: list[str] = []
    ensemble = [start(environ, f"envoyeur-{rang}", ENVOIS) for rang in range(ENVOYEURS)]
    for processus in ensemble:
        sortie, erreurs = processus.communicate(timeout=PATIENCE)
        expect(processus.returncode == 0, f"{nom} : {erreurs[-800:]}")
        reconnus += sortie.split()
    hasard = random.Random(9)  # noqa: S311 -- where to cut, not a secret
    for rang in range(TUES):
        reconnus += kill(start(environ, f"tué-{rang}", SANS_FIN), hasard.uniform(0, 0.15))
    lu = json.loads(run(environ, "-c", LIRE))
    perdus = set(reconnus) - set(lu["releves"])
    expect(not perdus, f"{nom} : reconnus, puis perdus : {perdus}")
    expect(set(lu["releves"]) == set(lu["prouves"]), f"{nom} : relevés gardés sans leur pièce")
    expect(lu["fichiers"] == FICHIERS, f"{nom} : {lu['fichiers']} fichiers pour {FICHIERS}")
    expect(not lu["trouvailles"], f"{nom} : {lu['trouvailles']}")
    atelier.note(
        f"{nom} : {len(lu['releves'])} relevés prouvés, {len(reconnus)} reconnus, {lu['fichiers']} fichiers"
    )
    return f"{ENVOYEURS} envoyeurs ensemble, {TUES} tués, {len(lu['releves'])} relevés prouvés"


def kill(processus: subprocess.Popen[str], apres: float) -> list[str]:
    """Cut a process some time after its first write; what it had acknowledged."""
    assert processus.stdout is not None
    premiere = processus.stdout.readline()
    time.sleep(apres)
    processus.send_signal(signal.SIGKILL)
    reste, erreurs = processus.communicate(timeout=PATIENCE)
    expect(premiere != "", f"rien n’a été écrit : {erreurs[-400:]}")
    # A line cut short was not acknowledged.
    entieres = (premiere + reste).splitlines(keepends=True)
    return [ligne.strip() for ligne in entieres if ligne.endswith("\n")]


if __name__ == "__main__":
    play(main)
