"""Import a file and die at the n-th write: the child of test_coupure.py, with nothing of it in the product.

python -m tests.pannes.enfant N GENRE FICHIER       # N = 0: nothing is cut, prints how many writes there were
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ECRITURES = ("INSERT", "UPDATE", "DELETE", "COMMIT", "SAVEPOINT", "RELEASE")
LOT = 2  # small batches: many points to be cut at


class Coupure:
    """Counts writes, and kills its own process in the middle of the chosen one."""

    def __init__(self, point: int) -> None:
        self.point = point
        self.vues = 0

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        if not sql.lstrip().upper().startswith(ECRITURES):
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
    coupure = Coupure(point)
    with connection.execute_wrapper(coupure):
        import_fichier(
            genre=genre,
            chemin=chemin,
            connu_le=date(2026, 11, 20),
            saisi_le=datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Europe/Paris")),
        )
    print(coupure.vues)  # noqa: T201 -- what the parent reads


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
