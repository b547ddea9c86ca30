"""The one door to a territoire: what an account was given, and what it may open from there.

Closed by default: no account, no mandat, no date that holds, no territoire. What is denied looks missing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import FilteredRelation, Q

from quartiers.core.droits import (
    PARTENAIRES,
    VALIDE,
    Droits,
    MandatConfie,
    Sujet,
    Verbe,
    build_droits,
    has_verbe,
)
from quartiers.core.territoire import NATION, Territoire, Territoires
from quartiers.storage.models import Mandat

Acteur = AbstractBaseUser | AnonymousUser


class TerritoireIntrouvable(LookupError):  # noqa: N818 -- named in French like every noun of the product
    """Missing or denied: the two cannot be told apart."""


def list_mandats(acteur: Acteur, le: date) -> tuple[MandatConfie, ...]:
    """The mandats that an account acts with on a day, those of others that it was delegated included (one query).

    A delegation falls with the mandat or the account that gave it, and with the last mandat of who received it.
    """
    if not acteur.is_authenticated or not acteur.is_active or acteur.pk is None:
        return ()
    vivante = Q(delegations__a=acteur.pk, delegations__revoquee_le=None)
    vivante &= Q(delegations__du__lte=le, delegations__au__gte=le)
    gardes = (
        Mandat.objects.filter(retire_le=None)
        .annotate(recue=FilteredRelation("delegations", condition=vivante))
        .filter(Q(compte_id=acteur.pk) | Q(recue__isnull=False, compte__is_active=True))
        .order_by("territoire", "pk")
    )
    dits = gardes.values_list("role", "territoire", "organisme", "du", "au", "compte_id")
    confies = [
        MandatConfie(role, ou, organisme, du, au, None if compte == acteur.pk else compte)
        for role, ou, organisme, du, au, compte in dits
    ]
    tenus = tuple(mandat for mandat in confies if mandat.is_en_vigueur(le))
    return tenus if any(mandat.delegue_par is None for mandat in tenus) else ()


def open_droits(
    acteur: Acteur, mandats: Collection[MandatConfie], le: date, territoires: Territoires
) -> Droits:
    """What an account may do on a day, on territoires as they are known today (ADR 0012): once per request."""
    return build_droits(acteur.pk, mandats, le, lambda code: list_tenants(territoires, code))


def list_tenants(territoires: Territoires, code: str) -> frozenset[str]:
    """The territoire and all that holds it, the nation always; nothing for a code that is unknown."""
    if code not in territoires:
        return frozenset()
    return territoires.get_ancetres(code) | {code, NATION}


def build_sujet(*codes: str) -> Sujet:
    """The tableau of territoires, as pages and files show it.

    It is made anew at each look: nobody published it, so it is for those who act there and not for everybody (ADR 0013).
    """
    return Sujet("tableau", codes, validation=VALIDE, visibilite=PARTENAIRES)


def can_see(droits: Droits, code: str) -> bool:
    """The account may look at the tableau of this territoire."""
    return droits.can(Verbe.LIRE, build_sujet(code))


def keep_mandat(droits: Droits, mandat: MandatConfie) -> Droits:
    """What one mandat alone gives: what is written by it bears its organisme, and no other's."""
    return replace(droits, mandats=(mandat,))


def find_mandat(droits: Droits, genre: str, codes: tuple[str, ...]) -> MandatConfie | None:
    """The mandat by which an account may record such a thing on all these territoires; None when it may not.

    What is recorded bears the organisme of the mandat, and is for those who act there.
    """
    return next((m for m in droits.mandats if can_write(droits, m, genre, codes)), None)


def find_mandat_de_juge(droits: Droits) -> MandatConfie | None:
    """The first mandat that judges something; None when the account judges nothing."""
    return next((m for m in droits.mandats if has_verbe([m], Verbe.VALIDER)), None)


def can_write(
    droits: Droits,
    mandat: MandatConfie,
    genre: str,
    codes: Iterable[str],
    organisme: str | None = None,
) -> bool:
    """One mandat gives all these territoires, for such a thing; an unknown one is given by nobody.

    `organisme`: that which recorded the thing, its own for a new one.
    """
    sien = mandat.organisme if organisme is None else organisme
    sujet = Sujet(genre, tuple(codes), sien, visibilite=PARTENAIRES)
    return keep_mandat(droits, mandat).can(Verbe.ECRIRE, sujet)


def list_confies(droits: Droits) -> list[str]:
    """Codes of the territoires given to an account, from which it may look."""
    return sorted(droits.list_confies(Verbe.LIRE, build_sujet()))


def list_territoires(droits: Droits, territoires: Territoires) -> list[Territoire]:
    """Every territoire whose tableau the account may open, by code."""
    confies = list_confies(droits)
    if NATION in confies:
        return [territoires[code] for code in sorted(territoires)]
    vus: set[str] = set()
    pile = [code for code in confies if code in territoires]
    while pile:
        code = pile.pop()
        if code not in vus:
            vus.add(code)
            pile += territoires.list_enfants(code)
    return [territoires[code] for code in sorted(vus)]


def get_territoire(droits: Droits, territoires: Territoires, code: str) -> Territoire:
    """The territoire asked for, when the account may open it.

    Raises TerritoireIntrouvable when it is missing or denied.
    """
    if not can_see(droits, code):
        raise TerritoireIntrouvable(code)
    return territoires[code]
