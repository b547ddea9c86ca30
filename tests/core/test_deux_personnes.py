"""None of those who had a hand in a line may validate it; anybody else may."""

from __future__ import annotations

import pytest

from quartiers.core.deux_personnes import (
    RAISONS,
    EntreeDeRangee,
    Geste,
    find_empechement,
    list_mains,
)

ELLE, LUI, EUX = 1, 2, 3


@pytest.mark.parametrize(
    ("derniere", "avant", "preuves", "liees", "attendu"),
    [
        (EntreeDeRangee(ELLE), (), (), (), Geste.DECLARE),
        (EntreeDeRangee(ELLE, LUI), (), (), (), Geste.SAISI),
        (EntreeDeRangee(LUI, ELLE), (), (), (), Geste.AU_NOM),
        (EntreeDeRangee(ELLE, is_fichier=True), (), (), (), Geste.IMPORTE),
        (EntreeDeRangee(ELLE), (EntreeDeRangee(LUI),), (), (), Geste.CORRIGE),
        # Declared before a mandat was taken over, or with another one: the person is the same.
        (EntreeDeRangee(LUI), (EntreeDeRangee(ELLE),), (), (), Geste.DECLARE_AVANT),
        (EntreeDeRangee(LUI), (EntreeDeRangee(EUX, ELLE),), (), (), Geste.DECLARE_AVANT),
        (EntreeDeRangee(LUI), (), (ELLE,), (), Geste.PROUVE),
        (EntreeDeRangee(LUI), (), (), (LUI,), Geste.DELEGUE),
        (EntreeDeRangee(LUI, EUX), (), (), (EUX,), Geste.DELEGUE),
        (EntreeDeRangee(LUI), (EntreeDeRangee(EUX),), (EUX,), (), None),
        (EntreeDeRangee(None), (), (), (LUI,), None),
    ],
)
def test_qui_a_touche_une_ligne_ne_la_valide_pas(
    derniere: EntreeDeRangee,
    avant: tuple[EntreeDeRangee, ...],
    preuves: tuple[int, ...],
    liees: tuple[int, ...],
    attendu: Geste | None,
) -> None:
    assert find_empechement(ELLE, list_mains(derniere, avant, preuves), liees) is attendu


def test_chaque_geste_a_sa_raison() -> None:
    assert RAISONS.keys() == set(Geste)
