"""Files tried before they are applied: what each would do to the base, and what became of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from quartiers.storage.models.base import Ajout, Immuable
from quartiers.storage.models.piece import FichierDePiece

MOTIF_MAX = 280


class EssaiDImport(Immuable):
    """A file as an account sent it, and the fate of each of its lines on the base as it was.

    `genre`: the word of the kind, `nom` the name of the file. `colonnes`: what each name of its header is read as, in
    order; `entete`: SHA-256 of these names, by which the same header is known again. `depuis`: the number of the last
    write that it rests on. `contenu`: the trial itself, compressed; `condensat`: its digest, which who applies it sends
    back. `precedent`: the trial of the same file that this one takes the place of.
    """

    compte = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="essais"
    )
    organisme = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=200)
    genre = models.CharField(max_length=40)
    nom = models.CharField(max_length=255)
    fichier = models.ForeignKey(FichierDePiece, on_delete=models.PROTECT, related_name="essais")
    taille = models.PositiveIntegerField()
    colonnes = models.JSONField(default=list)
    entete = models.CharField(max_length=64, db_index=True)
    fait_le = models.DateTimeField(db_index=True)
    depuis = models.BigIntegerField()
    precedent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    condensat = models.CharField(max_length=64)
    comptes = models.JSONField(default=dict)
    contenu = models.BinaryField()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.pk}, {self.genre} : {self.nom}"


class SuiteDEssai(Ajout):
    """What was done of a trial, with the rows that it wrote: applied, then perhaps taken back, each once.

    `condensat`: that of the trial which was applied; `motif`: why it was taken back. `admis`: the risks taken.
    """

    class Nature(models.TextChoices):
        """The two."""

        APPLIQUE = "applique", "appliqué"
        RETIRE = "retire", "retiré"

    essai = models.ForeignKey(EssaiDImport, on_delete=models.PROTECT, related_name="suites")
    nature = models.CharField(max_length=10, choices=Nature.choices)
    condensat = models.CharField(max_length=64)
    admis = models.CharField(max_length=60, blank=True)
    motif = models.CharField(max_length=MOTIF_MAX, blank=True)

    class Meta(Ajout.Meta):
        constraints = (
            *Ajout.Meta.constraints,
            models.UniqueConstraint(fields=("essai", "nature"), name="suite_d_essai_unique"),
        )

    def __str__(self) -> str:
        return f"{self.essai_id} {self.nature}"
