"""The one door to a territoire: which roots an account holds, and what it may open from them.

Closed by default: no account, no mandat, no date that holds, no territoire. What is denied looks missing.
"""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q
from django.utils import timezone

from quartiers.core.territoire import Territoire, Territoires
from quartiers.storage.models import Mandat

NATION = "FR"
SANS_CONTENU = frozenset({Mandat.Role.ADMINISTRATEUR})


class TerritoireIntrouvable(LookupError):  # noqa: N818 -- named in French like every noun of the product
    """Missing or denied: the two cannot be told apart."""


def list_racines(acteur: AbstractBaseUser | AnonymousUser, le: date | None = None) -> list[str]:
    """Codes of the territoires given to an account, in force on a day (today in Paris by default)."""
    if not acteur.is_authenticated or not acteur.is_active or acteur.pk is None:
        return []
    jour = le or timezone.localdate()
    mandats = Mandat.objects.filter(
        Q(du__isnull=True) | Q(du__lte=jour),
        Q(au__isnull=True) | Q(au__gte=jour),
        compte_id=acteur.pk,
    )
    codes = mandats.exclude(role__in=SANS_CONTENU).exclude(territoire="").order_by("territoire")
    return list(codes.values_list("territoire", flat=True).distinct())


def can_see(racines: list[str], territoires: Territoires, code: str) -> bool:
    """The account was given this territoire, or something that holds it."""
    if code not in territoires:
        return False
    return (
        NATION in racines
        or not territoires.get_ancetres(code).isdisjoint(racines)
        or code in racines
    )


def get_territoire(
    acteur: AbstractBaseUser | AnonymousUser, territoires: Territoires, code: str
) -> Territoire:
    """The territoire asked for. Raises TerritoireIntrouvable when it is missing or denied."""
    if not can_see(list_racines(acteur), territoires, code):
        raise TerritoireIntrouvable(code)
    return territoires[code]
