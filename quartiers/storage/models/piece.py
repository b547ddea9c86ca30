"""What facts are proved by: files, kept once under their hash, and what each of them proves."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from quartiers.storage.models.base import Ajout, Immuable
from quartiers.storage.models.contestation import Contestation
from quartiers.storage.models.declaration import Releve
from quartiers.storage.models.enregistrement import Enregistrement


class FichierDePiece(Immuable):
    """Bytes, once whatever the number of facts they prove. `empreinte`: their SHA-256, in hexadecimal."""

    empreinte = models.CharField(max_length=64, primary_key=True)
    type = models.CharField(max_length=100)
    taille = models.PositiveIntegerField(db_index=True)
    octets = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.empreinte} ({self.type})"


class Piece(Ajout):
    """A proof of one fact: a file, or the word of who saw the thing. `nom`: the name given to the file, cleaned.

    `contestation`: what it supports is a contest, and no fact yet.
    """

    class Nature(models.TextChoices):
        """What it is, in one word of the page."""

        PHOTO = "photo", "photo"
        DOCUMENT = "document", "document"
        CONSTAT = "constat", "vu sur place"

    releve = models.ForeignKey(Releve, on_delete=models.PROTECT, null=True, related_name="pieces")
    enregistrement = models.ForeignKey(
        Enregistrement, on_delete=models.PROTECT, null=True, related_name="pieces"
    )
    contestation = models.ForeignKey(
        Contestation, on_delete=models.PROTECT, null=True, related_name="pieces"
    )
    nature = models.CharField(max_length=10, choices=Nature.choices)
    nom = models.CharField(max_length=120, blank=True)
    type = models.CharField(max_length=100, blank=True)
    taille = models.PositiveIntegerField(null=True)
    fichier = models.ForeignKey(
        FichierDePiece, on_delete=models.PROTECT, null=True, related_name="pieces"
    )

    class Meta(Ajout.Meta):
        constraints = (
            *Ajout.Meta.constraints,
            models.CheckConstraint(
                condition=Q(
                    releve__isnull=True, enregistrement__isnull=False, contestation__isnull=True
                )
                | Q(releve__isnull=False, enregistrement__isnull=True, contestation__isnull=True)
                | Q(releve__isnull=True, enregistrement__isnull=True, contestation__isnull=False),
                name="piece_d_un_fait",
            ),
            models.CheckConstraint(
                condition=(
                    Q(nature="constat", fichier__isnull=True, taille__isnull=True, nom="", type="")
                    | Q(
                        nature__in=("photo", "document"),
                        fichier__isnull=False,
                        taille__isnull=False,
                    )
                ),
                name="piece_avec_fichier",
            ),
        )

    def __str__(self) -> str:
        return self.nom or self.get_nature_display()
