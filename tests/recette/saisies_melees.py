"""Accounts that declare, correct, prove and judge at the same time, one that reads, and what one deed asks of the base.

    python -m tests.recette.saisies_melees DOSSIER ÉCRIVAINS ÉCRITURES TAILLE …

On the empty base of its environment: all at once, the checks, then deeds measured at each size.
Prints in JSON. DOSSIER is for its files.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from tests.pannes.enfant import take
from tests.pannes.gestes import (
    QUARTIER,
    declare_charte,
    list_cles,
    make_declaration,
    make_lot,
    make_prouvee,
)
from tests.recette.deux_bases import PROGRAMME, write_cellule, write_fichier

DISPUTEE = "disputée"
MESURE = "QC-MARAIS"
"""Where deeds are measured: the file that fills the base speaks of another quartier."""
ESSAIS = 200
LOT = 5


class Ecrivain:
    """One account and the one that judges beside it; `faits`: rows acknowledged, by table."""

    def __init__(self, rang: int, ou: str = QUARTIER) -> None:
        self.rang = rang
        self.ou = ou
        self.qui = f"deleguee-{rang}"
        self.faits: Counter[str] = Counter()
        self.conflits = 0
        self.vu: int | None = None

    def correct(self, n: int) -> None:
        """The line that all write, looked at again each time that another was faster."""
        from quartiers.usecases.declarer import Conflit

        valeur = str(1 + self.rang * 1000 + n)
        geste = make_declaration(0, self.qui, cle=DISPUTEE, source="Commune", valeur=valeur)
        for _ in range(ESSAIS):
            try:
                geste(vu=self.vu)  # type: ignore[call-arg]
                break
            except Conflit as conflit:
                self.conflits += 1
                self.vu = conflit.rangee
        else:
            raise AssertionError("jamais écrite")
        self.faits["releves"] += 1

    def declare(self, n: int) -> None:
        """A value of one's own."""
        make_declaration(n, self.qui, cle=f"{self.qui} {n}", territoire=self.ou)()
        self.faits["releves"] += 1

    def prove(self, n: int) -> None:
        """The same with its pieces."""
        make_prouvee(n, self.qui, cle=f"{self.qui} {n}", territoire=self.ou)()
        self.faits["releves"] += 1
        self.faits["pieces"] += 3
        self.faits["fichiers"] += 2

    def record(self, n: int) -> None:
        """A record."""
        declare_charte(f"C-{self.rang}-{n}", self.qui)
        self.faits["enregistrements"] += 1

    def judge(self, _: int) -> None:
        """The head of the queue, that all judge at once; nothing waits, or all has moved: nothing to write."""
        if cles := list_cles()[:LOT]:
            lot: Any = make_lot(f"juge-{self.rang}", cles)()
            self.faits["examens"] += len(lot.jugees)


def write(rang: int, nombre: int) -> dict[str, Any]:
    """Every write until it is acknowledged, each kind in its turn."""
    ecrivain = Ecrivain(rang)
    sortes = (
        ecrivain.correct,
        ecrivain.declare,
        ecrivain.record,
        ecrivain.prove,
        ecrivain.judge,
    )
    durees = []
    for n in range(nombre):
        debut = time.perf_counter()
        sortes[n % len(sortes)](n)
        durees.append(1000 * (time.perf_counter() - debut))
    return {"faits": ecrivain.faits, "conflits": ecrivain.conflits, "durees": durees}


def read(fin: Path) -> dict[str, Any]:
    """One who looks: what was seen once is never gone at the next look."""
    from quartiers.usecases.charger_dossier import load_savoir

    durees, vus = [], 0
    while not fin.exists():
        debut = time.perf_counter()
        tenus = len(load_savoir().dossier.releves)
        durees.append(1000 * (time.perf_counter() - debut))
        if tenus < vus:
            raise AssertionError(f"{vus} relevés vus, puis {tenus}")
        vus = tenus
        time.sleep(0.05)
    return {"durees": durees, "vus": vus}


TOURS_D_AVANT = 12
"""A form reads the last lines of its cell, and those that were judged otherwise: as many as it reads are judged first."""


