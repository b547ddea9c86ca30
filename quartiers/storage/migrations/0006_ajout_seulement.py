"""The base itself refuses UPDATE and DELETE on recorded facts: append-only by law, not by habit."""

from django.db import migrations

from quartiers.storage.ajout_seulement import protect


class Migration(migrations.Migration):
    dependencies = (("storage", "0005_petits_genres"),)

    operations = (protect("ecriture", "releve", "enregistrement", "desserte"),)
