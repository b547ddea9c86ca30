"""Import a file, declare a line or judge a lot, in processes that die in the middle: the child of test_coupure.py.

python -m tests.pannes.enfant 0 GENRE FICHIER       # nothing is cut
python -m tests.pannes.enfant N GENRE FICHIER       # cut at each of its N first writes, one process each
python -m tests.pannes.enfant 0 GESTE DONNÉES       # forms (gestes.py): cut before and after every question
"""

from __future__ import annotations

import itertools
import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

from tests.pannes.gestes import COUPABLES, count_releves

ECRITURES = ("INSERT", "UPDATE", "DELETE", "COMMIT", "SAVEPOINT", "RELEASE")
COMMIT = "_commit"  # of a connection: Django shows it to no wrapper
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
        return self.meet(partial(execute, sql, params, many, context))

    def meet(self, ask: Callable[[], Any]) -> Any:
        """One of the points."""
        self.vues += 1
        if self.vues == self.point:
            os.kill(os.getpid(), signal.SIGKILL)
        rendu = ask()
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
    if genre in COUPABLES:
        print(json.dumps(cut_gestes(genre, chemin)))  # noqa: T201 -- what the parent reads
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


def cut_imports(genre: str, chemin: Path, points: int) -> list[tuple[int, ...]]:
    """The same of an import cut at each of its writes, until one goes to its end."""
    from quartiers.usecases.charger_contexte import load_referentiel
    from quartiers.usecases.importer import list_portes

    list_portes()  # once, and not in each of the processes
    load_referentiel()
    etats: list[tuple[int, ...]] = []
    for point in range(1, points + 1):
        etats.append(run_coupe(point, partial(take, point, genre, chemin)))
        if etats[-1][2:] != (0, 0):
            break
    return etats


def run_coupe(
    point: int, geste: Callable[[], object], compter: Callable[[], tuple[int, ...]] = count_releves
) -> tuple[int, ...]:
    """(point, exit code, then what the tables count): the deed is done by a process of its own."""
    from django.db import connection

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
    return (point, os.waitstatus_to_exitcode(mort), *compter())


def cut_gestes(nom: str, donnees: Path) -> tuple[list[tuple[int, ...]], list[str]]:
    """The same of a form cut before and after each of its questions, until one goes to its end; then every check."""
    from quartiers.usecases.charger_dossier import load_savoir
    from quartiers.usecases.verifier import verify_base

    take(0, "cog", donnees / "cog")
    take(0, "quartiers", donnees / "quartiers.csv")
    load_savoir()
    coupable = COUPABLES[nom]
    etats: list[tuple[int, ...]] = []
    for rang in itertools.count():
        point = (1 + rang // 2) * (-1 if rang % 2 else 1)
        geste = partial(cut, point, coupable.make(rang))
        etats.append(run_coupe(point, geste, coupable.count))
        if etats[-1][1] != -signal.SIGKILL:
            break
    return etats, [str(controle) for controle in verify_base()]


def cut(point: int, geste: Callable[[], object]) -> None:
    """One form under the counter, its commit being one of its questions."""
    from django.db import connection

    coupure = Coupure(point, is_tout=True)
    commit = partial(coupure.meet, getattr(connection, COMMIT))
    with connection.execute_wrapper(coupure), patch.object(connection, COMMIT, commit):
        geste()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
