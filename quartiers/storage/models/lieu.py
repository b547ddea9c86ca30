"""How far recorded places are from the territoires."""

from __future__ import annotations

from django.db import models

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
