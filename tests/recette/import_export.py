"""The same lines taken in by django-import-export, in bulk, on a model of the same columns and a base of its own.

    python -m tests.recette.import_export FICHIER BASE

Prints its seconds, in JSON: from the reading of the file to the last row.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path


def main(fichier: Path, base: Path) -> float:
    """Its own fastest way: rows made and updated a thousand at a time, nothing said of each."""
    import django
    from django.conf import settings

    settings.configure(
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(base)}},
        INSTALLED_APPS=["django.contrib.contenttypes", "import_export"],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
    )
    django.setup()
    import tablib
    from django.db import connection, models
    from import_export import resources

    class Ligne(models.Model):
        indicateur = models.CharField(max_length=60)
        territoire = models.CharField(max_length=40)
        date = models.DateField()
        valeur = models.DecimalField(max_digits=15, decimal_places=6)

        class Meta:
            app_label = "compare"

        def __str__(self) -> str:
            return self.indicateur

    class LigneResource(resources.ModelResource):  # type: ignore[misc]  # it ships no types
        class Meta:
            model = Ligne
            import_id_fields = ("indicateur", "territoire", "date")
            use_bulk = True
            batch_size = 1000
            skip_diff = True
            report_skipped = False

    with connection.schema_editor() as editeur:
        editeur.create_model(Ligne)
    debut = time.perf_counter()
    lignes = tablib.Dataset().load(fichier.read_text(encoding="utf-8"), format="csv", delimiter=";")
    rendu = LigneResource().import_data(lignes, raise_errors=True)
    duree = time.perf_counter() - debut
    if Ligne._default_manager.count() != len(lignes) or rendu.has_errors():
        raise AssertionError(f"{Ligne._default_manager.count()} rangées pour {len(lignes)} lignes")
    return duree


if __name__ == "__main__":
    print(json.dumps({"secondes": main(Path(sys.argv[1]), Path(sys.argv[2]))}))
