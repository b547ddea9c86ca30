"""Rights on any accounts and records: more mandats never close, fewer days never open, nobody judges his own words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quartiers.core.droits import (
    FAMILLES,
    VALIDATIONS,
    Droits,
    MandatConfie,
    Sujet,
    Verbe,
    build_droits,
)
from quartiers.core.table_des_droits import TABLE, VISIBILITES
from tests.lois.reglage import loi

JOUR = date(2026, 11, 24)
COMPTE = 1
PARENTS = {
    "Q1": "C1",
    "Q2": "C1",
    "Q3": "C2",
    "C1": "D",
    "C2": "D",
    "D": "FR",
    "Q9": "E",
    "E": "FR",
}
CODES = st.sampled_from([*PARENTS, "FR"])
ORGANISMES = st.sampled_from(["", "CAF", "Ville"])
JOURS = st.none() | st.dates(JOUR - timedelta(3), JOUR + timedelta(3))
VERBES = st.sampled_from(list(Verbe))
MANDATS = st.builds(
    MandatConfie, st.sampled_from(list(TABLE)), CODES, ORGANISMES, du=JOURS, au=JOURS
)
SUJETS = st.builds(
    Sujet,
    st.sampled_from(list(FAMILLES)),
    st.lists(CODES, max_size=3).map(tuple),
    ORGANISMES,
    st.sampled_from(VALIDATIONS),
    st.sampled_from(VISIBILITES),
    st.frozensets(st.integers(1, 3), max_size=2),
)
LISTES = st.lists(MANDATS, max_size=4)


def list_tenants(code: str) -> list[str]:
    """Itself, then all that holds it."""
    tenants = [code] if code in PARENTS or code == "FR" else []
    while tenants and tenants[-1] in PARENTS:
        tenants.append(PARENTS[tenants[-1]])
    return tenants


def build(mandats: list[MandatConfie], le: date = JOUR) -> Droits:
    """The rights of the account on a day."""
    return build_droits(COMPTE, mandats, le, list_tenants)


@loi(200)
@given(LISTES, MANDATS, VERBES, SUJETS)
def test_un_mandat_de_plus_ne_ferme_rien(
    mandats: list[MandatConfie], autre: MandatConfie, verbe: Verbe, sujet: Sujet
) -> None:
    assert build(mandats).can(verbe, sujet) <= build([*mandats, autre]).can(verbe, sujet)


@loi(200)
@given(LISTES, VERBES, SUJETS, st.data())
def test_un_mandat_plus_large_n_ouvre_jamais_moins(
    mandats: list[MandatConfie], verbe: Verbe, sujet: Sujet, data: st.DataObject
) -> None:
    """Larger in space: what holds the territoire; in time: without its days."""
    larges = [
        replace(
            mandat,
            territoire=data.draw(st.sampled_from(list_tenants(mandat.territoire))),
            du=None,
            au=None,
        )
        for mandat in mandats
    ]
    assert build(mandats).can(verbe, sujet) <= build(larges).can(verbe, sujet)


@loi(200)
@given(LISTES, LISTES, VERBES, SUJETS)
def test_l_union_des_mandats_est_l_union_des_droits(
    uns: list[MandatConfie], autres: list[MandatConfie], verbe: Verbe, sujet: Sujet
) -> None:
    """Territoire by territoire; then one is enough to read, and all are needed for the rest."""
    droits = build([*uns, *autres])
    confies = build(uns).list_confies(verbe, sujet) | build(autres).list_confies(verbe, sujet)
    assert droits.list_confies(verbe, sujet) == confies
    un_par_un = [droits.can(verbe, replace(sujet, territoires=(c,))) for c in sujet.territoires]
    for code, oui in zip(sujet.territoires, un_par_un, strict=True):
        seul = replace(sujet, territoires=(code,))
        assert oui is (build(uns).can(verbe, seul) or build(autres).can(verbe, seul))
    attendu = any(un_par_un) if verbe is Verbe.LIRE else bool(un_par_un) and all(un_par_un)
    assert droits.can(verbe, sujet) is attendu


@loi(200)
@given(LISTES, VERBES, SUJETS, st.dates(JOUR - timedelta(5), JOUR + timedelta(5)))
def test_un_mandat_echu_ou_a_venir_n_ouvre_rien(
    mandats: list[MandatConfie], verbe: Verbe, sujet: Sujet, le: date
) -> None:
    tenus = [m for m in mandats if (m.du or le) <= le <= (m.au or le)]
    assert build(mandats, le).can(verbe, sujet) is build(tenus, le).can(verbe, sujet)
    finis = [replace(m, au=le - timedelta(1)) for m in mandats]
    a_venir = [replace(m, du=le + timedelta(1)) for m in mandats]
    assert not build(finis + a_venir, le).can(verbe, sujet)


@loi(200)
@given(LISTES, SUJETS)
def test_nul_ne_valide_ce_qu_il_a_ecrit(mandats: list[MandatConfie], sujet: Sujet) -> None:
    """With any mandats, on all territoires; and only what waits for it is validated."""
    tout = [*mandats, MandatConfie("prefet", "FR", "CAF"), MandatConfie("sous_prefet_ville", "FR")]
    sien = replace(sujet, auteurs=sujet.auteurs | {COMPTE})
    assert not build(tout).can(Verbe.VALIDER, sien)
    d_un_autre = replace(sujet, auteurs=sujet.auteurs - {COMPTE})
    attendu = bool(sujet.territoires) and sujet.validation == "soumis"
    assert build(tout).can(Verbe.VALIDER, d_un_autre) is attendu


@loi(200)
@given(LISTES, VERBES, SUJETS)
def test_qui_agit_sur_un_enregistrement_peut_le_lire(
    mandats: list[MandatConfie], verbe: Verbe, sujet: Sujet
) -> None:
    """Nothing is written, validated or published blind."""
    droits = build(mandats)
    assert droits.can(verbe, sujet) <= droits.can(Verbe.LIRE, sujet)


@loi(200)
@given(LISTES, VERBES, SUJETS)
def test_un_brouillon_reste_dans_son_organisme(
    mandats: list[MandatConfie], verbe: Verbe, sujet: Sujet
) -> None:
    etrangers = [m for m in mandats if not m.organisme or m.organisme != sujet.organisme]
    assert not build(etrangers).can(verbe, replace(sujet, validation="brouillon"))
