"""Laws of the columns: exact numbers, any order of arrival, empty worlds, and a comparison that is not blind."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quartiers.core.cellule import Cellules, list_versions
from quartiers.core.colonnes.colonnes import FaitsEnColonnes
from quartiers.core.colonnes.evaluation import evaluate_colonnes
from quartiers.core.colonnes.jour import from_jour, list_periodes
from quartiers.core.colonnes.jugement import CODES
from quartiers.core.colonnes.lot import read_releves
from quartiers.core.colonnes.nombre import (
    MAX_MICRO,
    SANS_DENOMINATEUR,
    compare_products,
    compare_valeurs,
    from_micro,
    read_valeur,
    to_micro,
)
from quartiers.core.colonnes.releves import ColonnesReleves
from quartiers.core.referentiel import Origine, Periode
from quartiers.core.statut import Statut
from quartiers.core.temps import get_periode
from tests.core.adaptateur import build_dossier
from tests.core.monde_de_colonnes import PAS, PRESQUE_UN_MILLIARD, VU_LE, make_dossier
from tests.core.test_colonnes_mondes import list_differences, list_differences_remontees
from tests.oracle.mondes import make_monde

GRAND = 10**15

mots = st.integers(-GRAND, GRAND)
denominateurs = st.integers(0, GRAND)


@given(a=mots, b=mots, c=mots, d=mots)
def test_les_produits_se_comparent_exactement(a: int, b: int, c: int, d: int) -> None:
    signe = compare_products(*(np.array([x], np.int64) for x in (a, b, c, d)))
    assert int(signe[0]) == (a * b > c * d) - (a * b < c * d)


@given(a=st.integers(1, GRAND), b=st.integers(1, GRAND), ecart=st.integers(-3, 3))
def test_deux_produits_voisins_aussi(a: int, b: int, ecart: int) -> None:
    """a·b against (a·b + e): floats cannot tell them apart."""
    c = a * b + ecart
    for d in (1, 2, 3, 7):
        if c % d == 0 and c // d < 2**63:
            signe = compare_products(*(np.array([x], np.int64) for x in (a, b, c // d, d)))
            assert int(signe[0]) == (ecart < 0) - (ecart > 0)


@given(num=mots, den=denominateurs, seuil=mots)
def test_une_part_se_compare_exactement(num: int, den: int, seuil: int) -> None:
    signe = compare_valeurs(*(np.array([x], np.int64) for x in (num, den, seuil)))
    if den == 0:
        assert int(signe[0]) == -1
    else:
        valeur, borne = Fraction(100 * num, den), Fraction(seuil, 1_000_000)
        assert int(signe[0]) == (valeur > borne) - (valeur < borne)


def test_vingt_neuf_pour_cent_font_vingt_neuf() -> None:
    """29 of 100 is 29 %, one millionth less is not; the same with very large numbers."""
    echelle = 10**12
    num = np.array([29, 29 * echelle, 29 * echelle - 1, 29 * echelle + 1], np.int64)
    den = np.array([100, 100 * echelle, 100 * echelle, 100 * echelle], np.int64)
    seuil = np.full(4, 29_000_000, np.int64)
    assert compare_valeurs(num, den, seuil).tolist() == [0, 0, -1, 1]


@pytest.mark.parametrize(
    ("valeur", "micro"),
    [
        (Fraction(0), 0),
        (PAS, 1),
        (-PAS, -1),
        (PRESQUE_UN_MILLIARD, MAX_MICRO - 1),
        (Fraction(10**9), None),
        (Fraction(1, 3), None),
        (PAS / 10, None),
    ],
)
def test_six_decimales_sous_un_milliard(valeur: Fraction, micro: int | None) -> None:
    assert to_micro(valeur) == micro
    if micro is not None:
        assert from_micro(micro) == valeur == read_valeur(micro, SANS_DENOMINATEUR)


@given(jour=st.dates(dt.date(1950, 1, 1), dt.date(2150, 1, 1)), periode=st.sampled_from(Periode))
def test_les_periodes_sont_celles_du_calcul_simple(jour: dt.date, periode: Periode) -> None:
    mois = np.array([0 if periode is Periode.ANNEE_CIVILE else 8])
    debut, fin = list_periodes(np.array([jour.toordinal()], np.int32), mois)
    assert (from_jour(int(debut[0])), from_jour(int(fin[0]))) == get_periode(periode, jour)


@settings(max_examples=60, deadline=None)
@given(graine=st.integers(0, 10**9), retard=st.sampled_from((0, 1, 200, 700)))
def test_les_nombres_extremes_se_lisent_pareil(graine: int, retard: int) -> None:
    """Cells and roll-ups with values up to 10⁹ and six decimals, today and in the past."""
    dossier = make_dossier(graine)
    colonnes = FaitsEnColonnes.build(dossier)
    vu_le = VU_LE - dt.timedelta(days=retard)
    for connu_le in (VU_LE, vu_le):
        assert list_differences(dossier, colonnes, vu_le, connu_le) == []
        compares, differences = list_differences_remontees(dossier, colonnes, vu_le, connu_le)
        assert differences == []
        assert compares


@settings(max_examples=40, deadline=None)
@given(graine=st.integers(0, 10**9), coupe=st.floats(0, 1))
def test_fusionner_ou_tout_relire_revient_au_meme(graine: int, coupe: float) -> None:
    """Whatever arrives later, in any order of knowledge: the columns are those of the whole."""
    dossier = make_dossier(graine)
    ensemble = FaitsEnColonnes.build(dossier)
    melanges = list(dossier.releves)
    Random(graine).shuffle(melanges)  # noqa: S311
    rang = round(coupe * len(melanges))
    debut = FaitsEnColonnes.build(replace(dossier, releves=melanges[:rang]))
    avant = [getattr(debut.releves, champ.name).copy() for champ in fields(ColonnesReleves)]
    fusion = debut.merge(read_releves(melanges[rang:], debut.numeros)).releves
    for champ in fields(ColonnesReleves):
        if champ.name != "identite":  # sources and keys are numbered as they are met
            attendu = getattr(ensemble.releves, champ.name)
            assert np.array_equal(attendu, getattr(fusion, champ.name)), champ.name
    apres = [getattr(debut.releves, champ.name) for champ in fields(ColonnesReleves)]
    assert all(np.array_equal(a, b) for a, b in zip(avant, apres, strict=True))


@settings(max_examples=20, deadline=None)
@given(graine=st.integers(0, 10**9), numero=st.sampled_from((127, 128, 200, 2**31, 2**38)))
def test_le_numero_de_l_ecriture_tient_en_entier(graine: int, numero: int) -> None:
    """An order is the number of a write and a rank in it: the 128th one passes 32 bits, and is read as the first is."""
    dossier = make_dossier(graine)
    debut = (numero << 24) + 100_000
    tard = replace(
        dossier,
        releves=[replace(r, ordre=debut + r.ordre) for r in dossier.releves],
        cibles=[replace(c, ordre=debut + c.ordre) for c in dossier.cibles],
    )
    colonnes, tardives = FaitsEnColonnes.build(dossier), FaitsEnColonnes.build(tard)
    assert (tardives.releves.ordre - debut).tolist() == colonnes.releves.ordre.tolist()
    assert (tardives.cibles.ordre - debut).tolist() == colonnes.cibles.ordre.tolist()
    assert tardives.releves.fin.tolist() == colonnes.releves.fin.tolist()
    assert list_differences(tard, tardives, VU_LE, VU_LE) == []
    fusion = colonnes.merge(read_releves(tard.releves, colonnes.numeros)).releves
    assert sorted(fusion.ordre.tolist()) == sorted(
        r.ordre for r in (*dossier.releves, *tard.releves)
    )


@pytest.mark.parametrize("rang", [0, 100_000])
def test_la_deux_centieme_ecriture_corrige_la_premiere(rang: int) -> None:
    """Two versions of a line learnt the same day: the last write wins, however great its number."""
    premiere = make_dossier(1).releves[0]
    premiere = replace(premiere, cle="k", valeur=Fraction(1), numerateur=None, denominateur=None)
    premiere = replace(premiere, jalon=None, ordre=(1 << 24) + rang, indicateur="i1")
    seconde = replace(premiere, valeur=Fraction(2), ordre=(200 << 24) + rang)
    dossier = replace(make_dossier(1), releves=[seconde, premiere], cibles=[])
    colonnes = FaitsEnColonnes.build(dossier)
    debut = FaitsEnColonnes.build(replace(dossier, releves=[premiere]))
    fusion = debut.merge(read_releves([seconde], debut.numeros))
    for lues in (colonnes, fusion):
        numero = lues.numeros.get_cellule("i1", premiere.territoire)
        connus = lues.read_cellule(numero, dt.date(2030, 1, 1)).releves
        assert [(r.ordre, r.valeur) for r in connus] == [(seconde.ordre, Fraction(2))]


@pytest.mark.parametrize("seuil", [0, 10_000])
def test_une_grande_fusion_et_une_petite(seuil: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking for each place, or sorting all again: the same columns."""
    monkeypatch.setattr("quartiers.core.colonnes.releves._PEU", seuil)
    dossier = make_dossier(11)
    ensemble = FaitsEnColonnes.build(dossier)
    debut = FaitsEnColonnes.build(replace(dossier, releves=dossier.releves[:80]))
    fusion = debut.merge(read_releves(dossier.releves[80:], debut.numeros))
    assert np.array_equal(ensemble.releves.valeur, fusion.releves.valeur)
    assert np.array_equal(ensemble.releves.fin, fusion.releves.fin)


