"""Two persons, counted by person and not by account: one may hold several accounts."""

from __future__ import annotations

from collections.abc import Iterable

from quartiers.storage.models import Titulaire


def list_personnes(comptes: Iterable[int]) -> dict[int, int]:
    """The person behind each of these accounts (one query); an account that nobody described is a person of its own."""
    voulus = frozenset(comptes)
    if not voulus:
        return {}
    dites = Titulaire.objects.filter(pk__in=voulus).values_list("pk", "personne")
    return {compte: compte for compte in voulus} | dict(dites)
