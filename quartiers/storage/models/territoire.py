"""Territoires as the official files give them, and how they hold or overlap one another."""

from __future__ import annotations

from django.db import models


class Territoire(models.Model):
    """One territoire. `geometrie`: WKB in degrees (EPSG:4326), valid; `generation`: 2015 or 2024 for a QPV.

    `du`, `au`: first and last day of validity. `retire`: absent from the last file of its kind, and ended.
    `publies`: what holds it, as its own file says, in order: (code, share, read in a name, source).
    """

    code = models.CharField(max_length=40, primary_key=True)
    nom = models.CharField(max_length=255)
    genre = models.CharField(max_length=20, db_index=True)
    generation = models.PositiveSmallIntegerField(null=True)
    du = models.DateField(null=True)
    au = models.DateField(null=True)
    retire = models.BooleanField(default=False)
    geometrie = models.BinaryField(null=True)
    publies = models.JSONField(default=list)
    ecriture = models.ForeignKey("storage.Ecriture", on_delete=models.PROTECT, related_name="+")
    ligne = models.PositiveIntegerField()

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.nom} ({self.code})"


class Rattachement(models.Model):
    """A territoire held by another (`rang` orders the holders of one kind), or an overlap of areas.

    Worked out, not learnt: from the holders published, with the codes of today, and from the perimeters.
    `part`: share of `enfant`'s area inside `parent`; `part_du_parent`: the other way round; None = unknown.
    `deduit`: read in a name or in a public place, not measured.
    """

    enfant = models.CharField(max_length=40, db_index=True)
    parent = models.CharField(max_length=40, db_index=True)
    genre = models.CharField(max_length=20, choices=[("dans", "dans"), ("recouvre", "recouvre")])
    rang = models.PositiveSmallIntegerField(default=0)
    part = models.FloatField(null=True)
    part_du_parent = models.FloatField(null=True)
    deduit = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True)
    ecriture = models.ForeignKey("storage.Ecriture", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("enfant", "genre", "rang", "parent")
        constraints = (
            models.UniqueConstraint(
                fields=("enfant", "parent", "genre"), name="rattachement_unique"
            ),
        )

    def __str__(self) -> str:
        return f"{self.enfant} {self.genre} {self.parent}"


class CodeAncien(models.Model):
    """A commune code that is no commune any more (merged, delegated, arrondissement), and what a COG says it became.

    `present` may itself have ended since: the chain is followed when it is read (`Territoires.get_present`).
    """

    code = models.CharField(max_length=40, primary_key=True)
    present = models.CharField(max_length=40)
    nom = models.CharField(max_length=255, blank=True)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.code} → {self.present}"
