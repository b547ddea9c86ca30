"""What all recorded facts share: they are added, never changed, never erased."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.db import models
from django.db.models import BigIntegerField, ExpressionWrapper, F

CHIFFRES = 15
DECIMALES = 6
LOT = 2000
"""Rows written, or read, at once."""
BITS_DU_RANG = 24
"""Rows of one write, at most: its number and the rank of a row make one integer, the order of all that was learnt."""


class AjoutSeulement(Exception):  # noqa: N818 -- named in French like every noun of the product
    """A recorded fact cannot be changed nor erased: a correction is a further fact."""

    def __init__(self) -> None:
        super().__init__(
            "Un fait enregistré ne se change ni ne s'efface : corrigez-le par un fait de plus."
        )


def refuse(*_: object, **__: object) -> NoReturn:
    """What stands in the place of Django's own verbs that change or erase."""
    raise AjoutSeulement


class AjoutQuerySet(models.QuerySet[Any]):
    """Refuses in bulk what the instances refuse one by one."""

    update = refuse
    delete = refuse
    bulk_update = refuse
    update_or_create = refuse

    def bulk_create(self, objs: Any, *args: Any, **options: Any) -> list[Any]:  # noqa: ANN401 -- passed through
        """Insert only: a conflict is an error, never an update."""
        if options.get("update_conflicts"):
            raise AjoutSeulement
        return super().bulk_create(objs, *args, **options)

    def add_ordre(self) -> AjoutQuerySet:
        """With `connu_le`, the day each was learnt, and `ordre`, its rank among all that was ever learnt."""
        numero = F("ecriture__numero") * 2**BITS_DU_RANG + F("rang")
        rangees: AjoutQuerySet = self.annotate(
            connu_le=F("ecriture__connu_le"),
            ordre=ExpressionWrapper(numero, output_field=BigIntegerField()),
        )
        return rangees


class Immuable(models.Model):
    """A row that is inserted, and that is all. The base itself refuses the rest (see the migrations)."""

    objects = AjoutQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only."""
        if not self._state.adding:
            raise AjoutSeulement
        super().save(*args, **{**kwargs, "force_insert": True})

    delete = refuse


class Ajout(Immuable):
    """A recorded fact: the write that brought it, its rank there, the physical line of its file."""

    ecriture = models.ForeignKey(
        "storage.Ecriture", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    rang = models.PositiveIntegerField()
    ligne = models.PositiveIntegerField()

    class Meta:
        abstract = True
        ordering = ("ecriture", "rang")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(fields=("ecriture", "rang"), name="%(class)s_rang"),
        )


def decimal_field(**options: Any) -> models.DecimalField[Any, Any]:
    """An exact number below 10⁹ with six decimals."""
    return models.DecimalField(max_digits=CHIFFRES, decimal_places=DECIMALES, **options)
