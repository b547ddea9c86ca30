"""The journal of acts: who did or was refused what, and when; each line holds the digest of the one before."""

from __future__ import annotations

from django.db import models

from quartiers.storage.models.base import Immuable

OBJET_MAX = 160


class Acte(Immuable):
    """One line. No name nor word of anybody: accounts by their number, things by their code.

    `numero` is given last, under a lock held until the commit: the order is that of the numbers, never of the clock.
    `compte`: who acts, None for a command of the host or somebody unknown; `vise`: the account that is acted upon.
    `objet`: the name of a route or of a gesture, then codes. `detail`: codes and counts. `condensat`: SHA-256 of all
    that and of `precedent`, the condensat of the line before.
    """

    class Verbe(models.TextChoices):
        """What was done; a closed list."""

        REFUS = "refus", "Refus"
        CONNEXION = "connexion", "Connexion"
        DECONNEXION = "deconnexion", "Déconnexion"
        VALIDATION = "validation", "Validation"
        EXPORT = "export", "Export"
        LECTURE_DE_PIECE = "lecture_de_piece", "Lecture de pièce"
        DROITS = "droits", "Droits"
        INVITATION = "invitation", "Invitation"
        MOT_DE_PASSE = "mot_de_passe", "Mot de passe"
        SECOND_FACTEUR = "second_facteur", "Second facteur"
        FERMETURE = "fermeture", "Fermeture de compte"

    numero = models.BigIntegerField(primary_key=True)
    le = models.DateTimeField(db_index=True)
    verbe = models.CharField(max_length=20, choices=Verbe.choices)
    compte = models.BigIntegerField(null=True)
    vise = models.BigIntegerField(null=True)
    objet = models.CharField(max_length=OBJET_MAX, blank=True)
    detail = models.JSONField(default=dict)
    precedent = models.CharField(max_length=64, blank=True)
    condensat = models.CharField(max_length=64)

    class Meta:
        ordering = ("numero",)
        indexes = (
            models.Index(fields=("compte", "numero"), name="acte_compte"),
            models.Index(fields=("vise", "numero"), name="acte_vise"),
            models.Index(fields=("verbe", "numero"), name="acte_verbe"),
        )

    def __str__(self) -> str:
        return f"{self.numero}, {self.verbe} : {self.objet}"


class Tete(models.Model):
    """The last line of a chain, told apart from it: lines cut off at the end leave nothing in what remains.

    It moves on by one number at a time, and is never taken away (see the migrations).
    """

    class Chaine(models.TextChoices):
        """The two chains."""

        ACTES = "actes", "actes"
        ECRITURES = "ecritures", "écritures"

    chaine = models.CharField(max_length=10, choices=Chaine.choices, primary_key=True)
    numero = models.BigIntegerField()
    condensat = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.chaine} : n° {self.numero}, {self.condensat or 'vide'}"