def test_un_fait_se_retrouve_par_sa_ligne() -> None:
    """The line retained gives back the relevé: its day, its value, its order."""
    dossier = make_dossier(5)
    colonnes = FaitsEnColonnes.build(dossier)
    constats = evaluate_colonnes(colonnes, VU_LE, VU_LE)
    par_ordre = {r.ordre: r for r in dossier.releves}
    trouves = 0
    for cellule in np.flatnonzero(constats.ligne >= 0).tolist():
        lu = colonnes.read_releve(int(constats.ligne[cellule]))
        vrai = par_ordre[lu.ordre]
        assert (lu.date, lu.lu, lu.rang, lu.territoire) == (
            vrai.date,
            vrai.lu,
            vrai.rang,
            vrai.territoire,
        )
        assert constats.get_date(cellule) == vrai.date
        trouves += 1
    assert trouves > 10


@pytest.mark.parametrize("graine", range(6))
def test_une_cellule_se_relit_en_entier(graine: int) -> None:
    """What the plain computation reads from the columns is what it reads from the dossier."""
    dossier = make_dossier(graine)
    colonnes = FaitsEnColonnes.build(dossier)
    cellules = Cellules(dossier)
    for indicateur in dossier.referentiel.list_indicateurs():
        for code in ("QRR-0", "QRR-3"):
            numero = colonnes.numeros.get_cellule(indicateur.code, code)
            lue = colonnes.read_cellule(numero, VU_LE)
            vraie = cellules.get(indicateur.code, code).read_at(VU_LE)
            assert {(r.ordre, r.lu, r.date) for r in lue.releves} == {
                (r.ordre, r.lu, r.date) for r in vraie.releves
            }
            gardees = [c for c in vraie.cibles if c.origine is not Origine.PROPOSITION]
            assert {(c.ordre, c.echeance, c.base) for c in lue.cibles} == {
                (c.ordre, c.echeance, c.base) for c in gardees
            }


