"""Make the database ready before a command uses it.

A SQLite base is created or migrated on the spot, under a lock: two commands that start together on
an absent base must not both create it. A PostgreSQL base belongs to its host, who migrates it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from quartiers.cli.appel import Refus

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

PREMIERE = "0005_petits_genres"
"""The first migration of the bases that this program knows."""


def setup_django() -> None:
    """Load Django once; harmless when already loaded (tests, nested calls)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "quartiers.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def check_habillage() -> None:
    """Refuse to serve pages in a look whose files are not installed (Django's system check)."""
    from django.core.checks import run_checks

    for defaut in run_checks(tags=["habillage"]):
        raise Refus(f"{defaut.msg} {defaut.hint}")


@contextmanager
def hold_lock(fichier: Path) -> Iterator[None]:
    """Exclusive lock on a file that stays; released by the system even if the process dies."""
    try:
        import fcntl
    except ImportError:  # Windows: one user, one process; SQLite's own lock still protects the data
        yield
        return
    with fichier.open("a") as poignee:
        fcntl.flock(poignee, fcntl.LOCK_EX)
        yield


def list_retard() -> list[str]:
    """Migrations of the code that the base does not have, as `app.nom`.

    Raises Refus when the base has migrations of ours that this code does not know: an older program must not
    write in a newer base, and nothing is taken over from the bases that another first migration made.
    """
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    chargeur = MigrationExecutor(connection).loader
    faites = {nom for app, nom in chargeur.applied_migrations if app == "storage"}
    inconnues = sorted(nom for nom in faites if ("storage", nom) not in chargeur.disk_migrations)
    if faites and PREMIERE not in faites:
        raise Refus(
            f"La base {connection.settings_dict['NAME']} a été faite par une version précédente du logiciel : "
            "la mettre de côté et refaire les imports dans une base neuve."
        )
    if inconnues:
        raise Refus(
            "La base a été écrite par une version plus récente du logiciel "
            f"(migration {inconnues[-1]}) : mettre le logiciel à jour."
        )
    manquantes = set(chargeur.disk_migrations) - set(chargeur.applied_migrations)
    return sorted(f"{app}.{nom}" for app, nom in manquantes)


def list_colonnes(curseur: CursorWrapper, table: str) -> set[str]:
    """The columns of a table. An answer without rows names them: the introspection of Django reads the whole
    definition of the table again, a sixth of the time of a command.
    """
    from django.db import connection

    curseur.execute(f"SELECT * FROM {connection.ops.quote_name(table)} WHERE 1 = 0")  # noqa: S608 -- a name of our own
    return {str(colonne[0]) for colonne in curseur.description or ()}


def check_tables() -> None:
    """Refuse a base that has every migration, and other tables than those they make today.

    Until a first version is published, the first migration is rewritten: a base made before that has its name
    among those it has had, and lacks its columns.
    """
    from django.apps import apps
    from django.db import connection

    with connection.cursor() as curseur:
        tables = set(connection.introspection.table_names(curseur))
        for modele in apps.get_app_config("storage").get_models():
            meta = modele._meta  # noqa: SLF001 -- what Django documents under that name
            table = meta.db_table
            trouvees = list_colonnes(curseur, table) if table in tables else set()
            ecart = sorted(trouvees ^ {str(champ.column) for champ in meta.local_concrete_fields})
            if ecart:
                raise Refus(
                    f"La base {connection.settings_dict['NAME']} a été faite par une autre version du logiciel "
                    f"({table}.{ecart[0]}) : la mettre de côté et refaire les imports dans une base neuve."
                )


def open_base() -> None:
    """Reach the base once, so that an unreachable one is told in French, without its password."""
    from django.db import connection
    from django.db.utils import Error

    nom = str(connection.settings_dict["NAME"])
    try:
        if connection.vendor == "sqlite":
            Path(nom).parent.mkdir(parents=True, exist_ok=True)
        connection.ensure_connection()
    except (Error, OSError) as erreur:
        raison = (str(erreur).strip().splitlines() or ["raison inconnue"])[0]
        raise Refus(f"La base {nom} est inaccessible : {raison}") from erreur


def bring_up_to_date() -> list[str]:
    """Migrate the base when it is behind; returns the migrations done, as `app.nom`."""
    from django.core.management import call_command
    from django.db import connection

    open_base()
    if not list_retard():
        check_tables()
        return []
    nom = str(connection.settings_dict["NAME"])
    verrou = hold_lock(Path(nom + ".verrou")) if connection.vendor == "sqlite" else nullcontext()
    with verrou:
        retard = list_retard()  # another process may have done it while we waited
        if retard:
            call_command("migrate", interactive=False, verbosity=0)
    check_tables()
    return retard


def prepare_base() -> None:
    """Django ready, base at the level of the code; Refus (exit 1) when that is not ours to do."""
    setup_django()
    from django.db import connection

    if connection.vendor == "sqlite":
        bring_up_to_date()
        return
    open_base()
    if list_retard():
        raise Refus("La base n'est pas à jour : lancer d'abord « quartiers migrer ».")
    check_tables()
