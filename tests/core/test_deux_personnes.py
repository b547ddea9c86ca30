"""None of those who had a hand in a line may validate it; anybody else may."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from quartiers.core.deux_personnes import (
    RAISONS,
    EntreeDeRangee,
    Geste,
    Liees,
    LienDePersonnes,
    Main,
    find_empechement,
    list_mains,
)
from quartiers.core.temps import PARIS

ELLE, LUI, EUX = 1, 2, 3
LE = datetime(2026, 11, 23, 9, tzinfo=PARIS)
HEURE = timedelta(hours=1)


def make_entree(
    personne: int | None,
    au_nom_de: int | None = None,
    *,
    is_fichier: bool = False,
    le: datetime = LE,
) -> EntreeDeRangee:
    """A row, entered at that moment."""
    return EntreeDeRangee(le, personne, au_nom_de, is_fichier)


@pytest.mark.parametrize(
    ("derniere", "avant", "preuves", "liees", "attendu"),
    [
        (make_entree(ELLE), (), (), (), Geste.DECLARE),
        (make_entree(ELLE, LUI), (), (), (), Geste.SAISI),
        (make_entree(LUI, ELLE), (), (), (), Geste.AU_NOM),
        (make_entree(ELLE, is_fichier=True), (), (), (), Geste.IMPORTE),
        (make_entree(ELLE), (make_entree(LUI),), (), (), Geste.CORRIGE),
        # Declared before a mandat was taken over, or with another one: the person is the same.
        (make_entree(LUI), (make_entree(ELLE),), (), (), Geste.DECLARE_AVANT),
        (make_entree(LUI), (make_entree(EUX, ELLE),), (), (), Geste.DECLARE_AVANT),
        (make_entree(LUI), (), (ELLE,), (), Geste.PROUVE),
        (make_entree(LUI), (), (), (LUI,), Geste.DELEGUE),
        (make_entree(LUI, EUX), (), (), (EUX,), Geste.DELEGUE),
        (make_entree(LUI), (make_entree(EUX),), (EUX,), (), None),
        (make_entree(None), (), (), (LUI,), None),
    ],
)
def test_qui_a_touche_une_ligne_ne_la_valide_pas(
    derniere: EntreeDeRangee,
    avant: tuple[EntreeDeRangee, ...],
    preuves: tuple[int, ...],
    liees: tuple[int, ...],
    attendu: Geste | None,
) -> None:
    mains = list_mains(derniere, avant, [(personne, LE) for personne in preuves])
    assert find_empechement(ELLE, mains, Liees(frozenset(liees))) is attendu


def test_chaque_geste_a_sa_raison() -> None:
    assert RAISONS.keys() == set(Geste)


@pytest.mark.parametrize(
    ("debut", "fin", "attendu"),
    [
        (LE, None, Geste.DELEGUE),
        (LE - HEURE, LE + HEURE, Geste.DELEGUE),  # revoked since
        (LE - HEURE, LE, None),  # revoked before
        (LE + HEURE, None, None),  # given after, and not of today: `aujourd_hui` says it
    ],
)
@pytest.mark.parametrize(
    "mains",
    [
        list_mains(make_entree(LUI)),
        list_mains(make_entree(LUI, EUX)),
        list_mains(make_entree(EUX, LUI)),
        list_mains(make_entree(LUI, is_fichier=True)),
        list_mains(make_entree(EUX, le=LE + 9 * HEURE), [make_entree(LUI)]),
        list_mains(make_entree(EUX, le=LE + 9 * HEURE), [make_entree(EUX, LUI)]),
        list_mains(make_entree(EUX, le=LE - 9 * HEURE), (), [(LUI, LE)]),
    ],
)
def test_une_delegation_revoquee_ne_rend_pas_le_droit_de_juger_ce_qui_fut_fait_alors(
    mains: frozenset[Main], debut: datetime, fin: datetime | None, attendu: Geste | None
) -> None:
    """Whatever the hand, it is the moment of that hand which counts."""
    liees = Liees(liens=(LienDePersonnes(LUI, debut, fin),))
    assert find_empechement(ELLE, mains, liees) is attendu