def measure(tour: int) -> dict[str, list[int]]:
    """(questions, rows read) of one deed of each kind; each is done once before, so that nothing is loaded on the way.

    Each tour has its own days: what was said of the same cell and day is read too, and is not of the size of the base.
    """
    ecrivain = Ecrivain(1000 + count()["releves"], MESURE)
    couts = {}
    gestes = {
        "valeur": ecrivain.declare,
        "valeur prouvée": ecrivain.prove,
        "enregistrement": ecrivain.record,
    }
    for rang, (nom, geste) in enumerate(gestes.items()):
        n = 2 * (len(gestes) * tour + rang)
        geste(n)
        couts[nom] = count_cout(partial(geste, n + 1))
    make_lot(f"juge-{ecrivain.rang}", list_cles(MESURE)[:2])()
    couts["lot"] = count_cout(make_lot(f"juge-{ecrivain.rang}", list_cles(MESURE)))
    return couts


def count_cout(geste: Callable[[], object]) -> list[int]:
    """Questions asked, then steps of SQLite, or rows that PostgreSQL has read."""
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext

    from tests.recette.mesure_ecriture import Pas

    with transaction.atomic():
        avant = count_lues()
        pas = Pas()
        with CaptureQueriesContext(connection) as vues:
            geste()
        return [len(vues), pas.stop() or count_lues() - avant]


def count_lues() -> int:
    """Rows that this transaction has read, PostgreSQL only."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as curseur:
        # A table of a few pages is read whole by choice: what counts is what a large one would oblige to read.
        curseur.execute("SET LOCAL enable_seqscan = off")
        curseur.execute(
            "SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) FROM pg_stat_xact_user_tables"
        )
        return int(curseur.fetchone()[0] or 0)


def count() -> Counter[str]:
    """What the base holds."""
    from quartiers.storage.models import Enregistrement, Examen, FichierDePiece, Piece, Releve

    modeles = {
        "releves": Releve,
        "enregistrements": Enregistrement,
        "pieces": Piece,
        "fichiers": FichierDePiece,
        "examens": Examen,
    }
    return Counter({nom: modele.objects.count() for nom, modele in modeles.items()})


def fill(dossier: Path, taille: int) -> None:
    """Relevés of a file, up to a size."""
    from django.db import connection

    fichier = write_fichier(dossier / f"r{taille}.csv", count()["releves"], taille, "Académie")
    take(0, "releves", fichier)
    with connection.cursor() as curseur:
        curseur.execute("ANALYZE")  # what the autovacuum of PostgreSQL does a minute later


def write_ensemble(fin: Path, ecrivains: int, nombre: int) -> dict[str, Any]:
    """A process each, the reader's own; what they acknowledged, and what the base holds more."""
    from django.db import connection

    from quartiers.usecases.charger_dossier import load_savoir

    load_savoir()
    avant = count()
    connection.close()  # each process has its own
    with ProcessPoolExecutor(ecrivains + 1, mp_context=get_context("fork")) as processus:
        lecteur = processus.submit(read, fin)
        try:
            ecrits = [processus.submit(write, rang, nombre) for rang in range(ecrivains)]
            dits = [ecrit.result() for ecrit in ecrits]
        finally:
            fin.touch()
        lu = lecteur.result()
    reconnus: Counter[str] = sum((dit["faits"] for dit in dits), Counter())
    return {
        "gardes": count() - avant,
        "reconnus": reconnus,
        "conflits": sum(dit["conflits"] for dit in dits),
        "durees": [duree for dit in dits for duree in dit["durees"]],
        "regards": lu["durees"],
    }


def main(dossier: Path, ecrivains: int, nombre: int, *tailles: int) -> None:
    """All that the program asserts."""
    from quartiers.cli.base import bring_up_to_date, setup_django

    setup_django()
    bring_up_to_date()
    from quartiers.usecases.verifier import verify_base

    take(0, "cog", PROGRAMME / "donnees" / "cog")
    take(0, "quartiers", PROGRAMME / "donnees" / "quartiers.csv")
    ensemble = write_ensemble(dossier / "fin", ecrivains, nombre)
    controles = [str(controle) for controle in verify_base()]
    take(0, "releves", write_cellule(dossier / "cellule.csv"))
    couts = []
    for tour in range(TOURS_D_AVANT):
        measure(tour)
    for tour, taille in enumerate(tailles, start=TOURS_D_AVANT):
        fill(dossier, taille)
        couts.append(measure(tour))
    print(json.dumps({"couts": couts, "controles": controles, **ensemble}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
