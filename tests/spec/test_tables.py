"""Every example of every table, on the product's computation and on the slow evaluator."""

from __future__ import annotations

import pytest

from tests.oracle.evaluateur import evaluate as evaluate_lentement
from tests.spec.tables import Cas, Groupe, list_cas, load_themes
from tests.spec.verifier import list_ecarts

CAS = list_cas(load_themes())
NOMS = [f"{theme.code} · {cas.nom}" for theme, _, cas in CAS]


@pytest.mark.parametrize(("groupe", "cas"), [(g, c) for _, g, c in CAS], ids=NOMS)
def test_le_calcul_dit_ce_que_dit_la_table(groupe: Groupe, cas: Cas) -> None:
    assert list_ecarts(groupe, cas) == []


@pytest.mark.parametrize(("groupe", "cas"), [(g, c) for _, g, c in CAS], ids=NOMS)
def test_l_evaluateur_lent_dit_ce_que_dit_la_table(groupe: Groupe, cas: Cas) -> None:
    assert list_ecarts(groupe, cas, evaluate_lentement) == []
