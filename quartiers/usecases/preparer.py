"""The one path of every write: read outside the transaction, compared, written, and its place taken last.

All or nothing. What was read is read again when somebody wrote of the same things meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.db import IntegrityError, transaction

from quartiers.core.anomalie import Anomalie, DonneesRefusees, Rapport
from quartiers.storage.models import Ecriture
from quartiers.usecases.ecrire import (
    Bilan,
    EcritureOuverte,
    Envoi,
    hold_numeros,
    open_transaction,
)

ESSAIS = 5
TROP_DISPUTE = (
    "d’autres écritures ont changé les mêmes lignes plusieurs fois de suite : recommencer"
)
Porte: TypeAlias = Any
"""A module of `usecases/imports`, or the door of a kind of records: `GENRE`, `read`, `write`, and maybe `has_change`."""


class Devance(Exception):  # noqa: N818 -- named in French like every noun of the product
    """Somebody wrote of the same things between the reading and the place taken in the chain."""


@dataclass(frozen=True, slots=True)
class Recu:
    """What was done of a write. `numero`: its place, None when nothing was added or when nothing was to be kept.

    `deja`: this very file had already been taken in, and nothing was read of it.
    """

    numero: int | None = None
    ajoutees: int = 0
    bilan: Bilan = field(default_factory=Bilan)
    rapports: tuple[Rapport, ...] = ()
    deja: bool = False


@dataclass(slots=True)
class Preparation:
    """What is asked, read and checked before the write, then again when what it depends on has changed meanwhile.

    `read`: reads and checks, whenever it is called. `depuis`: the number of the last write when it was.
    """

    porte: Porte
    envoi: Envoi
    read: Callable[[], Any]
    depuis: int = 0
    lu: Any = None

    @property
    def is_seule(self) -> bool:
        """Nobody else may write while this door does: it compares its lines with all that the base holds."""
        return not hasattr(self.porte, "has_change")

    def read_dehors(self) -> None:
        """Read without holding anyone back; a refusal of a base that stood still is the refusal."""
        self.depuis = get_dernier()
        try:
            self.lu = self.read()
        except DonneesRefusees:
            if get_dernier() == self.depuis:
                raise

    def get_lu(self) -> Any:  # noqa: ANN401 -- each door knows its own
        """What was read, true of the base as it is in this transaction."""
        if self.lu is None or self.has_change():
            self.depuis = get_dernier()
            self.lu = self.read()
        return self.lu

    def has_change(self) -> bool:
        """Something that was read has changed since."""
        if get_dernier() == self.depuis:
            return False
        return self.is_seule or self.porte.has_change(self.lu, self.depuis)


def write_preparation(preparation: Preparation, *, a_blanc: bool = False) -> Recu:
    """Write what was read, in as many tries as others make needed."""
    derniere: Exception | None = None
    for _ in range(ESSAIS):
        try:
            with open_transaction(is_seule=preparation.is_seule):
                return _write(preparation, a_blanc=a_blanc)
        except (Devance, IntegrityError) as erreur:
            preparation.lu = None
            derniere = erreur
    refus = Anomalie(preparation.envoi.fichier, None, None, TROP_DISPUTE)
    raise DonneesRefusees([refus]) from derniere


def _write(preparation: Preparation, *, a_blanc: bool) -> Recu:
    """Inside the transaction. Raises Devance when what was read is no more what the base holds."""
    porte, envoi = preparation.porte, preparation.envoi
    if is_deja_pris(porte, envoi):
        return Recu(deja=True)
    ecriture = EcritureOuverte(envoi)
    bilan: Bilan = porte.write(preparation.get_lu(), ecriture)
    hold_numeros()
    if preparation.has_change():
        raise Devance
    ecriture.close(bilan)
    if a_blanc:
        transaction.set_rollback(True)
    numero = None if a_blanc else ecriture.numero
    return Recu(numero, ecriture.ajoutees, bilan, tuple(ecriture.rapports))


def get_dernier() -> int:
    """The number of the last write: every write that adds has one."""
    return Ecriture.objects.order_by("-numero").values_list("numero", flat=True).first() or 0


def is_deja_pris(porte: Porte, envoi: Envoi) -> bool:
    """The same bytes were the last thing learnt by that day, as the same kind and millésime.

    Only the last: after another file, the same bytes may say again what was corrected meanwhile, and each
    line is then compared. Territoires (`CADRE`) always are, and a form has no file.
    """
    if getattr(porte, "CADRE", False) or not envoi.empreinte:
        return False
    sues = Ecriture.objects.filter(
        genre=envoi.genre, millesime=envoi.millesime, connu_le__lte=envoi.connu_le
    )
    derniere = sues.order_by("connu_le", "numero").values_list("empreinte", flat=True).last()
    return derniere == envoi.empreinte
