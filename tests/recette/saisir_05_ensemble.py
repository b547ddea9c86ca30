"""Saisir 5. Eight who declare, correct, prove and judge at once, and one who reads: 0 lost, both chains whole, both bases.

    python tests/recette/saisir_05_ensemble.py              # 500 and 3,000 relevés
    python tests/recette/saisir_05_ensemble.py --entier     # 10,000 and 1,000,000 relevés

What one deed asks and reads is equal whatever the base holds; times are told, never asserted.
"""

from __future__ import annotations

import json
import os
from statistics import median, quantiles
from typing import Any

from tests.controles import CONTROLES
from tests.recette.deux_bases import BASES, get_environ, run
from tests.recette.outils import RACINE, Atelier, expect, play
from tests.suite.taille import is_entiere

ECRIVAINS = 8
ECRITURES = 50
TAILLES = (10_000, 1_000_000) if is_entiere() else (500, 3_000)
ECART = 0.02
"""What is read may grow by that: a level of an index, never the size of the base."""
PROGRAMME = "tests.recette.saisies_melees"
SORTES = {"releves", "enregistrements", "pieces", "fichiers", "examens"}


def main(atelier: Atelier) -> str:
    """Both bases in turn: eight write on a small base, then deeds are measured at two sizes."""
    dits = []
    for nom, open_base in BASES:
        with open_base(atelier) as adresse:
            dossier = atelier.dossier / nom
            dossier.mkdir()
            nombres = map(str, (ECRIVAINS, ECRITURES, *TAILLES))
            environ = get_environ(atelier, adresse)
            dit = json.loads(run(environ, "-m", PROGRAMME, str(dossier), *nombres))
        check_couts(atelier, nom, dit["couts"])
        dits.append(f"{nom} {check_ensemble(atelier, nom, dit)}")
    return (
        f"{ECRIVAINS} × {ECRITURES} écritures mêlées, un lecteur à côté : 0 perdue, les deux chaînes entières, "
        f"mêmes questions et mêmes lectures à {' et à '.join(map(str, TAILLES))} relevés ; {' ; '.join(dits)}"
    )


def check_couts(atelier: Atelier, nom: str, couts: list[dict[str, list[int]]]) -> None:
    """The same questions, the same rows."""
    premier, dernier = couts
    for geste, (questions, lues) in premier.items():
        apres = dernier[geste]
        atelier.note(
            f"{nom}, {geste} : {questions} puis {apres[0]} questions, {lues} puis {apres[1]} lectures"
        )
        expect(apres[0] == questions, f"{nom}, {geste} : {questions} puis {apres[0]} questions")
        expect(apres[1] <= (1 + ECART) * lues, f"{nom}, {geste} : {lues} puis {apres[1]} lectures")


def check_ensemble(atelier: Atelier, nom: str, dit: dict[str, Any]) -> str:
    """All that was acknowledged is there, once; every check of the base is well."""
    reconnus: dict[str, int] = dit["reconnus"]
    expect(dit["gardes"] == reconnus, f"{nom} : {dit['gardes']} gardés pour {reconnus} reconnus")
    expect(set(reconnus) == SORTES, f"{nom} : rien que {reconnus}")
    for controle in CONTROLES:
        expect(f"bien    {controle}" in dit["controles"], f"{nom} : {dit['controles']}")
    atelier.note(f"{nom}, gardés : {', '.join(f'{n} {quoi}' for quoi, n in reconnus.items())}")
    regards = dit["regards"]
    atelier.note(f"{nom}, lecteur : {len(regards)} regards, {say_durees(regards)}")
    return f"{dit['conflits']} conflits montrés, {say_durees(dit['durees'])}"


def say_durees(durees: list[float]) -> str:
    """Half of them, and nearly all."""
    return f"p50 {median(durees):.0f} ms, p99 {quantiles(durees, n=100)[-1]:.0f} ms"


if __name__ == "__main__":
    os.chdir(RACINE)
    play(main)
