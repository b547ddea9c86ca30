"""How an account is entered: by a link handed to somebody, then by sessions that its holder can close."""

from __future__ import annotations

from django.conf import settings
from django.db import models

COMPTE = settings.AUTH_USER_MODEL


class Invitation(models.Model):
    """A link that lets the holder of an account choose a password. Of the link itself, only the digest is kept.

    `donnee_par` is empty when the command gave it.
    """

    compte = models.ForeignKey(COMPTE, on_delete=models.CASCADE, related_name="invitations")
    condensat = models.BinaryField(max_length=32, unique=True)
    cree_le = models.DateTimeField()
    expire_le = models.DateTimeField()
    utilisee_le = models.DateTimeField(null=True)
    revoquee_le = models.DateTimeField(null=True)
    donnee_par = models.ForeignKey(COMPTE, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class SessionOuverte(models.Model):
    """A session of an account, as its holder may recognise it. `appareil`: a browser and a system, in words."""

    compte = models.ForeignKey(COMPTE, on_delete=models.CASCADE, related_name="sessions")
    cle = models.CharField(max_length=40, unique=True)
    ouverte_le = models.DateTimeField()
    appareil = models.CharField(max_length=80)

    class Meta:
        ordering = ("-ouverte_le", "-pk")

    def __str__(self) -> str:
        return f"{self.appareil}, {self.ouverte_le:%d/%m/%Y}"
