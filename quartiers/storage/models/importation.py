"""The journal of imports: each file that entered, with its digest and what was repaired or set aside."""

from __future__ import annotations

from django.db import models

from quartiers.storage.models.base import Immuable


class Importation(Immuable):
    """One file taken in, whole. `connu_le` is the day of knowledge; `saisi_le` the true moment of entry.

    `archive`: the two differ, the file was said to be known earlier than it was entered. `millesime`: the
    date the file speaks of, for an official source. `ajoutees`: rows written; `nouvelles`, `corrigees`,
    `retirees`, `inchangees` and `ecartees`: what became of each record read. `rapport`: what was repaired, set
    aside and noticed.
    """

    id = models.BigIntegerField(primary_key=True)  # given under the lock: in the order of commits
    genre = models.CharField(max_length=40, db_index=True)
    fichier = models.CharField(max_length=255)
    empreinte = models.CharField(max_length=64, db_index=True)
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

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.genre} : {self.fichier}"
