"""What somebody was writing and has not declared: one per account and form, kept by the server, file included."""

from __future__ import annotations

from django.conf import settings
from django.db import models

ADRESSE_MAX = 300


class Brouillon(models.Model):
    """The words of a form as they were typed, nothing checked. `adresse`: the path of the form; `octets`: its file."""

    compte = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="brouillons"
    )
    adresse = models.CharField(max_length=ADRESSE_MAX)
    libelle = models.CharField(max_length=300)
    mots = models.JSONField(default=dict)
    nom = models.CharField(max_length=120, blank=True)
    octets = models.BinaryField(null=True)
    garde_le = models.DateTimeField()

    class Meta:
        ordering = ("-garde_le", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("compte", "adresse"), name="brouillon_unique"),
        )

    def __str__(self) -> str:
        return self.libelle
