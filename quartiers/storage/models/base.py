"""What all recorded facts share: they are added, never changed, never erased."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models

CHIFFRES = 15
DECIMALES = 6


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
    """A recorded fact. `connu_le`: the day it was learnt; `ordre`: its rank among all that was ever learnt.

    `ligne`: physical line of its file.
    """

    importation = models.ForeignKey(
        "storage.Importation", on_delete=models.PROTECT, related_name="+"
    )
    ordre = models.BigIntegerField(unique=True)
    connu_le = models.DateField(db_index=True)
    ligne = models.PositiveIntegerField()

    class Meta:
        abstract = True


def decimal_field(**options: Any) -> models.DecimalField[Any, Any]:
    """An exact number below 10⁹ with six decimals."""
    return models.DecimalField(max_digits=CHIFFRES, decimal_places=DECIMALES, **options)
