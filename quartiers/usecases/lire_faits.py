"""Which of the records behind a figure its reader may read: the table of rights, asked record by record."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import cache

from quartiers.core.constat import FaitRetenu
from quartiers.core.droits import PARTENAIRES, Droits, Verbe
from quartiers.core.faits_tus import IsTu
from quartiers.core.secret import CERCLE, IsSien
from quartiers.reports.presentation.pieces import get_entree, is_declare
from quartiers.storage.models import Ecriture
from quartiers.storage.models.base import BITS_DU_RANG
from quartiers.usecases.charger_pieces import build_sujet
from quartiers.usecases.interroger import split


def build_is_tu(droits: Droits, code: str, faits: Iterable[FaitRetenu]) -> IsTu:
    """What the reader of the tableau of a territoire may not read of these faits.

    A record of what holds that territoire is about it too. The organismes are asked of the base, in one go, only when
    something is not read without them: for who reads what its own organisme recorded and no more.
    """
    tenants = droits.list_tenants(code)
    fermes = [f for f in faits if not can_read(droits, f, "", tenants, code)]
    organismes: dict[int, str] = {}
    if any(mandat.organisme for mandat in droits.mandats):
        organismes = load_organismes({get_entree(f) >> BITS_DU_RANG for f in fermes})
    tus = {
        get_entree(f)
        for f in fermes
        if not can_read(droits, f, organismes.get(get_entree(f) >> BITS_DU_RANG, ""), tenants, code)
    }
    return lambda fait: is_declare(fait) and get_entree(fait) in tus


def is_du_cercle(droits: Droits) -> bool:
    """The reader is of the State: no count is too small for it."""
    return any(mandat.role in CERCLE for mandat in droits.mandats)


def build_is_sien(droits: Droits) -> IsSien:
    """Whether a row was entered by an organisme of the reader; asked of the base the first time something is hidden."""
    organismes = {m.organisme for m in droits.mandats if m.organisme}

    @cache
    def load_siennes() -> frozenset[int]:
        siennes = Ecriture.objects.filter(organisme__in=organismes).order_by()
        return frozenset(siennes.values_list("numero", flat=True)) if organismes else frozenset()

    return lambda entree: entree >> BITS_DU_RANG in load_siennes()


def can_read(
    droits: Droits, fait: FaitRetenu, organisme: str, tenants: Collection[str], code: str
) -> bool:
    """An official list is everybody's; a record is read as the table says."""
    if not is_declare(fait):
        return True
    sujet = build_sujet(fait, organisme)
    if sujet is None:
        return False
    territoires = sujet.territoires
    if not set(tenants).isdisjoint(territoires):
        territoires = (*territoires, code)
    return droits.can(Verbe.LIRE, replace(sujet, visibilite=PARTENAIRES, territoires=territoires))


def load_organismes(numeros: Collection[int]) -> dict[int, str]:
    """In whose name each write was made."""
    lus: dict[int, str] = {}
    for lot in split(sorted(numeros)):
        ecritures = Ecriture.objects.filter(numero__in=lot).order_by()
        lus |= dict(ecritures.values_list("numero", "organisme"))
    return lus
