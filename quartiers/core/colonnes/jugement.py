"""Values against their targets, all at once: reached, over, late, on their way (L-16 to L-18)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quartiers.core.colonnes.cadre import AU_MOINS, AU_PLUS, EXACTEMENT
from quartiers.core.colonnes.jour import JAMAIS, SANS_JOUR
from quartiers.core.colonnes.nombre import (
    MICRO,
    POUR_CENT,
    SANS_DENOMINATEUR,
    SANS_VALEUR,
    Flottants,
    Jours,
    Masque,
    Micros,
    Octets,
    Places,
    compare_products,
    compare_valeurs,
)
from quartiers.core.statut import Drapeau, Statut

STATUTS = tuple(Statut)
DRAPEAUX = tuple(Drapeau)
CODES = {statut: np.int8(rang) for rang, statut in enumerate(STATUTS)}
BITS = {drapeau: np.uint16(1 << rang) for rang, drapeau in enumerate(DRAPEAUX)}
# Bounds under which v - base and seuil - base of a share, brought to its own denominator, fit in 64 bits.
_GRAND_DENOMINATEUR = 2**32
_GRAND_POURCENTAGE = 2**29
_GRAND_NUMERATEUR = 2**35


@dataclass(frozen=True, slots=True)
class Course:
    """What is to be judged: values with their dates, thresholds, deadlines, starts."""

    valeur: Micros
    denominateur: Micros
    le: Jours
    operateur: Octets
    seuil: Micros
    echeance: Jours
    base: Micros
    depart: Jours

    def take(self, places: Places) -> Course:
        """Some of them."""
        return Course(
            self.valeur[places],
            self.denominateur[places],
            self.le[places],
            self.operateur[places],
            self.seuil[places],
            self.echeance[places],
            self.base[places],
            self.depart[places],
        )

    def is_atteint(self) -> Masque:
        """The value satisfies the threshold, exactly."""
        return satisfies(
            self.operateur, compare_valeurs(self.valeur, self.denominateur, self.seuil)
        )


@dataclass(frozen=True, slots=True)
class Jugements:
    """One verdict per line. `trop_grand`: numbers that do not fit, to be judged plainly."""

    statut: Octets
    ratio: Flottants
    drapeaux: NDArray[np.uint16]
    trop_grand: Masque


def satisfies(operateur: Octets, signe: Octets) -> Masque:
    """Whether a value of that sign against the threshold satisfies the operator."""
    return np.where(
        operateur == AU_MOINS, signe >= 0, np.where(operateur == AU_PLUS, signe <= 0, signe == 0)
    ).astype(bool)


def judge(course: Course, vu: int) -> Jugements:
    """The statut of values that are NOT reached, seen on day `vu`, in the order of L-18."""
    nombre = len(course.valeur)
    statut = np.full(nombre, CODES[Statut.A_SURVEILLER], np.int8)
    ratio = np.full(nombre, np.nan)
    drapeaux = np.zeros(nombre, np.uint16)
    trop_grand = np.zeros(nombre, bool)
    base_connue = course.base != SANS_VALEUR
    base = np.where(base_connue, course.base, 0)
    base_atteinte = base_connue & satisfies(
        course.operateur, np.sign(base - course.seuil).astype(np.int8)
    )
    exact = course.operateur == EXACTEMENT
    nul = (course.valeur == 0) & (base == 0)

    echu = course.echeance < vu
    statut[echu] = CODES[Statut.ECHU_NON_ATTEINT]
    chemin = np.flatnonzero(echu & ~exact & ~base_atteinte)
    ratio[chemin], trop_grand[chemin] = _measure_chemins(course.take(chemin), base_connue[chemin])

    egal = ~echu & exact
    statut[egal & nul] = CODES[Statut.NON_ENGAGE]
    reste = ~echu & ~exact
    statut[reste & base_atteinte] = CODES[Statut.EN_RETARD]
    reste &= ~base_atteinte
    non_engage = reste & nul & (course.operateur == AU_MOINS)
    statut[non_engage] = CODES[Statut.NON_ENGAGE]
    suite = np.flatnonzero(reste & ~non_engage)
    if suite.size:
        jugements = _judge_trajectoires(course.take(suite), base_connue[suite])
        statut[suite] = jugements.statut
        ratio[suite] = jugements.ratio
        drapeaux[suite] = jugements.drapeaux
        trop_grand[suite] = jugements.trop_grand
    return Jugements(statut, ratio, drapeaux, trop_grand)


def _measure_chemins(course: Course, base_connue: Masque) -> tuple[Flottants, Masque]:
    """Share of the way from the base to the target; of the target itself when the base is unknown (L-17)."""
    fait, tout, trop_grand = _measure_ecarts(course)
    sans_base = ~base_connue & ((course.operateur != AU_MOINS) | (course.seuil == 0))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(sans_base, np.nan, fait / tout), trop_grand


def _measure_ecarts(course: Course) -> tuple[Micros, Micros, Masque]:
    """(value - base, threshold - base) over one denominator, positive in the direction of the target.

    An unknown base counts as 0.
    """
    base = np.where(course.base == SANS_VALEUR, 0, course.base)
    sens = np.where(course.operateur == AU_PLUS, -1, 1)
    fait, tout = sens * (course.valeur - base), sens * (course.seuil - base)
    trop_grand = np.zeros(len(fait), bool)
    parts = np.flatnonzero(course.denominateur != SANS_DENOMINATEUR)
    if parts.size:
        haut, bas = _simplify(course.valeur[parts], course.denominateur[parts])
        seuil, depart = course.seuil[parts], base[parts]
        trop_grand[parts] = (
            (bas >= _GRAND_DENOMINATEUR)
            | (np.abs(haut) >= _GRAND_NUMERATEUR)
            | (np.abs(seuil) >= _GRAND_POURCENTAGE)
            | (np.abs(depart) >= _GRAND_POURCENTAGE)
        )
        fait[parts] = sens[parts] * (POUR_CENT * haut - depart * bas)
        tout[parts] = sens[parts] * (seuil - depart) * bas
    return fait, tout, trop_grand


def _simplify(haut: Micros, bas: Micros) -> tuple[Micros, Micros]:
    """The same ratios with smaller numbers: counts of people lose their millionths at once."""
    entiers = (haut % MICRO == 0) & (bas % MICRO == 0)
    haut, bas = np.where(entiers, haut // MICRO, haut), np.where(entiers, bas // MICRO, bas)
    grands = np.flatnonzero((bas >= _GRAND_DENOMINATEUR) | (np.abs(haut) >= _GRAND_NUMERATEUR))
    if grands.size:
        commun = np.gcd(haut[grands], bas[grands])
        haut[grands] //= commun
        bas[grands] //= commun
    return haut, bas


def _judge_trajectoires(course: Course, base_connue: Masque) -> Jugements:
    """Values on their way, deadline not passed, neither at 0 from 0 nor with a base beyond the target."""
    fait, tout, trop_grand = _measure_ecarts(course)
    recul = base_connue & (fait < 0)
    sans_echeance = course.echeance == JAMAIS
    base_inconnue = ~sans_echeance & (~base_connue | (course.depart == SANS_JOUR))
    duree = course.echeance.astype(np.int64) - course.depart
    ecoule = np.clip(course.le.astype(np.int64) - course.depart, 0, np.maximum(duree, 0))
    demarrage = (ecoule == 0) | (10 * ecoule < duree)
    sous_60 = compare_products(fait, 10 * duree, tout, 6 * ecoule) < 0
    sous_90 = compare_products(fait, 10 * duree, tout, 9 * ecoule) < 0
    statut = np.select(
        [
            sans_echeance & recul,
            sans_echeance | base_inconnue,
            demarrage & ~recul,
            (ecoule == 0) | sous_60,
            sous_90,
        ],
        [
            CODES[Statut.EN_RETARD],
            CODES[Statut.A_SURVEILLER],
            CODES[Statut.EN_BONNE_VOIE],
            CODES[Statut.EN_RETARD],
            CODES[Statut.A_SURVEILLER],
        ],
        CODES[Statut.EN_BONNE_VOIE],
    ).astype(np.int8)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = (fait / tout) * (duree / ecoule)
    ratio[sans_echeance | base_inconnue | (ecoule == 0)] = np.nan
    drapeaux = np.where(base_inconnue, BITS[Drapeau.BASE_INCONNUE], np.uint16(0))
    drapeaux[sans_echeance & ~recul] = BITS[Drapeau.SANS_ECHEANCE]
    return Jugements(statut, ratio, drapeaux, trop_grand & base_connue)
