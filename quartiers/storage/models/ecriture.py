"""The journal of writes: who, by which channel, when, from which file; each row holds the digest of the one before."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from quartiers.storage.models.base import Immuable


class Ecriture(Immuable):
    """One write, whole. `connu_le` is the day of knowledge; `saisi_le` the true moment of entry.

    `id` is chosen before anything is written, for the rows to bear; `numero` is given last, under the lock: the
    order in which writes become visible. `pour`: the account in whose name `compte` typed it, if any. `archive`: what it holds was said to be known earlier than it was entered.
    `millesime`: the date an official source speaks of. `fichier` and `empreinte` are empty for a form.
    `ajoutees`: rows written; `nouvelles`, `corrigees`, `retirees`, `inchangees` and `ecartees`: what became of each
    record read. `rapport`: what was repaired, set aside and noticed. `condensat`: SHA-256 of all that, of the rows,
    and of `precedent`, the condensat of the write before; `rangees`: SHA-256 of the rows alone.
    """

    class Canal(models.TextChoices):
        """Where it came from."""

        FORMULAIRE = "formulaire", "Formulaire"
        IMPORT = "import", "Fichier"
        SOURCE = "source", "Source officielle"
        COMMANDE = "commande", "Commande"
        REPRISE = "reprise", "Reprise"

    id = models.BigIntegerField(primary_key=True)
    numero = models.BigIntegerField(unique=True)
    canal = models.CharField(max_length=20, choices=Canal.choices)
    compte = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    pour = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    organisme = models.CharField(max_length=200, blank=True)
    genre = models.CharField(max_length=40, db_index=True)
    fichier = models.CharField(max_length=255, blank=True)
    empreinte = models.CharField(max_length=64, blank=True, db_index=True)
    millesime = models.DateField(null=True)
    connu_le = models.DateField()
    saisi_le = models.DateTimeField()
    archive = models.BooleanField()
    lues = models.PositiveIntegerField()
    ecartees = models.PositiveIntegerField()
    ajoutees = models.PositiveIntegerField()
    nouvelles = models.PositiveIntegerField(default=0)
    corrigees = models.PositiveIntegerField(default=0)
    retirees = models.PositiveIntegerField(default=0)
    inchangees = models.PositiveIntegerField(default=0)
    rapport = models.JSONField(default=dict)
    rangees = models.CharField(max_length=64)
    precedent = models.CharField(max_length=64, blank=True)
    condensat = models.CharField(max_length=64)

    class Meta:
        ordering = ("numero",)

    def __str__(self) -> str:
        return f"{self.numero}, {self.genre} : {self.fichier or self.canal}"
