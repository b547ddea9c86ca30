"""Import a file, or declare a line, in processes that die in the middle: the child of test_coupure.py.

python -m tests.pannes.enfant 0 GENRE FICHIER       # nothing is cut
python -m tests.pannes.enfant N GENRE FICHIER       # cut at each of its N first writes, one process each
python -m tests.pannes.enfant 0 formulaire FICHIER  # forms: cut before and after every question asked of the base
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ECRITURES = ("INSERT", "UPDATE", "DELETE", "COMMIT", "SAVEPOINT", "RELEASE")
FORMULAIRE = "formulaire"
LOT = 2  # small batches: many points to be cut at


class Coupure:
    """Counts writes, and kills its own process in the middle of the chosen one."""

    def __init__(self, point: int, *, is_tout: bool = False) -> None:
        self.point = point
        self.vues = 0
        self.is_tout = is_tout

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        if not self.is_tout and not sql.lstrip().upper().startswith(ECRITURES):
            return execute(sql, params, many, context)
        self.vues += 1
        if self.vues == self.point:
            os.kill(os.getpid(), signal.SIGKILL)
        rendu = execute(sql, params, many, context)
        if self.vues == -self.point:
            os.kill(os.getpid(), signal.SIGKILL)
        return rendu


def main(point: int, genre: str, chemin: Path) -> None:
    """One import under the counter."""
    from quartiers.cli.base import bring_up_to_date, setup_django

    setup_django()
    bring_up_to_date()
    from django.db.models import QuerySet

    ordinaire = QuerySet.bulk_create

    def by_small_lots(self: Any, objs: Any, *args: Any, **kwargs: Any) -> Any:
        return ordinaire(self, objs, *args, **{**kwargs, "batch_size": LOT})

    QuerySet.bulk_create = by_small_lots  # type: ignore[method-assign]
    if genre == FORMULAIRE:
        print(json.dumps(cut_formulaires()))  # noqa: T201 -- what the parent reads
    elif point:
        print(json.dumps(cut_imports(genre, chemin, point)))  # noqa: T201
    else:
        take(0, genre, chemin)


def take(point: int, genre: str, chemin: Path) -> None:
    """One import under the counter."""
    from django.db import connection

    from quartiers.usecases.importer import import_fichier

    with connection.execute_wrapper(Coupure(point)):
        import_fichier(
            genre=genre,
            chemin=chemin,
            connu_le=date(2026, 11, 20),
            saisi_le=datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Europe/Paris")),
        )


def cut_imports(genre: str, chemin: Path, points: int) -> list[tuple[int, int, int, int]]:
    """The same of an import cut at each of its writes, until one goes to its end."""
    from quartiers.usecases.charger_contexte import load_referentiel
    from quartiers.usecases.importer import list_portes

    list_portes()  # once, and not in each of the processes
    load_referentiel()
    etats = []
    for point in range(1, points + 1):
        etats.append(run_coupe(point, partial(take, point, genre, chemin)))
        if etats[-1][2:] != (0, 0):
            break
    return etats


def run_coupe(point: int, geste: Callable[[], object]) -> tuple[int, int, int, int]:
    """(point, exit code, relevés then, writes of relevés then): the deed is done by a process of its own."""
    from django.db import connection

    from quartiers.storage.models import Ecriture, Releve

    connection.close()  # each process has its own
    fils = os.fork()
    if fils == 0:
        code = 1
        try:
            geste()
            connection.close()
            code = 0
        finally:
            os._exit(code)  # nothing of the parent goes on here
    _, mort = os.waitpid(fils, 0)
    ecritures = Ecriture.objects.filter(genre="releves").count()
    return (point, os.waitstatus_to_exitcode(mort), Releve.objects.count(), ecritures)


def cut_formulaires() -> list[tuple[int, int, int, int]]:
    """The same of a form cut before and after each of its questions, then of one that is not."""
    from quartiers.usecases.charger_dossier import load_savoir

    load_savoir()
    vues = declare(0, date(2026, 1, 1))
    points = [signe * rang for rang in range(1, vues + 1) for signe in (1, -1)]
    return [
        run_coupe(point, partial(declare, point, date(2026, 1, 2) + timedelta(days=n)))
        for n, point in enumerate([*points, 0])
    ]


def declare(point: int, jour: date) -> int:
    """One form under the counter: how many questions it asked."""
    from django.db import connection

    from quartiers.usecases.declarer import declare_releve
    from quartiers.usecases.ecrire import Envoi

    envoi = Envoi(
        genre="", fichier="", empreinte="", millesime=None, connu_le=date(2026, 11, 20),
        saisi_le=datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Europe/Paris")),
    )  # fmt: skip
    textes = {
        "indicateur": "m-2-2-apprentis", "territoire": "QC-VALLON", "date": jour.isoformat(),
        "valeur": "3", "source": "Mairie", "cle": f"{jour}",
    }  # fmt: skip
    coupure = Coupure(point, is_tout=True)
    with connection.execute_wrapper(coupure):
        declare_releve(envoi=envoi, textes=textes)
    return coupure.vues


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
