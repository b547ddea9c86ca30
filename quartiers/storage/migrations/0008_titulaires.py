"""Who holds each account, who gave each mandat and who ended it, and who acts for whom.

The organisme of the mandats of an account is kept for its holder when it is the name of a record.
"""

from __future__ import annotations

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def add_titulaires(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001
    """Each account is a person of its own until somebody says otherwise."""
    compte_model, mandat, enregistrement, titulaire = (
        apps.get_model(settings.AUTH_USER_MODEL),
        apps.get_model("storage", "Mandat"),
        apps.get_model("storage", "Enregistrement"),
        apps.get_model("storage", "Titulaire"),
    )
    dits: dict[int, str] = {}
    mandats = mandat.objects.exclude(organisme="").order_by("pk")
    for compte, organisme in mandats.values_list("compte_id", "organisme"):
        connus = enregistrement.objects.filter(genre="organisme", objet=organisme)
        if compte not in dits and connus.exists():
            dits[compte] = organisme
    titulaire.objects.bulk_create(
        titulaire(
            compte=compte,
            nom=compte.last_name,
            organisme=dits.get(compte.pk, ""),
            personne=compte.pk,
        )
        for compte in compte_model.objects.order_by("pk")
    )


class Migration(migrations.Migration):
    dependencies = [
        ("storage", "0007_acces_des_comptes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Titulaire",
            fields=[
                (
                    "compte",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="titulaire",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("nom", models.CharField(blank=True, max_length=150)),
                ("fonction", models.CharField(blank=True, max_length=150)),
                ("courriel", models.EmailField(blank=True, max_length=254)),
                ("organisme", models.CharField(blank=True, db_index=True, max_length=600)),
                ("personne", models.BigIntegerField(db_index=True)),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.AddField(
            model_name="invitation",
            name="donnee_par",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="mandat",
            name="donne_le",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="mandat",
            name="donne_par",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="mandat",
            name="retire_le",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="mandat",
            name="retire_par",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.CreateModel(
            name="Delegation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("du", models.DateField()),
                ("au", models.DateField()),
                ("donnee_le", models.DateTimeField()),
                ("revoquee_le", models.DateTimeField(null=True)),
                (
                    "a",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="delegations_recues",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mandat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="delegations",
                        to="storage.mandat",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.RunPython(add_titulaires, migrations.RunPython.noop),
    ]
