"""The target in force: which line holds at a date, and what threshold it sets (L-19 to L-22)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from quartiers.core.cellule import CelluleConnue, get_ordre
from quartiers.core.constat import CibleResolue
from quartiers.core.fait import Cible
from quartiers.core.referentiel import GenreIndicateur, Indicateur, Origine


def list_lignes_en_vigueur(cellule: CelluleConnue, vu_le: date) -> list[Cible]:
    """Lines that have taken effect, the one in force last (L-19)."""
    admises = [
        c
        for c in cellule.cibles
        if c.origine is not Origine.PROPOSITION and (c.effet is None or c.effet <= vu_le)
    ]
    return sorted(admises, key=lambda c: (c.effet or date.min, get_ordre(c)))


def resolve_cible(
    indicateur: Indicateur, cellule: CelluleConnue, vu_le: date, *, du_referentiel: bool = True
) -> CibleResolue | None:
    """The target in force at `vu_le`, `valeur` None while its base is unknown; None when there is none.

    A target relative to the previous year is returned unresolved (`valeur` None): it depends on the value.
    """
    lignes = list_lignes_en_vigueur(cellule, vu_le)
    entree = resolve_entree(indicateur) if du_referentiel else None
    return resolve_ligne(indicateur, lignes, entree) if lignes else entree


def resolve_entree(indicateur: Indicateur) -> CibleResolue | None:
    """The référentiel's own target, when it comes from the annex; relative ones stay without threshold."""
    cible = indicateur.cible
    if cible is None or cible.origine is not Origine.ANNEXE:
        return None
    return CibleResolue(
        operateur=cible.operateur,
        valeur=cible.valeur if cible.relative_a is None else None,
        echeance=cible.echeance,
        base=None,
        base_date=None,
        effet=None,
        origine=cible.origine,
    )


def resolve_ligne(
    indicateur: Indicateur, lignes: Sequence[Cible], entree: CibleResolue | None
) -> CibleResolue:
    """The last of the lines in force; a doubling is worth twice its base (L-21).

    `entree`: the référentiel's own target that they replace, whose deadline stays visible.
    """
    ligne = lignes[-1]
    valeur = ligne.valeur
    if indicateur.genre is GenreIndicateur.DOUBLEMENT:
        valeur = None if ligne.base is None else 2 * ligne.base
    return CibleResolue(
        operateur=ligne.operateur,
        valeur=valeur,
        echeance=ligne.echeance,
        base=ligne.base,
        base_date=ligne.base_date,
        effet=ligne.effet,
        origine=ligne.origine,
        premiere_echeance=get_premiere_echeance([entree, *lignes]),
    )


def get_premiere_echeance(cibles: Iterable[Cible | CibleResolue | None]) -> date | None:
    """The first deadline, when the last target has another one: None when nothing was re-dated (L-19)."""
    echeances = [c.echeance for c in cibles if c is not None]
    derniere = echeances[-1]
    if derniere is None:
        return None
    return next((e for e in echeances if e is not None and e != derniere), None)
