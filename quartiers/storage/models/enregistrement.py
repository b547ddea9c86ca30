"""Records of every kind in one table, and the territoires each stands in or serves."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from quartiers.core.condensat import CONDENSAT
from quartiers.storage.models.base import Ajout, Immuable, decimal_field


class Enregistrement(Ajout):
    """One statement, as one write brought it: what was said of a thing for a day. A kind is no table (core/genres).

    `precedent`: the row of the same (genre, objet, le) entered before it; a row is corrected once. `champs`: the plain
    form of what it says, empty for a withdrawal. `condensat`: digest of all that it says, its territoires included.
    """

    genre = models.CharField(max_length=20)
    objet = models.CharField(max_length=600)
    le = models.DateField()
    precedent = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="suivant"
    )
    retrait = models.BooleanField()
    validation = models.CharField(max_length=10)
    champs = models.JSONField(default=dict)
    condensat = models.BinaryField(max_length=CONDENSAT)

    class Meta(Ajout.Meta):
        indexes = (models.Index(fields=("genre", "objet", "le"), name="enregistrement_identite"),)
        constraints = (
            *Ajout.Meta.constraints,
            models.UniqueConstraint(
                fields=("genre", "objet", "le"),
                condition=Q(precedent__isnull=True),
                name="enregistrement_premier",
            ),
        )

    def __str__(self) -> str:
        return f"{self.genre} {self.objet} {self.le}"


class Desserte(Immuable):
    """A territoire that a record stands in or serves. `part`: its share, None when nobody gave it."""

    enregistrement = models.ForeignKey(
        Enregistrement, on_delete=models.PROTECT, related_name="dessertes"
    )
    territoire = models.CharField(max_length=40)
    nature = models.CharField(max_length=10)
    part = decimal_field(null=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("enregistrement", "territoire"), name="desserte_unique"
            ),
        )
        indexes = (models.Index(fields=("territoire",), name="desserte_territoire"),)

    def __str__(self) -> str:
        return f"{self.nature} {self.territoire}"