def test_un_nombre_hors_de_toute_colonne_passe_par_le_calcul_simple() -> None:
    """A third, or a billion: the cell is judged one by one, its neighbours in columns."""
    dossier = make_dossier(3)
    tiers = replace(
        dossier.releves[0], indicateur="i1", territoire="QRR-0", valeur=Fraction(1, 3),
        numerateur=None, denominateur=None, jalon=None, cle=None, ordre=9_999, date=VU_LE, connu_le=VU_LE,
    )  # fmt: skip
    enorme = replace(tiers, territoire="QRR-1", valeur=Fraction(10**13), ordre=10_000)
    dossier.releves += [tiers, enorme]
    colonnes = FaitsEnColonnes.build(dossier)
    constats = evaluate_colonnes(colonnes, VU_LE, VU_LE)
    attendues = [colonnes.numeros.get_cellule("i1", code) for code in ("QRR-0", "QRR-1")]
    assert set(attendues) <= set(constats.complexes.tolist())
    autres = [
        d
        for d in list_differences(dossier, colonnes, VU_LE, VU_LE)
        if " valeur 1/3 " not in d and " valeur 10000000000000 " not in d
    ]
    assert autres == []


def test_un_dossier_vide() -> None:
    """No fait, or not even an indicateur: everything is unknown, nothing fails."""
    monde, _ = make_monde(1)
    for nom in ("releves", "valeurs", "objets", "listes", "confirmations", "sans_objet", "cibles"):
        monde[nom] = []
    dossier = build_dossier(monde)
    colonnes = FaitsEnColonnes.build(dossier)
    constats = evaluate_colonnes(colonnes, VU_LE, VU_LE)
    assert len(constats) > 0
    assert (constats.statut == CODES[Statut.NON_RENSEIGNE]).all()
    assert list_differences(dossier, colonnes, VU_LE, VU_LE) == []
    assert list_differences_remontees(dossier, colonnes, VU_LE, VU_LE)[1] == []
    rien = replace(dossier, referentiel=replace(dossier.referentiel, engagements=()))
    assert len(evaluate_colonnes(FaitsEnColonnes.build(rien), VU_LE, VU_LE)) == 0


def test_les_versions_sont_celles_du_calcul_simple() -> None:
    """The day each line was replaced, keys that move from a cell to another one included."""
    for graine in range(20):
        dossier = make_dossier(graine)
        colonnes = FaitsEnColonnes.build(dossier).releves
        attendu = {
            r.ordre: fin.toordinal() if not r.is_retrait else r.connu_le.toordinal()
            for r, fin in list_versions(dossier.releves)
        }
        for ordre, fin in zip(colonnes.ordre.tolist(), colonnes.fin.tolist(), strict=True):
            assert min(fin, dt.date.max.toordinal()) == attendu[ordre]


def test_une_difference_se_verrait() -> None:
    """The comparison is not blind: one value changed in the columns is told."""
    dossier = make_dossier(7)
    colonnes = FaitsEnColonnes.build(dossier)
    constats = evaluate_colonnes(colonnes, VU_LE, VU_LE)
    ligne = int(constats.ligne[constats.ligne >= 0][0])
    colonnes.releves.valeur[ligne] += 1
    assert list_differences(dossier, colonnes, VU_LE, VU_LE) != []
