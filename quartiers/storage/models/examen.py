"""What a second person says of a declaration: accepted, sent back, or put back in the queue."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from quartiers.storage.models.base import Ajout
from quartiers.storage.models.declaration import Releve
from quartiers.storage.models.enregistrement import Enregistrement


class Examen(Ajout):
    """One decision on one row, never on its corrections: they wait for their own.

    `resultat`: a word of `core.enregistrement.Validation`; « soumis » takes back the decision before. `motif`: a code
    of the closed list, `mot` what the examiner adds, both empty unless the row is sent back. `precedent`: the decision
    of the same row entered before it, so that two examiners cannot both decide.
    """

    releve = models.ForeignKey(Releve, on_delete=models.PROTECT, null=True, related_name="examens")
    enregistrement = models.ForeignKey(
        Enregistrement, on_delete=models.PROTECT, null=True, related_name="examens"
    )
    precedent = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="suivant"
    )
    resultat = models.CharField(max_length=10)
    motif = models.CharField(max_length=30, blank=True)
    mot = models.CharField(max_length=280, blank=True)

    class Meta(Ajout.Meta):
        constraints = (
            *Ajout.Meta.constraints,
            models.CheckConstraint(
                condition=Q(releve__isnull=True) ^ Q(enregistrement__isnull=True),
                name="examen_une_rangee",
            ),
            models.UniqueConstraint(
                fields=("releve",), condition=Q(precedent__isnull=True), name="examen_releve"
            ),
            models.UniqueConstraint(
                fields=("enregistrement",),
                condition=Q(precedent__isnull=True),
                name="examen_enregistrement",
            ),
        )

    def __str__(self) -> str:
        return f"{self.resultat} {self.releve_id or self.enregistrement_id}"
