"""Rolled-up counts add up, whatever the order and the grouping; values are never made of what is not known."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from quartiers.core.remontee import count_statuts, measure_taux, merge_statuts
from quartiers.core.statut import Statut
from tests.core.adaptateur import compute
from tests.lois.reglage import loi
from tests.lois.tirage import (
    GRAINES,
    LOIN,
    NOMBRES,
    Ligne,
    look,
    make_monde_d_une_cellule,
    make_releve,
    make_vues,
)

STATUTS = st.lists(st.sampled_from([s for s in Statut if s is not Statut.DONNEES_INSUFFISANTES]))
NOMS = ("Les Tilleuls", "Les Érables", "Les Saules", "La Garenne")
CODES = ("QRR-01_1", "QRR-01_2", "QRR-01_3", "QRR-02_1")
JOUR, VU_LE = date(2026, 11, 1), date(2026, 11, 23)
NATIONAL = "national, chaque trimestre, annexe : au moins 20 au 2021-10-31"


@loi(200)
@given(st.lists(STATUTS), st.integers())
def test_l_ordre_et_les_groupes_sont_indifferents(groupes: list[list[Statut]], hasard: int) -> None:
    """Counting group by group, in any order, is counting everyone at once."""
    ensemble = [statut for groupe in groupes for statut in groupe]
    melange = list(groupes)
    Random(hasard).shuffle(melange)  # noqa: S311 — a shuffle, not a secret
    par_groupes = measure_taux(merge_statuts(count_statuts(g) for g in melange))
    assert par_groupes == measure_taux(count_statuts(ensemble))
    assert dict(par_groupes.statuts) == Counter(ensemble)


@loi(200)
@given(STATUTS)
def test_les_taux_sont_des_intervalles(statuts: list[Statut]) -> None:
    """0 ≤ least ≤ most ≤ 1, coverage between 0 and 1, None when nobody can be judged: never a zero for it."""
    taux = measure_taux(count_statuts(statuts))
    applicables = [s for s in statuts if s is not Statut.SANS_OBJET]
    assert taux.applicables == len(applicables)
    assert (taux.couverture is None) == (not applicables)
    assert taux.couverture is None or 0 <= taux.couverture <= 1
    assert (taux.taux_min is None) == all(s is Statut.SANS_CIBLE for s in applicables)
    if taux.taux_min is not None and taux.taux_max is not None:
        assert 0 <= taux.taux_min <= taux.taux_max <= 1


@loi()
@given(GRAINES)
def test_les_comptes_d_un_territoire_sont_ceux_de_ses_parties(graine: int) -> None:
    """A region counts, for an indicateur of quartiers, what its départements count together."""
    monde, vues = make_vues(graine)
    _, vu_le, connu_le = vues[0]
    du_quartier = {i["code"] for i in monde["indicateurs"] if i["niveau"] == "Q"}
    for region in [t["code"] for t in monde["territoires"] if t["genre"] == "region"]:
        parties = [t["code"] for t in monde["territoires"] if region in t["parents"]]
        total = sum_statuts(compute(monde, region, vu_le, connu_le), du_quartier)
        attendu: Counter[tuple[str, str]] = Counter()
        for partie in parties:
            attendu += sum_statuts(compute(monde, partie, vu_le, connu_le), du_quartier)
        assert total == attendu


def sum_statuts(tableau: Ligne, indicateurs: set[str]) -> Counter[tuple[str, str]]:
    """Counts by indicateur and statut."""
    comptes: Counter[tuple[str, str]] = Counter()
    for engagement in tableau["engagements"]:
        for partie in (*engagement["actions"], *engagement["objectifs"]):
            for cellule in partie["indicateurs"]:
                if cellule["code"] in indicateurs:
                    assert sum(cellule["statuts"].values()) == cellule["attendus"]
                    for statut, nombre in cellule["statuts"].items():
                        comptes[cellule["code"], statut] += nombre
    return comptes


@loi(200)
@given(st.lists(st.none() | NOMBRES, min_size=4, max_size=4))
def test_ce_qu_un_quartier_tait_ne_compte_pas_pour_zero(valeurs: list[Fraction | None]) -> None:
    """The sum is that of the quartiers that spoke, None when none did; one more answer adds itself, no more."""
    lignes = [
        make_releve(JOUR, valeur, territoire=code)
        for code, valeur in zip(CODES, valeurs, strict=True)
        if valeur is not None
    ]
    monde = make_monde_d_une_cellule("compte, stock, chaque trimestre", lignes, NOMS)
    vu = look(monde, VU_LE, code="REG-01")
    dites = [v for v in valeurs if v is not None]
    assert vu["valeur"] == (sum(dites) if dites else None)
    assert vu["valeur_fraiche"] == vu["valeur"]
    assert vu["valeur_complete"] == (len(dites) == len(CODES))
    assert vu["renseignes"] == len(dites)
    for code in [c for c, v in zip(CODES, valeurs, strict=True) if v is None]:
        plus = make_releve(JOUR, Fraction(5), territoire=code)
        avec = make_monde_d_une_cellule("compte, stock, chaque trimestre", [*lignes, plus], NOMS)
        assert look(avec, VU_LE, code="REG-01")["valeur"] == sum(dites) + 5


@loi(200)
@given(st.lists(st.none() | NOMBRES, min_size=4, max_size=4))
def test_une_somme_nationale_atteinte_le_reste_quand_un_muet_repond(
    valeurs: list[Fraction | None],
) -> None:
    """Reached whatever is missing: the answer of a silent quartier cannot undo it; short of it, silence is not lateness."""
    lignes = [
        make_releve(JOUR, valeur, territoire=code)
        for code, valeur in zip(CODES, valeurs, strict=True)
        if valeur is not None
    ]
    avant = look(make_monde_d_une_cellule(NATIONAL, lignes, NOMS), VU_LE, LOIN, "FR")["statut"]
    muets = [code for code, valeur in zip(CODES, valeurs, strict=True) if valeur is None]
    if muets:
        assert avant in {"atteint", "non_renseigne"}
    for muet in muets:
        lignes.append(make_releve(JOUR, Fraction(0), territoire=muet))
        apres = look(make_monde_d_une_cellule(NATIONAL, lignes, NOMS), VU_LE, LOIN, "FR")["statut"]
        if avant == "atteint":
            assert apres == "atteint"
