"""Import a file, or declare a line, and die at the n-th write: the child of test_coupure.py.

python -m tests.pannes.enfant N GENRE FICHIER       # N = 0: nothing is cut, prints how many writes there were
python -m tests.pannes.enfant 0 formulaire FICHIER   # forms: cut before and after every question asked of the base
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
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
    from django.db import connection
    from django.db.models import QuerySet

    from quartiers.usecases.importer import import_fichier

    ordinaire = QuerySet.bulk_create

    def by_small_lots(self: Any, objs: Any, *args: Any, **kwargs: Any) -> Any:
        return ordinaire(self, objs, *args, **{**kwargs, "batch_size": LOT})

    QuerySet.bulk_create = by_small_lots  # type: ignore[method-assign]
    if genre == FORMULAIRE:
        print(json.dumps(cut_formulaires()))  # noqa: T201 -- what the parent reads
        return
    coupure = Coupure(point)
    with connection.execute_wrapper(coupure):
        import_fichier(
            genre=genre,
            chemin=chemin,
            connu_le=date(2026, 11, 20),
            saisi_le=datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Europe/Paris")),
        )
    print(coupure.vues)  # noqa: T201 -- what the parent reads


def cut_formulaires() -> list[tuple[int, int, int, int]]:
    """(point, signal received, relevés then, writes then) of each form cut, then of one that is not."""
    from django.db import connection

    from quartiers.storage.models import Ecriture, Releve
    from quartiers.usecases.dossier import load_savoir

    load_savoir()
    vues = declare(0, date(2026, 1, 1))
    points = [signe * rang for rang in range(1, vues + 1) for signe in (1, -1)]
    etats = []
    for n, point in enumerate([*points, 0]):
        connection.close()  # each process has its own
        fils = os.fork()
        if fils == 0:
            declare(point, date(2026, 1, 2) + timedelta(days=n))
            connection.close()
            os._exit(0)
        _, mort = os.waitpid(fils, 0)
        ecritures = Ecriture.objects.filter(genre="releves").count()
        etats.append((point, os.WTERMSIG(mort), Releve.objects.count(), ecritures))
    return etats


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
