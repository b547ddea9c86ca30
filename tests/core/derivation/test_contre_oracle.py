"""The projection and its readings beside the slow hand, on invented worlds: no difference."""

from __future__ import annotations

from functools import cache

import pytest

from quartiers.core.derivation.regle import build_regles
from quartiers.referentiel.charger import load_programme
from tests.core.derivation.comparaison import Comparateur, build_comparateur
from tests.oracle.derivation.mondes import list_codes, make_essai
from tests.oracle.derivation.referentiel import read_programme
from tests.referentiel.atelier import LIVRE

GRAINES = 3
"""Worlds around each indicateur; `tests/recette/ecriture_03_oracle.py` plays thousands."""
CODES = list_codes(read_programme(), cadre=True)


@cache
def get_comparateur() -> Comparateur:
    """The rules of the programme, compiled once."""
    referentiel = load_programme(LIVRE)
    return build_comparateur(referentiel, build_regles(referentiel))


@pytest.mark.parametrize("code", CODES)
def test_chaque_indicateur_dit_ce_que_dit_l_oracle(code: str) -> None:
    """Value, date, rank, how many things count, or silence."""
    comparees = 0
    for graine in range(GRAINES):
        essai = make_essai(graine, (code,), cadre=True)
        for comparaison in get_comparateur().compare(essai):
            comparees += 1
            assert comparaison.obtenue == comparaison.attendue, (
                graine,
                comparaison.question,
                comparaison.fenetre,
            )
    assert comparees >= 8 * GRAINES


def test_rien_de_su_plus_tard_ne_change_ce_que_l_on_savait() -> None:
    """With only the rows known on a day, each question of that day has the same answer."""
    comparateur = get_comparateur()
    parlees = 0
    for graine in range(40):
        essai = make_essai(graine, cadre=True)
        for question in essai.questions:
            tout = comparateur.answer(essai.monde, essai.lignes, question)
            sus = [ligne for ligne in essai.lignes if ligne.connu_le <= question[3]]
            assert comparateur.answer(essai.monde, sus, question) == tout
            parlees += tout is not None
    assert parlees > 100
