"""A constat of the plain computation, written into the columns."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from quartiers.core.colonnes.constats import SANS_STATUT, ConstatsEnColonnes
from quartiers.core.colonnes.etats import SANS_LIGNE
from quartiers.core.colonnes.jour import JAMAIS, SANS_JOUR, to_jour
from quartiers.core.colonnes.jugement import BITS, CODES
from quartiers.core.colonnes.nombre import MICRO, SANS_DENOMINATEUR, SANS_VALEUR
from quartiers.core.colonnes.seuils import LIGNE_DU_REFERENTIEL, LIGNE_ILLISIBLE, SANS_CIBLE
from quartiers.core.constat import CibleResolue, Constat

_BORNE = 2**62


def write_constat(constats: ConstatsEnColonnes, cellule: int, constat: Constat) -> None:
    """Every column of one cell. Provenance is left empty: the plain constat holds the faits themselves."""
    constats.statut[cellule] = CODES[constat.statut]
    dernier = constat.dernier_statut
    constats.dernier_statut[cellule] = SANS_STATUT if dernier is None else CODES[dernier]
    constats.drapeaux[cellule] = sum(int(BITS[drapeau]) for drapeau in constat.drapeaux)
    constats.valeur[cellule], constats.denominateur[cellule] = _write_valeur(constat)
    constats.date[cellule] = to_jour(constat.date, SANS_JOUR)
    constats.perime_le[cellule] = to_jour(
        constat.perime_le, SANS_JOUR if constat.date is None else JAMAIS
    )
    constats.ratio[cellule] = np.nan if constat.ratio is None else float(constat.ratio)
    constats.perdu_le[cellule] = to_jour(constat.perdu_le, SANS_JOUR)
    seuil = constat.cible.valeur if constat.cible is not None else None
    constats.seuil[cellule] = SANS_VALEUR if seuil is None else _write_micro(seuil)
    constats.cible[cellule] = _write_cible(constat.cible)
    constats.ligne[cellule] = SANS_LIGNE


def _write_cible(cible: CibleResolue | None) -> int:
    """Enough to know that there is a target, and whether it has a base."""
    if cible is None:
        return SANS_CIBLE
    return LIGNE_DU_REFERENTIEL if cible.base is None else LIGNE_ILLISIBLE


def _write_valeur(constat: Constat) -> tuple[int, int]:
    """(numerator, denominator) of a share when both were given, so that sums of ratios stay exact."""
    haut, bas = constat.numerateur, constat.denominateur
    if haut is not None and bas is not None:
        return _write_micro(haut), _write_micro(bas)
    if constat.valeur is None:
        return SANS_VALEUR, SANS_DENOMINATEUR
    return _write_micro(constat.valeur), SANS_DENOMINATEUR


def _write_micro(valeur: Fraction) -> int:
    """Millionths; rounded and bounded where a value has more digits than any file may give."""
    return max(-_BORNE, min(_BORNE, round(valeur * MICRO)))
