"""Declared values of indicateurs."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from quartiers.core.condensat import CONDENSAT
from quartiers.storage.models.base import Ajout, decimal_field


class Releve(Ajout):
    """One dated value, or the retraction of one (no value at all).

    `identite`: digest of what makes two rows versions of one line (L-02, L-03); `precedent`: the row of the same
    identity entered before it, whatever the days they were known: a row is corrected once, two writers who look at
    the same one cannot both correct it. `producteur`, `cle_pliee`: digests of the source and of the key as they compare.
    """

    identite = models.BinaryField(max_length=CONDENSAT)
    precedent = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="suivant"
    )
    producteur = models.BinaryField(max_length=CONDENSAT)
    cle_pliee = models.BinaryField(max_length=CONDENSAT, null=True)
    indicateur = models.CharField(max_length=60)
    territoire = models.CharField(max_length=40)
    date = models.DateField()
    valeur = decimal_field(null=True)
    numerateur = decimal_field(null=True)
    denominateur = decimal_field(null=True)
    jalon = models.PositiveSmallIntegerField(null=True)
    source = models.CharField(max_length=200, blank=True)
    declarant = models.CharField(max_length=200, blank=True)
    commentaire = models.CharField(max_length=2000, blank=True)
    cle = models.CharField(max_length=200, blank=True)

    class Meta(Ajout.Meta):
        indexes = (
            models.Index(fields=("indicateur", "territoire", "date"), name="releve_cellule"),
            models.Index(fields=("identite",), name="releve_identite"),
            models.Index(fields=("producteur", "territoire"), name="releve_producteur"),
            models.Index(
                fields=("cle_pliee",), name="releve_cle", condition=Q(cle_pliee__isnull=False)
            ),
        )
        constraints = (
            *Ajout.Meta.constraints,
            models.UniqueConstraint(
                fields=("identite",), condition=Q(precedent__isnull=True), name="releve_premiere"
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicateur} {self.territoire} {self.date}"
