"""The journal of acts: one line for each, in the transaction of what it tells; its chain, recomputed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType

from django.db import connection, transaction

from quartiers.storage.models import Acte, Tete
from quartiers.storage.models.acte import OBJET_MAX
from quartiers.storage.models.base import LOT
from quartiers.usecases.ecrire import VERROU_DES_ACTES, hold_numeros
from quartiers.usecases.enchainer import ORIGINE, find_coupure, list_fautes, take_place

Detail = Mapping[str, int | str | list[str]]


def write_acte(
    verbe: Acte.Verbe,
    *,
    le: datetime,
    compte: int | None = None,
    vise: int | None = None,
    objet: str = "",
    detail: Detail = MappingProxyType({}),
) -> int:
    """The number of the line. Last in its transaction: nobody else writes an act until the commit.

    No name, no word that somebody typed, no link: numbers of accounts, names of routes, codes, counts.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("un acte s’écrit dans la transaction de ce qu’il dit")
    acte = Acte(
        le=le, verbe=verbe, compte=compte, vise=vise, objet=objet[:OBJET_MAX], detail=dict(detail)
    )
    hold_numeros(VERROU_DES_ACTES)
    take_place(acte, Tete.Chaine.ACTES)
    return acte.numero


def write_acte_seul(
    verbe: Acte.Verbe,
    *,
    le: datetime,
    compte: int | None,
    objet: str,
    detail: Detail = MappingProxyType({}),
) -> int:
    """A line that tells of nothing written elsewhere: a refusal, a file that leaves. It stays whatever follows."""
    with transaction.atomic(durable=True):
        return write_acte(verbe, le=le, compte=compte, objet=objet, detail=detail)


def find_ruptures_d_actes() -> Iterator[str]:
    """The first act that is not what it was when it was written; nothing after it can be believed."""
    precedent, numero = ORIGINE, 0
    for acte in Acte.objects.order_by("numero").values().iterator(chunk_size=LOT):
        if fautes := list_fautes(acte, precedent, numero):
            yield f"acte {acte['numero']} : {', '.join(fautes)}"
            return
        precedent, numero = acte["condensat"], acte["numero"]
    yield from find_coupure(Tete.Chaine.ACTES, "acte", numero, precedent)
