# ruff: noqa: INP001 - a script beside its data, not a package
"""Values that are counts of people, classes, dwellings… → cohortes: running totals, said again at each date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from fiches import Cellule, Fiche, get_debut_de_periode, get_filtre, get_organisme
from reperes import DERNIER_SCOLAIRE, DONT

from quartiers.core.referentiel import Derivation


def write_cohortes(cellule: Cellule) -> Iterator[Fiche]:
    """One running total, or the two of a share."""
    derivations = cellule.indicateur.derivations
    dessous = next((d for d in derivations if d.role == "denominateur"), None)
    for releve, (nombre, total) in zip(cellule.releves, cellule.list_nombres(), strict=True):
        if total is None:
            yield build_cohorte(cellule, cellule.derivation, releve.date, nombre)
        elif (dont := get_filtre(cellule.derivation, "dont")) and isinstance(dont, tuple):
            champs = {"dont": f"{dont[0]} {nombre}"}
            yield build_cohorte(cellule, cellule.derivation, releve.date, total, **champs)
        elif dessous is not None:
            yield build_cohorte(cellule, cellule.derivation, releve.date, nombre)
            yield build_cohorte(cellule, dessous, releve.date, total)


def build_cohorte(
    cellule: Cellule, derivation: Derivation, jour: date, nombre: int, **autres: str
) -> Fiche:
    """What was counted from the beginning of the period to a day."""
    mots = cellule.get_mots(derivation)
    du = get_debut_de_periode(cellule.indicateur, jour)
    sorte = DONT.get((cellule.indicateur.code, derivation.role))
    dont = {"dont": f"{sorte[0]} {round(nombre * sorte[1])}"} if sorte else {}
    champs = {
        **mots,
        **dont,
        "n": str(nombre),
        "du": du.isoformat(),
        "organisme": get_organisme(cellule.indicateur),
        **autres,
    }
    autre = () if du.year == DERNIER_SCOLAIRE.year else (du.year,)
    return Fiche("cohorte", cellule.name(*mots.values(), *autre), jour, cellule.liens, champs)


def write_presence(cellule: Cellule) -> Iterator[Fiche]:
    """There this school year, when the last value says so: the count is that of the neighbour that shares it."""
    if cellule.list_nombres()[-1] == (0, None):
        yield cellule.write_pointage(cellule.dates[-1])
        return
    voisine = cellule.voisines.get("e08-a6-jeunes-ambassadeurs")
    nombre = max(1, int(voisine[-1].valeur)) if voisine else 12
    champs = {"unite_comptee": "jeunes"}
    yield build_cohorte(cellule, cellule.derivation, DERNIER_SCOLAIRE, nombre, **champs)
