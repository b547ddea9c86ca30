"""A value against its target: reached, over, late, on its way (domaine.md 4.2, lecture L-18).

Exact arithmetic: values are fractions, so that 29 of 100 is 29 % and r = 0.90 is on its way.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from quartiers.core.constat import CibleResolue
from quartiers.core.referentiel import Operateur
from quartiers.core.statut import Drapeau, Statut

SEUIL_RETARD = Fraction(6, 10)
SEUIL_SURVEILLANCE = Fraction(9, 10)
DEBUT_DE_COURSE = Fraction(1, 10)


@dataclass(frozen=True, slots=True)
class Depart:
    """Where a trajectory starts: base value and its date; None = unknown."""

    base: Fraction | None
    jour: date | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A statut, with the ratio that gave it and the words that qualify it."""

    statut: Statut
    ratio: Fraction | None = None
    drapeaux: frozenset[Drapeau] = frozenset()


def is_atteint(valeur: Fraction, operateur: Operateur, seuil: Fraction) -> bool:
    """Whether a value satisfies a threshold, exactly."""
    if operateur is Operateur.AU_MOINS:
        return valeur >= seuil
    if operateur is Operateur.AU_PLUS:
        return valeur <= seuil
    return valeur == seuil


def judge(
    valeur: Fraction, cible: CibleResolue, seuil: Fraction, depart: Depart, le: date, vu_le: date
) -> Verdict:
    """The statut of a value dated `le`, seen at `vu_le`."""
    if is_atteint(valeur, cible.operateur, seuil):
        return Verdict(Statut.ATTEINT)
    if cible.echeance is not None and vu_le > cible.echeance:
        return Verdict(
            Statut.ECHU_NON_ATTEINT, _measure_chemin(valeur, cible.operateur, seuil, depart.base)
        )
    if cible.operateur is Operateur.EXACTEMENT:
        return Verdict(Statut.A_SURVEILLER if valeur or depart.base else Statut.NON_ENGAGE)
    if depart.base is not None and is_atteint(depart.base, cible.operateur, seuil):
        return Verdict(Statut.EN_RETARD)
    if valeur == 0 and cible.operateur is Operateur.AU_MOINS and not depart.base:
        return Verdict(Statut.NON_ENGAGE)
    return _judge_trajectoire(valeur, cible, seuil, depart, le)


def _judge_trajectoire(
    valeur: Fraction, cible: CibleResolue, seuil: Fraction, depart: Depart, le: date
) -> Verdict:
    base = depart.base
    recul = base is not None and _is_derriere(valeur, base, cible.operateur)
    if cible.echeance is None:
        if recul:
            return Verdict(Statut.EN_RETARD)
        return Verdict(Statut.A_SURVEILLER, drapeaux=frozenset({Drapeau.SANS_ECHEANCE}))
    if base is None or depart.jour is None:
        return Verdict(Statut.A_SURVEILLER, drapeaux=frozenset({Drapeau.BASE_INCONNUE}))
    ecoule = _measure_temps_ecoule(depart.jour, cible.echeance, le)
    ratio = (valeur - base) / ((seuil - base) * ecoule) if ecoule else None
    if ecoule < DEBUT_DE_COURSE and not recul:
        return Verdict(Statut.EN_BONNE_VOIE, ratio)
    if ratio is None or ratio < SEUIL_RETARD:
        return Verdict(Statut.EN_RETARD, ratio)
    return Verdict(
        Statut.A_SURVEILLER if ratio < SEUIL_SURVEILLANCE else Statut.EN_BONNE_VOIE, ratio
    )


def _is_derriere(valeur: Fraction, repere: Fraction, operateur: Operateur) -> bool:
    return valeur > repere if operateur is Operateur.AU_PLUS else valeur < repere


def _measure_temps_ecoule(debut: date, fin: date, le: date) -> Fraction:
    """Share of the time elapsed at the date of the value, 0 before the start."""
    duree = (fin - debut).days
    if duree <= 0 or le <= debut:
        return Fraction(0)
    return min(Fraction((le - debut).days, duree), Fraction(1))


def _measure_chemin(
    valeur: Fraction, operateur: Operateur, seuil: Fraction, base: Fraction | None
) -> Fraction | None:
    """Share of the way from the base to the target (L-17)."""
    if operateur is Operateur.EXACTEMENT:
        return None
    if base is None:
        return valeur / seuil if operateur is Operateur.AU_MOINS and seuil else None
    if is_atteint(base, operateur, seuil):
        return None
    return (valeur - base) / (seuil - base)
