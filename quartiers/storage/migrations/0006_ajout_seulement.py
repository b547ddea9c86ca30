"""The base itself refuses UPDATE and DELETE on recorded facts: append-only by law, not by habit."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = (
    "ecriture",
    "releve",
    "enregistrement",
    "desserte",
)
MESSAGE = "un fait enregistré ne se change ni ne s''efface"


def add_triggers(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001
    """One refusal per table and verb; PostgreSQL also refuses TRUNCATE."""
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            for verbe in ("UPDATE", "DELETE"):
                schema_editor.execute(
                    f"CREATE TRIGGER ajout_{table}_{verbe.lower()} BEFORE {verbe} ON storage_{table} "
                    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
                )
        return
    schema_editor.execute(
        "CREATE FUNCTION storage_ajout_seulement() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
    )
    for table in TABLES:
        schema_editor.execute(
            f"CREATE TRIGGER ajout_{table} BEFORE UPDATE OR DELETE OR TRUNCATE ON storage_{table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION storage_ajout_seulement()"
        )


def drop_triggers(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001
    """Undo, for a migration backward."""
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            for verbe in ("update", "delete"):
                schema_editor.execute(f"DROP TRIGGER IF EXISTS ajout_{table}_{verbe}")
        return
    for table in TABLES:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS ajout_{table} ON storage_{table}")
    schema_editor.execute("DROP FUNCTION IF EXISTS storage_ajout_seulement()")


class Migration(migrations.Migration):
    dependencies = (("storage", "0005_petits_genres"),)

    operations = (migrations.RunPython(add_triggers, drop_triggers),)
