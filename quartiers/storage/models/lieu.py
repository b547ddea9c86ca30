"""Places of an official list, millésime by millésime, and how far they are from the territoires."""

from __future__ import annotations

from django.db import models

from quartiers.storage.models.base import Ajout


class Lieu(Ajout):
    """One row of an official list. `cle`: the producer's identifier; `details`: the rest of what it says.

    `du`: day of the label; `mobile`: its published point is a garage, not a place where people are received.
    """

    source = models.CharField(max_length=60)
    millesime = models.DateField()
    cle = models.CharField(max_length=80)
    genre = models.CharField(max_length=40)
    nom = models.CharField(max_length=255)
    departement = models.CharField(max_length=3)
    du = models.DateField()
    mobile = models.BooleanField()
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    details = models.JSONField(default=dict)

    class Meta(Ajout.Meta):
        indexes = (models.Index(fields=("source", "millesime"), name="lieu_source_millesime"),)

    def __str__(self) -> str:
        return f"{self.nom} ({self.millesime})"


class Proximite(models.Model):
    """Metres from the perimeter of a territoire to a place: all within 1,000 m, and the nearest beyond.

    Worked out from the two when either enters; it can be thrown away and measured again.
    """

    lieu = models.ForeignKey(Lieu, on_delete=models.PROTECT, related_name="proximites")
    territoire = models.CharField(max_length=40, db_index=True)
    distance_m = models.FloatField()

    class Meta:
        ordering = ("territoire", "distance_m", "pk")
        constraints = (
            models.UniqueConstraint(fields=("lieu", "territoire"), name="proximite_unique"),
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
