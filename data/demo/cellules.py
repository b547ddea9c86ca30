# ruff: noqa: INP001 - a script beside its data, not a package
"""The values that the scenario wants, cell by cell: which of them records say, and what each cell has beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from fiches import Cellule
from inversion import PARTAGES, SUIVENT
from recettes import Releve

from quartiers.core.referentiel import Indicateur

Cle = tuple[str, str]
"""Of a cell: indicateur and territoire."""
Valeurs = Mapping[Cle, list[Releve]]
MEME_SAISON = timedelta(days=130)


def is_suivie(releves: Valeurs, nues: set[Cle], cle: Cle) -> bool:
    """Records of another cell can say its values: they speak of about the same days."""
    code, territoire = cle
    autre = releves.get((SUIVENT.get(code, code), territoire))
    if cle in nues or autre is None:
        return False
    return abs(autre[-1].date - releves[cle][-1].date) <= MEME_SAISON


def list_nues(scenario: dict[str, Any]) -> set[Cle]:
    """Cells that the scenario speaks of by their relevés."""
    return {
        (ligne["indicateur"], territoire)
        for nom in ("correction", "retrait", "releve", "nu")
        for ligne in scenario[nom]
        for territoire in ligne.get("territoires", (ligne.get("territoire"),))
    }


def list_cellules(
    scenario: dict[str, Any], indicateurs: Mapping[str, Indicateur], valeurs: Valeurs
) -> Iterator[tuple[Cle, Cellule]]:
    """Every cell that must have values, with its neighbours."""
    quartiers = {q["code"]: q for q in scenario["quartier"]}
    ordre = list(quartiers)
    par_territoire: dict[str, dict[str, list[Releve]]] = {}
    for releves in valeurs.values():
        releves.sort(key=lambda releve: releve.date)
    nues = list_nues(scenario)
    for (code, territoire), releves in valeurs.items():
        if code not in SUIVENT or is_suivie(valeurs, nues, (code, territoire)):
            par_territoire.setdefault(territoire, {})[code] = releves
    for (code, territoire), releves in valeurs.items():
        quartier = quartiers.get(territoire)
        partages: list[str] = []
        if quartier is not None and code in PARTAGES:
            partages = [
                autre
                for autre, q in quartiers.items()
                if ordre.index(autre) > ordre.index(territoire)
                and q["commune"] == quartier["commune"]
                and list_dits(par_territoire.get(autre, {}).get(code, ())) == list_dits(releves)
            ]
        cellule = Cellule(
            indicateurs[code],
            territoire,
            releves,
            par_territoire.get(territoire, {}),
            quartier["nom"] if quartier else territoire,
            partages,
        )
        yield (code, territoire), cellule


def list_dits(releves: Iterable[Releve]) -> list[tuple[date, str]]:
    """What relevés say, whatever the territoire."""
    return [(releve.date, releve.valeur) for releve in releves]
