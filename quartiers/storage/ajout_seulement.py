"""The base itself refuses UPDATE and DELETE on recorded facts: append-only by law, not by habit."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython

MESSAGE = "un fait enregistré ne se change ni ne s''efface"
FONCTION = "storage_ajout_seulement"
VERBES = ("UPDATE", "DELETE")


def protect(*tables: str) -> RunPython:
    """The operation of a migration after which these tables are only added to; PostgreSQL also refuses TRUNCATE.

    Said again after a column was added: SQLite makes the table anew, and its refusals go with the old one.
    """

    def add(apps: Apps, editeur: BaseDatabaseSchemaEditor) -> None:
        if editeur.connection.vendor == "postgresql":
            editeur.execute(
                f"CREATE OR REPLACE FUNCTION {FONCTION}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
            )
        drop(apps, editeur)
        for table in tables:
            for ordre in _list_ordres(editeur.connection.vendor, table):
                editeur.execute(ordre)

    def drop(apps: Apps, editeur: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 -- same reason
        for table in tables:
            if editeur.connection.vendor == "postgresql":
                editeur.execute(f"DROP TRIGGER IF EXISTS ajout_{table} ON storage_{table}")
                continue
            for verbe in VERBES:
                editeur.execute(f"DROP TRIGGER IF EXISTS ajout_{table}_{verbe.lower()}")

    return RunPython(add, drop)


def _list_ordres(moteur: str, table: str) -> list[str]:
    """One refusal per verb on SQLite, one for all on PostgreSQL."""
    if moteur == "postgresql":
        return [
            (
                f"CREATE TRIGGER ajout_{table} BEFORE UPDATE OR DELETE OR TRUNCATE ON storage_{table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {FONCTION}()"
            )
        ]
    return [
        f"CREATE TRIGGER ajout_{table}_{verbe.lower()} BEFORE {verbe} ON storage_{table} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        for verbe in VERBES
    ]
