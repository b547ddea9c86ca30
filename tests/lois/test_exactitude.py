"""Thresholds are compared exactly, to the last of six decimals below a milliard."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tests.lois.reglage import loi
from tests.lois.tirage import look, make_cible, make_monde_d_une_cellule, make_releve

JOUR, VU_LE = date(2026, 7, 1), date(2026, 7, 2)
MICROS = st.integers(0, 10**15 - 1).map(lambda n: Fraction(n, 10**6))
MICRO = Fraction(1, 10**6)


@loi(200)
@given(st.integers(1, 10**9), st.data(), st.integers(0, 100 * 10**6))
def test_une_part_se_compare_en_entiers(
    denominateur: int, data: st.DataObject, micros: int
) -> None:
    """num/den reaches T % when 100·num·10⁶ ≥ T·10⁶·den, with integers only."""
    proche = micros * denominateur // (100 * 10**6)  # the largest numerator at or under the target
    numerateur = data.draw(
        st.integers(max(0, proche - 1), min(denominateur, proche + 1))
        | st.integers(0, denominateur)
    )
    releve = make_releve(JOUR, None, numerateur=numerateur, denominateur=denominateur)
    cible = make_cible(">=", Fraction(micros, 10**6), None)
    vu = look(make_monde_d_une_cellule("part, chaque année", [releve, cible]), VU_LE)
    attendu = 100 * numerateur * 10**6 >= micros * denominateur
    assert (vu["statut"] == "atteint") == attendu
    assert vu["valeur"] == Fraction(100 * numerateur, denominateur)


@loi(200)
@given(MICROS, st.integers(-2, 2))
def test_un_millionieme_de_part_et_d_autre_de_la_cible(seuil: Fraction, ecart: int) -> None:
    """Reached exactly from the threshold on."""
    valeur = max(Fraction(0), seuil + ecart * MICRO)
    lignes = [make_releve(JOUR, valeur), make_cible(">=", seuil, None)]
    vu = look(make_monde_d_une_cellule("compte, stock, chaque année", lignes), VU_LE)
    assert (vu["statut"] == "atteint") == (valeur >= seuil)


@loi(200)
@given(
    st.integers(10, 700),
    st.data(),
    st.integers(0, 10**6),
    st.integers(1, 10**6),
    st.sampled_from((6, 9)),
    st.integers(-2, 2),
)
def test_le_bord_d_une_trajectoire(
    duree: int, data: st.DataObject, base: int, chemin: int, dixiemes: int, ecart: int
) -> None:
    """Around r = 0,60 and r = 0,90: the statut is that of exact integers, never of a float."""
    ecoule = data.draw(st.integers(duree // 10 + 1, duree))
    micros = (base + chemin * ecoule * Fraction(dixiemes, 10 * duree)) * 10**6
    valeur = Fraction(micros.numerator // micros.denominator + ecart, 10**6)
    if valeur <= 0:
        return
    debut = JOUR - timedelta(days=ecoule)
    fin = debut + timedelta(days=duree)
    cible = make_cible(">=", Fraction(base + chemin), fin, base=Fraction(base), base_date=debut)
    monde = make_monde_d_une_cellule(
        "compte, stock, chaque année", [make_releve(JOUR, valeur), cible]
    )
    vu = look(monde, JOUR)
    avance, attendue = (valeur - base) * 10 * duree, chemin * ecoule
    if valeur >= base + chemin:
        assert vu["statut"] == "atteint"
    elif avance < 6 * attendue:
        assert vu["statut"] == "en_retard"
    elif avance < 9 * attendue:
        assert vu["statut"] == "a_surveiller"
    else:
        assert vu["statut"] == "en_bonne_voie"
    if vu["statut"] != "atteint":
        assert vu["ratio"] == (valeur - base) * duree / Fraction(chemin * ecoule)
