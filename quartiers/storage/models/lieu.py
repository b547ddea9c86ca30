"""How far recorded places are from the territoires, and where the mobile ones stop."""

from __future__ import annotations

from django.db import models

from quartiers.storage.models.base import Ajout
from quartiers.storage.models.enregistrement import Enregistrement


class Proximite(models.Model):
    """Metres from the perimeter of a territoire to a place: all within 1,000 m, and the nearest beyond.

    Worked out from the two when either enters; it can be thrown away and measured again.
    """

    enregistrement = models.ForeignKey(
        Enregistrement, on_delete=models.PROTECT, related_name="proximites"
    )
    territoire = models.CharField(max_length=40, db_index=True)
    distance_m = models.FloatField()

    class Meta:
        ordering = ("territoire", "distance_m", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("enregistrement", "territoire"), name="proximite_unique"
            ),
        )

    def __str__(self) -> str:
        return f"{self.territoire} : {self.distance_m} m"


class Arret(Ajout):
    """A stop of a mobile place. `distance_m`: from its territoire, None without coordinates (then inside)."""

    lieu = models.CharField(max_length=80)
    territoire = models.CharField(max_length=40)
    adresse = models.CharField(max_length=255, blank=True)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    distance_m = models.FloatField(null=True)
    jour = models.CharField(max_length=60)
    heures = models.CharField(max_length=200, blank=True)
    du = models.DateField(null=True)
    au = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.lieu} à {self.territoire}"
