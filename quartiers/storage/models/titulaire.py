"""Who an account is: its name and its function as they are shown, its organisme, and the person behind it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

NOM_MAX, FONCTION_MAX = 150, 150
ORGANISME_MAX = 600
"""As wide as the name of a record."""


class Titulaire(models.Model):
    """The holder of an account. An account without this row is a person of its own, and of no organisme.

    `organisme`: the `objet` of an Organisme record, empty when it is not known. `personne`: the number of an account;
    two accounts of one person bear the same one.
    """

    compte = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="titulaire",
    )
    nom = models.CharField(max_length=NOM_MAX, blank=True)
    fonction = models.CharField(max_length=FONCTION_MAX, blank=True)
    courriel = models.EmailField(blank=True)
    organisme = models.CharField(max_length=ORGANISME_MAX, blank=True, db_index=True)
    personne = models.BigIntegerField(db_index=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.nom or f"compte {self.pk}"
