"""Values of quartiers made into the value of a larger territoire, never a mean of percentages (L-34)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from quartiers.core.constat import Constat
from quartiers.core.referentiel import Agregation, GenreIndicateur, Indicateur


@dataclass(frozen=True, slots=True)
class Remontee:
    """A rolled-up value; `entres` = how many constats entered the calculation."""

    valeur: Fraction | None = None
    numerateur: Fraction | None = None
    denominateur: Fraction | None = None
    au_moins: Fraction | None = None
    au_plus: Fraction | None = None
    entres: int = 0


def roll_up_valeurs(indicateur: Indicateur, constats: Sequence[Constat]) -> Remontee:
    """The value over `constats`, by the aggregation of the indicateur; None when nothing enters."""
    if indicateur.agregation is Agregation.RAPPORT:
        return _sum_rapport(constats)
    connus = [c for c in constats if c.valeur is not None]
    if not connus:
        return Remontee()
    if indicateur.genre is GenreIndicateur.DOUBLEMENT:
        return _sum_doublement(connus)
    if indicateur.agregation is Agregation.OBJETS_DISTINCTS:
        return _bound_distincts(indicateur, connus)
    if indicateur.agregation is Agregation.DISTRIBUTION:
        return Remontee()
    return Remontee(_merge(indicateur, connus), entres=len(connus))


def _merge(indicateur: Indicateur, constats: Sequence[Constat]) -> Fraction:
    valeurs = [c.valeur for c in constats if c.valeur is not None]
    if indicateur.agregation is Agregation.MEDIANE:
        return median(valeurs)
    if indicateur.agregation is Agregation.MAX:
        return max(valeurs)
    # What serves several quartiers and is known by its name counts once above them.
    if indicateur.agregation is Agregation.PART_DE_TERRITOIRES or indicateur.is_de_choses:
        objets, nus = _split_objets(constats)
        return Fraction(len(objets)) + sum(nus, Fraction(0))
    return sum(valeurs, Fraction(0))


def _split_objets(constats: Sequence[Constat]) -> tuple[frozenset[str], list[Fraction]]:
    """Objects known by their code, counted once, and bare numbers."""
    objets: frozenset[str] = frozenset().union(*(c.objets for c in constats))
    nus = [c.valeur for c in constats if not c.objets and c.valeur is not None]
    return objets, nus


def _bound_distincts(indicateur: Indicateur, constats: Sequence[Constat]) -> Remontee:
    objets, nus = _split_objets(constats)
    if indicateur.is_de_montants:
        objets, nus = frozenset(), [c.valeur for c in constats if c.valeur is not None]
    au_moins = max([Fraction(len(objets)), *nus])
    au_plus = Fraction(len(objets)) + sum(nus, Fraction(0))
    valeur = au_moins if au_moins == au_plus else None
    return Remontee(valeur, au_moins=au_moins, au_plus=au_plus, entres=len(constats))


def _sum_rapport(constats: Sequence[Constat]) -> Remontee:
    """Sum of numerators over sum of denominators, of those that have both."""
    paires = [
        (c.numerateur, c.denominateur)
        for c in constats
        if c.numerateur is not None and c.denominateur is not None
    ]
    if not paires:
        return Remontee()
    numerateur = sum((n for n, _ in paires), Fraction(0))
    denominateur = sum((d for _, d in paires), Fraction(0))
    valeur = 100 * numerateur / denominateur if denominateur else None
    return Remontee(valeur, numerateur, denominateur, entres=len(paires))


def _sum_doublement(constats: Sequence[Constat]) -> Remontee:
    """Values over the territoires that have a value and a base: the others have nothing to double."""
    valeurs = [
        c.valeur
        for c in constats
        if c.valeur is not None and c.cible is not None and c.cible.base is not None
    ]
    return Remontee(sum(valeurs, Fraction(0)), entres=len(valeurs)) if valeurs else Remontee()
