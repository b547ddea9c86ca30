"""Columns against the plain computation, cell by cell, on the small worlds of the oracle."""

from __future__ import annotations

from datetime import date
from math import isnan

import pytest

from quartiers.core.colonnes.colonnes import FaitsEnColonnes
from quartiers.core.colonnes.constats import ConstatsEnColonnes
from quartiers.core.colonnes.ensembles import build_ensembles
from quartiers.core.colonnes.evaluation import evaluate_colonnes
from quartiers.core.colonnes.remontee import roll_up_colonnes
from quartiers.core.composition import get_constat
from quartiers.core.constat import Constat, ConstatRemonte
from quartiers.core.dossier import Dossier
from quartiers.core.evaluation import evaluate_constat
from quartiers.core.territoire import Niveau
from quartiers.core.vue import Vue
from tests.core.adaptateur import build_dossier
from tests.oracle.mondes import make_monde

LOT = 150
LOTS = 4


def list_differences(
    dossier: Dossier, colonnes: FaitsEnColonnes, vu_le: date, connu_le: date
) -> list[str]:
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
        colonnes = FaitsEnColonnes.build(dossier)
        for _, vu_le, connu_le in vues:
            differences += [
                f"monde {seed} {d}" for d in list_differences(dossier, colonnes, vu_le, connu_le)
            ]
    assert differences == []


REMONTE = (
    "statuts",
    "attendus",
    "applicables",
    "renseignes",
    "couverture",
    "taux_min",
    "taux_max",
    "valeur",
    "valeur_fraiche",
    "valeur_complete",
    "numerateur",
    "denominateur",
    "au_moins",
    "au_plus",
)


def list_differences_remontees(
    dossier: Dossier, colonnes: FaitsEnColonnes, vu_le: date, connu_le: date
) -> tuple[int, list[str]]:
    """How many figures were compared, and those that read otherwise in columns than plainly."""
    vue = Vue(dossier, vu_le, connu_le)
    codes = sorted(c for c, t in vue.territoires.items() if t.niveau is not Niveau.QUARTIER)
    ensembles = build_ensembles(colonnes.cadre, vue.territoires, vue.attendus, codes)
    remontees = roll_up_colonnes(evaluate_colonnes(colonnes, vu_le, connu_le), ensembles)
    differences, compares = [], 0
    for numero, indicateur in enumerate(colonnes.cadre.indicateurs):
        for rang, code in enumerate(codes):
            if indicateur.niveau.hauteur < vue.territoires[code].niveau.hauteur:
                attendu = get_constat(vue, indicateur, code)
                obtenu = remontees.read_remonte(numero, rang)
                assert isinstance(attendu, ConstatRemonte)
                compares += attendu.attendus > 0
                differences += [
                    f"{indicateur.code} {code} {vu_le} {nom} : {getattr(attendu, nom)} != {getattr(obtenu, nom)}"
                    for nom in REMONTE
                    if getattr(attendu, nom) != getattr(obtenu, nom)
                ]
    return compares, differences


@pytest.mark.parametrize("lot", range(LOTS))
def test_chaque_remontee_se_lit_pareil(lot: int) -> None:
    """Counts, coverage, intervals and values of every larger territoire, at each look of every world."""
    differences, compares = [], 0
    for seed in range(lot * LOT, (lot + 1) * LOT):
        monde, vues = make_monde(seed)
        dossier = build_dossier(monde)
        colonnes = FaitsEnColonnes.build(dossier)
        for _, vu_le, connu_le in vues:
            nombre, lot_de_differences = list_differences_remontees(
                dossier, colonnes, vu_le, connu_le
            )
            compares += nombre
            differences += [f"monde {seed} {d}" for d in lot_de_differences]
    assert differences == []
    assert compares > 1000
