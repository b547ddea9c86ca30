"""Each story says what it says; what comes later never rewrites what was seen before."""

from __future__ import annotations

import re

import pytest

from quartiers.core.composition import AnyConstat, compose_tableau
from quartiers.core.dossier import Dossier
from quartiers.core.explication import say_any_raison
from quartiers.core.tableau import Tableau
from quartiers.reports.tableau_json import render_tableau, write_json
from tests.cas.histoire import Histoire, Regard, load_histoires
from tests.core.adaptateur import reduce_tableau
from tests.spec.geographie import get_code
from tests.spec.verifier import compare_cellule, compare_engagement, find_cellule

EMPREINTE = re.compile(r'(?<="empreinte": ")[0-9a-f]{64}(?=")')
HISTOIRES = {histoire.code: histoire for histoire in load_histoires()}
REGARDS = [
    pytest.param(histoire, rang, regard, id=f"{code} · {regard.vu_le} · {numero}")
    for code, histoire in HISTOIRES.items()
    for rang, temps in enumerate(histoire.temps)
    for numero, regard in enumerate(temps.regards)
]


def look(dossier: Dossier, regard: Regard) -> Tableau:
    """The tableau a look asks for."""
    return compose_tableau(dossier, get_code(regard.territoire), regard.vu_le, regard.connu_le)


def find_constat(tableau: Tableau, code: str) -> AnyConstat | None:
    """The constat of an indicateur in a tableau."""
    parties = [action.indicateurs for e in tableau.engagements for action in e.actions]
    parties += [objectif.indicateurs for e in tableau.engagements for objectif in e.objectifs]
    return next((c for partie in parties for c in partie if c.indicateur.code == code), None)


def list_ecarts(dossier: Dossier, regard: Regard) -> list[str]:
    """Differences between a look and the tableau."""
    tableau = look(dossier, regard)
    rendu = reduce_tableau(tableau)
    if regard.engagement is not None:
        vu = next(e for e in tableau.engagements if e.engagement.code == regard.engagement)
        reduit = next(e for e in rendu["engagements"] if e["code"] == regard.engagement)
        return compare_engagement(regard.attendu, reduit | {"cause": vu.cause})
    assert regard.indicateur is not None
    cellule = find_cellule(rendu, regard.indicateur)
    constat = find_constat(tableau, regard.indicateur)
    assert cellule is not None
    assert constat is not None
    ecarts = compare_cellule(regard.attendu, cellule)
    raison = say_any_raison(constat)
    if regard.phrase is not None and regard.phrase not in raison.replace("\u00a0", " "):
        ecarts.append(f"phrase : « {regard.phrase} » attendu, « {raison} » obtenu")
    return ecarts


@pytest.mark.parametrize(("histoire", "rang", "regard"), REGARDS)
def test_ce_que_l_on_voit_a_ce_moment_de_l_histoire(
    histoire: Histoire, rang: int, regard: Regard
) -> None:
    """With the chapters told so far."""
    assert list_ecarts(histoire.build_dossier(rang), regard) == []


@pytest.mark.parametrize(("histoire", "rang", "regard"), REGARDS)
def test_la_suite_ne_change_rien_a_ce_que_l_on_voyait(
    histoire: Histoire, rang: int, regard: Regard
) -> None:
    """With the whole story, to the byte: what is learnt later is not known then.

    A file to which lines were added has another digest, and says the same.
    """
    alors = write_json(render_tableau(look(histoire.build_dossier(rang), regard)))
    apres = write_json(render_tableau(look(histoire.build_dossier(), regard)))
    assert EMPREINTE.sub("", apres) == EMPREINTE.sub("", alors)


def test_une_correction_ne_rend_pas_le_premier_tableau_irretrouvable() -> None:
    """The issue's doubling: two tableaux at two days of knowledge, and the first again, byte for byte."""
    histoire = HISTOIRES["cordees-corrigees"]
    dossier = histoire.build_dossier()
    avant, apres = histoire.temps[1].regards[0], histoire.temps[2].regards[1]
    assert avant.vu_le == apres.vu_le
    premier = write_json(render_tableau(look(dossier, avant)))
    corrige = write_json(render_tableau(look(dossier, apres)))
    encore = write_json(render_tableau(look(histoire.build_dossier(), avant)))
    assert corrige != premier
    assert encore == premier
    assert '"valeur": 90' in premier
    assert '"valeur": 97' in corrige


def test_les_histoires_sont_la() -> None:
    assert len(HISTOIRES) >= 4
    assert all(len(histoire.temps) >= 3 for histoire in HISTOIRES.values())
