"""What went before: since when the target is reached, or when it was lost (L-12 to L-14)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from quartiers.core.etat import Etat, Lecteur

Atteint = Callable[[Etat | None], bool]


def get_debut_de_serie(lecteur: Lecteur, vu_le: date, atteint: Atteint) -> date | None:
    """First day of the run of reached days that ends at `vu_le`, None when it is not reached now."""
    debut = None
    for jour in reversed(lecteur.list_jours(vu_le)):
        if not atteint(lecteur.get_etat(jour)):
            break
        debut = jour
    return debut


def get_jour_de_perte(lecteur: Lecteur, vu_le: date, atteint: Atteint) -> date | None:
    """First day of the current run of days not reached, None when it never was reached before."""
    perdu_le = None
    for jour in reversed(lecteur.list_jours(vu_le)):
        if atteint(lecteur.get_etat(jour)):
            return perdu_le
        perdu_le = jour
    return None
