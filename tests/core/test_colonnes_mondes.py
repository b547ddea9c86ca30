"""Columns against the plain computation, cell by cell, on the small worlds of the oracle."""

from __future__ import annotations

from collections import Counter
from datetime import date
from math import isnan

import pytest

from quartiers.core.colonnes.colonnes import Colonnes
from quartiers.core.colonnes.constats import ConstatsEnColonnes
from quartiers.core.colonnes.evaluation import evaluate_colonnes
from quartiers.core.constat import Constat
from quartiers.core.evaluation import evaluate_constat
from quartiers.core.fait import Dossier
from quartiers.core.vue import Vue
from tests.core.adaptateur import build_dossier
from tests.oracle.mondes import make_monde

LOT = 150
LOTS = 4


def list_differences(dossier: Dossier, colonnes: Colonnes, vu_le: date, connu_le: date) -> list[str]:
    """Every cell that reads otherwise in columns than plainly."""
    vue = Vue(dossier, vu_le, connu_le)
    constats = evaluate_colonnes(colonnes, vu_le, connu_le)
    differences = []
    par_indicateur = len(constats.cadre.codes)
    for cellule in range(len(constats)):
        numero, territoire = divmod(cellule, par_indicateur)
        indicateur, code = constats.cadre.indicateurs[numero], constats.cadre.codes[territoire]
        if code in vue.territoires:
            attendu = evaluate_constat(vue.build_contexte(indicateur, code))
            differences += [
                f"{indicateur.code} ({indicateur.genre}) {code} {vu_le} {connu_le} : {d}"
                for d in compare_cellule(attendu, constats, cellule)
            ]
    return differences


def compare_cellule(attendu: Constat, constats: ConstatsEnColonnes, cellule: int) -> list[str]:
    """What differs in one cell."""
    seuil = attendu.cible.valeur if attendu.cible is not None else None
    paires = {
        "statut": (attendu.statut, constats.get_statut(cellule)),
        "valeur": (attendu.valeur, constats.get_valeur(cellule)),
        "date": (attendu.date, constats.get_date(cellule)),
        "perime_le": (attendu.perime_le, constats.get_perime_le(cellule)),
        "perdu_le": (attendu.perdu_le, constats.get_perdu_le(cellule)),
        "dernier_statut": (attendu.dernier_statut, constats.get_dernier_statut(cellule)),
        "seuil": (seuil, constats.get_seuil(cellule)),
        "drapeaux": (attendu.drapeaux, constats.list_drapeaux(cellule)),
    }
    differences = [f"{nom} {a} != {b}" for nom, (a, b) in paires.items() if a != b]
    ratio = float(constats.ratio[cellule])
    if (attendu.ratio is None) != isnan(ratio) or (
        attendu.ratio is not None and ratio != pytest.approx(float(attendu.ratio), rel=1e-14)
    ):
        differences.append(f"ratio {attendu.ratio} != {ratio}")
    return differences


@pytest.mark.parametrize("lot", range(LOTS))
def test_chaque_cellule_se_lit_pareil(lot: int) -> None:
    """Statut, value, dates, ratio, flags, threshold: every cell of every world, at each of its looks."""
    differences = []
    for seed in range(lot * LOT, (lot + 1) * LOT):
        monde, vues = make_monde(seed)
        dossier = build_dossier(monde)
        colonnes = Colonnes.build(dossier)
        for _, vu_le, connu_le in vues:
            differences += [f"monde {seed} {d}" for d in list_differences(dossier, colonnes, vu_le, connu_le)]
    assert differences == []
