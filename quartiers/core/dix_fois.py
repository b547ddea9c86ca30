"""A value ten times the last one that the same source said, or a tenth of it: asked about once before it is kept."""

from __future__ import annotations

from fractions import Fraction

from quartiers.core.dire import say_nombre
from quartiers.core.fait import Releve
from quartiers.core.referentiel import Indicateur
from quartiers.core.vue import Vue

DIX = 10


def find_derniere(vue: Vue, indicateur: Indicateur, code: str, source: str) -> Releve | None:
    """The last value that this source said of the cell."""
    releves = vue.build_contexte(indicateur, code).cellule.releves
    miens = [r for r in releves if r.source == source and r.date <= vue.vu_le]
    return max(miens, key=lambda r: (r.date, r.connu_le, r.ordre), default=None)


def say_dix_fois(valeur: Fraction, derniere: Fraction | None) -> str:
    """« 70, au moins dix fois plus que 7 »; nothing when it is not."""
    if not derniere or valeur == 0 or abs(derniere) / DIX < abs(valeur) < abs(derniere) * DIX:
        return ""
    fois = "au moins dix fois plus" if valeur > derniere else "au moins dix fois moins"
    return f"{say_nombre(valeur)}, {fois} que {say_nombre(derniere)}"
