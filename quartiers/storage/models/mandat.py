"""Who may see what: an account, a role, a territoire, from a day to a day."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Mandat(models.Model):
    """A role on a territoire and all it holds. No mandat, no territoire.

    It is never erased nor lengthened: it is ended (`retire_le`, and from then on it opens nothing), and another one is
    given. `donne_par` is empty when the command gave it.
    """

    class Role(models.TextChoices):
        """The lines of the table of rights (`core/table_des_droits.py`), by the name that a reader knows."""

        PREFET = "prefet", "Préfet"
        SOUS_PREFET_VILLE = "sous_prefet_ville", "Sous-préfet à la ville"
        DELEGUE = "delegue", "Délégué du préfet"
        PREFET_REGION = "prefet_region", "Préfet de région"
        TASK_FORCE = "task_force", "Task force nationale"
        RECTEUR = "recteur", "Recteur ou directeur académique"
        PROCUREUR = "procureur", "Procureur de la République"
        POLICE = "police", "Police nationale"
        GENDARMERIE = "gendarmerie", "Gendarmerie nationale"
        SERVICE_ETAT = "service_etat", "Service de l’État"
        COMMUNE = "commune", "Commune"
        EPCI = "epci", "Intercommunalité"
        CONSEIL_DEPARTEMENTAL = "conseil_departemental", "Conseil départemental"
        CONSEIL_REGIONAL = "conseil_regional", "Conseil régional"
        OPERATEUR = "operateur", "Opérateur (CAF, bailleur, mission locale, CFA)"
        ASSOCIATION = "association", "Association"
        CONSEIL_CITOYEN = "conseil_citoyen", "Conseil citoyen"
        ADMINISTRATEUR = "administrateur", "Administrateur"

    compte = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mandats"
    )
    role = models.CharField(max_length=30, choices=Role.choices)
    territoire = models.CharField(max_length=40, blank=True)
    organisme = models.CharField(max_length=200, blank=True)
    acte = models.CharField(max_length=300, blank=True)
    """What names: an order, a letter, a decision, with its date."""
    du = models.DateField(null=True)
    au = models.DateField(null=True)
    donne_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    donne_le = models.DateTimeField(null=True)
    retire_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    retire_le = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.role} {self.territoire}"

    @property
    def codes(self) -> tuple[str, ...]:
        """Its territoire, or none: what rights are asked about."""
        return (self.territoire,) if self.territoire else ()


class Delegation(models.Model):
    """The mandat of one account, that another one acts with from a day to a day, to validate only."""

    mandat = models.ForeignKey(Mandat, on_delete=models.CASCADE, related_name="delegations")
    a = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="delegations_recues"
    )
    du = models.DateField()
    au = models.DateField()
    donnee_le = models.DateTimeField()
    revoquee_le = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"délégation {self.pk}"


class Transmission(models.Model):
    """What an account holds, handed to another one from a day on; it may be undone until that day.

    `appliquee_le`: when what has no days of its own changed hands.
    """

    de = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    a = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    le = models.DateField()
    acte = models.CharField(max_length=300)
    faite_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    faite_le = models.DateTimeField()
    annulee_le = models.DateTimeField(null=True)
    appliquee_le = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"transmission {self.pk}"


class MandatTransmis(models.Model):
    """A mandat that a transmission ends the day before, and the one that continues it. `fin`: the end it had."""

    transmission = models.ForeignKey(Transmission, on_delete=models.CASCADE, related_name="mandats")
    ancien = models.ForeignKey(Mandat, on_delete=models.CASCADE, related_name="+")
    nouveau = models.ForeignKey(Mandat, on_delete=models.CASCADE, related_name="+")
    fin = models.DateField(null=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.ancien_id} à {self.nouveau_id}"
