"""Messages sent to accounts, and what each has told: nothing is told twice to the same one."""

from __future__ import annotations

from django.conf import settings
from django.db import models

COMPTE = settings.AUTH_USER_MODEL


class Message(models.Model):
    """One message, written here before it leaves. `motif`: what the mail server answered when it refused it.

    What was taken and never came back as sent or refused may have left: it is not sent again.
    """

    class Sorte(models.TextChoices):
        """What it is about, in the words of its list."""

        INVITATION = "invitation", "invitation"
        A_VALIDER = "a_valider", "à valider"
        EXAMEN = "examen", "déclarations examinées"
        CONTESTATION = "contestation", "contestation répondue"
        A_REDIRE = "a_redire", "bientôt à redire"

    class Etat(models.TextChoices):
        """Where it stands."""

        PRIS = "pris", "parti peut-être"
        PARTI = "parti", "parti"
        REFUSE = "refuse", "refusé"

    compte = models.ForeignKey(COMPTE, on_delete=models.CASCADE, related_name="messages_recus")
    sorte = models.CharField(max_length=20, choices=Sorte.choices)
    etat = models.CharField(max_length=10, choices=Etat.choices, default=Etat.PRIS)
    pris_le = models.DateTimeField()
    motif = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("compte", "sorte", "pris_le"), name="message_recu"),)

    def __str__(self) -> str:
        return f"{self.get_sorte_display()}, {self.pris_le:%d/%m/%Y}"


class Annonce(models.Model):
    """What a message told, by the name of the thing: two commands at once cannot both tell it."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="annonces")
    compte = models.ForeignKey(COMPTE, on_delete=models.CASCADE, related_name="+")
    sorte = models.CharField(max_length=20, choices=Message.Sorte.choices)
    nom = models.CharField(max_length=120)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("compte", "sorte", "nom"), name="annonce_une_fois"),
        )

    def __str__(self) -> str:
        return self.nom
