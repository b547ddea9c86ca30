"""What a value would give, before anybody declares it: the same computation with one relevé more."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from quartiers.core.changement import add_faits, invent_releve
from quartiers.core.constat import Constat
from quartiers.core.contexte import CelluleAJuger
from quartiers.core.evaluation import evaluate_constat
from quartiers.core.fait import Rang, Releve
from quartiers.core.referentiel import GenreIndicateur, Indicateur

PRES = 20
"""Below, values are tried one by one; above, by a tenth of their order of magnitude."""


@dataclass(frozen=True, slots=True)
class Essai:
    """A value that may be declared, and the constat that it would give."""

    valeur: Fraction
    constat: Constat


def evaluate_si(contexte: CelluleAJuger, valeur: Fraction, jour: date, source: str) -> Constat:
    """The constat of a cell if an account declared this value (a step, for a jalon), not validated yet."""
    releve = invent_releve(contexte, valeur, jour, rang=Rang.NON_VALIDE, source=source)
    return evaluate_constat(add_faits(contexte, releves=(releve,)))


def evaluate_retenue(
    contexte: CelluleAJuger, valeur: Fraction, jour: date, source: str, rang: Rang
) -> Constat:
    """The constat of a cell if this value were said, in the place of what the same source said of that day."""
    releve = invent_releve(contexte, valeur, jour, rang=rang, source=source)
    cellule = contexte.cellule
    gardes = tuple(r for r in cellule.releves if r.identite != releve.identite)
    return evaluate_constat(
        add_faits(replace(contexte, cellule=replace(cellule, releves=gardes)), releves=(releve,))
    )


def list_essais(
    contexte: CelluleAJuger, constat: Constat, jour: date, source: str
) -> tuple[Essai, ...]:
    """The values most likely to be declared, each with what it would give: around the last one, or every step."""
    return tuple(
        Essai(valeur, evaluate_si(contexte, valeur, jour, source))
        for valeur in list_valeurs(contexte.indicateur, constat)
    )


def list_valeurs(indicateur: Indicateur, constat: Constat) -> tuple[Fraction, ...]:
    """The last value between its two neighbours; when nothing was said, none, one and the target."""
    if indicateur.genre is GenreIndicateur.JALON:
        return tuple(map(Fraction, range(len(indicateur.echelle))))
    if indicateur.genre is GenreIndicateur.PART:
        return ()
    derniere = constat.valeur
    if derniere is not None:
        pas = get_pas(derniere)
        autour = (derniere - pas, derniere, derniere + pas)
        return tuple(v for v in autour if v >= 0 or indicateur.admet_negatif)
    cible = None if constat.cible is None else constat.cible.valeur
    voulues = {Fraction(0), Fraction(1)} | ({cible} if cible is not None else set())
    return tuple(sorted(voulues))


def get_pas(valeur: Fraction) -> Fraction:
    """How far from a value its neighbours are tried."""
    if abs(valeur) < PRES:
        return Fraction(1)
    return Fraction(10) ** (int(math.log10(abs(valeur))) - 1)


def evaluate_sans(contexte: CelluleAJuger, dite: Releve, corrigee: Releve | None = None) -> Constat:
    """The constat of a cell if a line had not been said: what it corrected holds again."""
    cellule = contexte.cellule
    gardes = tuple(r for r in cellule.releves if r.identite != dite.identite)
    if corrigee is not None and corrigee.territoire == dite.territoire and not corrigee.is_retrait:
        gardes += (corrigee,)
    return evaluate_constat(replace(contexte, cellule=replace(cellule, releves=gardes)))
