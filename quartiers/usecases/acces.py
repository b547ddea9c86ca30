"""The one door to a territoire: which roots an account holds, and what it may open from them.

Closed by default: no account, no mandat, no date that holds, no territoire. What is denied looks missing.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q

from quartiers.core.territoire import Territoire, Territoires
from quartiers.storage.models import Mandat

NATION = "FR"
SANS_CONTENU = frozenset({Mandat.Role.ADMINISTRATEUR})
Acteur = AbstractBaseUser | AnonymousUser


class TerritoireIntrouvable(LookupError):  # noqa: N818 -- named in French like every noun of the product
    """Missing or denied: the two cannot be told apart."""


def list_racines(acteur: Acteur, le: date | None = None) -> list[str]:
    """Codes of the territoires given to an account, in force on a day.

    Without a day, only the mandats that have no dates hold: a door that forgets the clock opens less, not more.
    """
    if not acteur.is_authenticated or not acteur.is_active or acteur.pk is None:
        return []
    debut, fin = Q(du__isnull=True), Q(au__isnull=True)
    if le is not None:
        debut, fin = debut | Q(du__lte=le), fin | Q(au__gte=le)
    mandats = Mandat.objects.filter(debut, fin, compte_id=acteur.pk)
    codes = mandats.exclude(role__in=SANS_CONTENU).exclude(territoire="").order_by("territoire")
    return list(codes.values_list("territoire", flat=True).distinct())


def can_see(racines: Collection[str], territoires: Territoires, code: str) -> bool:
    """The account was given this territoire, or something that holds it."""
    if code not in territoires:
        return False
    return (
        NATION in racines
        or code in racines
        or not territoires.get_ancetres(code).isdisjoint(racines)
    )


def list_territoires(racines: Collection[str], territoires: Territoires) -> list[Territoire]:
    """Every territoire that an account which holds `racines` may open, by code."""
    if NATION in racines:
        return [territoires[code] for code in sorted(territoires)]
    vus: set[str] = set()
    pile = [code for code in racines if code in territoires]
    while pile:
        code = pile.pop()
        if code not in vus:
            vus.add(code)
            pile += territoires.list_enfants(code)
    return [territoires[code] for code in sorted(vus)]


def get_territoire(racines: Collection[str], territoires: Territoires, code: str) -> Territoire:
    """The territoire asked for by an account that holds `racines` (see `list_racines`).

    Raises TerritoireIntrouvable when it is missing or denied.
    """
    if not can_see(racines, territoires, code):
        raise TerritoireIntrouvable(code)
    return territoires[code]
