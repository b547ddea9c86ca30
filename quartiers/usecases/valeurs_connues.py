"""The values that the base holds of some cells: what a new one is compared with, in one query per file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable
from datetime import date
from fractions import Fraction

from quartiers.usecases.lecture_releves import ReleveLu
from quartiers.usecases.plausibilite import Cellule, Historique
from quartiers.usecases.rangees import RELEVES


def list_valeurs(connu_le: date, cellules: Collection[Cellule]) -> Historique:
    """What is known on that day, corrections and withdrawals applied, by date."""
    voulues = frozenset(cellules)
    indicateurs = sorted({indicateur for indicateur, _ in voulues})
    derniers: dict[Hashable, ReleveLu] = {}
    for lu, _ in RELEVES.iterate(indicateur__in=indicateurs, connu_le__lte=connu_le):
        derniers.pop(lu.identite, None)  # the order of the values is that of their last version
        derniers[lu.identite] = lu
    connues: dict[Cellule, list[tuple[date, Fraction]]] = defaultdict(list)
    for lu in derniers.values():
        if lu.cellule in voulues and lu.mesure is not None:
            connues[lu.cellule].append((lu.date, lu.mesure))
    for valeurs in connues.values():
        valeurs.sort(key=lambda valeur: valeur[0])
    return connues
