"""A figure contested, and what followed: asked for a document, completed, decided."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from quartiers.storage.models.base import Ajout, decimal_field
from quartiers.storage.models.declaration import Releve

FRACTION_MAX = 60
"""« 34/41 » : a value exactly as it was, whatever its unit."""


class Contestation(Ajout):
    """What was shown when somebody contested it, why, how he knows, and what he would say instead, if he knows it.

    `valeur_affichee`: the exact value, empty when nothing was known; `faits`: the ranks of the rows behind it. `source`:
    in whose name it is contested. The value proposed is written as a relevé is; without one, `jour` is empty.
    """

    indicateur = models.CharField(max_length=60)
    territoire = models.CharField(max_length=40)
    valeur_affichee = models.CharField(max_length=FRACTION_MAX, blank=True)
    jour_affiche = models.DateField(null=True)
    statut_affiche = models.CharField(max_length=30)
    source_affichee = models.CharField(max_length=300, blank=True)
    faits = models.JSONField(default=list)
    motif = models.CharField(max_length=20)
    dit = models.CharField(max_length=600)
    source = models.CharField(max_length=200)
    valeur = decimal_field(null=True)
    numerateur = decimal_field(null=True)
    denominateur = decimal_field(null=True)
    jalon = models.PositiveSmallIntegerField(null=True)
    jour = models.DateField(null=True)

    class Meta(Ajout.Meta):
        indexes = (models.Index(fields=("territoire", "indicateur"), name="contestation_cellule"),)

    def __str__(self) -> str:
        return f"{self.indicateur} {self.territoire} : {self.motif}"


class EtapeDeContestation(Ajout):
    """Something that followed a contest, after what followed before: two persons cannot both decide.

    `suite`: a word of `core.contestation.SuiteDeContestation`. `releve`: the value that a decision wrote. What was
    shown just before a decision and just after it stays with it; empty when nothing was decided.
    """

    contestation = models.ForeignKey(Contestation, on_delete=models.PROTECT, related_name="etapes")
    precedent = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="suivant"
    )
    suite = models.CharField(max_length=12)
    texte = models.CharField(max_length=600)
    source = models.CharField(max_length=200)
    releve = models.ForeignKey(
        Releve, on_delete=models.PROTECT, null=True, related_name="contestations"
    )
    valeur_avant = models.CharField(max_length=FRACTION_MAX, blank=True)
    statut_avant = models.CharField(max_length=30, blank=True)
    valeur_apres = models.CharField(max_length=FRACTION_MAX, blank=True)
    statut_apres = models.CharField(max_length=30, blank=True)

    class Meta(Ajout.Meta):
        constraints = (
            *Ajout.Meta.constraints,
            models.UniqueConstraint(
                fields=("contestation",),
                condition=Q(precedent__isnull=True),
                name="contestation_premiere",
            ),
        )

    def __str__(self) -> str:
        return f"{self.suite} {self.contestation_id}"
