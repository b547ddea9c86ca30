"""What went before: since when the target is reached, or when it was lost (L-12 to L-14)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from quartiers.core.etat import Lecteur

Atteint = Callable[[Fraction | None], bool]
"""Whether a value reaches; None: nothing was said, or a share of nothing."""


def get_debut_de_serie(lecteur: Lecteur, vu_le: date, atteint: Atteint) -> date | None:
    """First day of the run of reached days that ends at `vu_le`, None when it is not reached now."""
    debut = None
    for palier in lecteur.list_paliers_passes(vu_le):
        if not atteint(palier.valeur):
            break
        debut = palier.jour
    return debut


def get_jour_de_perte(lecteur: Lecteur, vu_le: date, atteint: Atteint) -> date | None:
    """First day of the current run of days not reached, None when it never was reached before."""
    perdu_le = None
    for palier in lecteur.list_paliers_passes(vu_le):
        if atteint(palier.valeur):
            return perdu_le
        perdu_le = palier.jour
    return None
