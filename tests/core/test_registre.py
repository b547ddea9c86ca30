"""A register beside a bare value: who speaks, and what is said of it; the same as the slow hand."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import product

import pytest

from quartiers.core.etat import Etat, confront
from quartiers.core.fait import Rang
from quartiers.core.referentiel import Indicateur
from quartiers.core.statut import Drapeau
from quartiers.referentiel.charger import load_programme
from tests.oracle.derivation.cadre import Monde
from tests.oracle.derivation.etat import Reponse
from tests.oracle.derivation.referentiel import read_programme
from tests.oracle.derivation.registre import Valeur
from tests.oracle.derivation.registre import confront as confront_lentement
from tests.oracle.derivation.reponse import build_regard
from tests.referentiel.atelier import LIVRE

VU_LE = date(2026, 6, 30)
# A presence and a count where more is better, a count where less is, a share.
CODES = (
    "e03-a2-centre-social",
    "e06-a2-adultes-relais",
    "e06-o1-delai-pourvoi",
    "e06-a2-taux-pourvoi",
)
VIEUX, RECENTS = (
    VU_LE - timedelta(days=2000),
    (VU_LE - timedelta(days=9), VU_LE - timedelta(days=2)),
)


def get_indicateur(code: str) -> Indicateur:
    """One of the programme."""
    return next(i for i in load_programme(LIVRE).list_indicateurs() if i.code == code)


def build_etat(
    valeur: int, jour: date, rang: Rang, *, is_nu: bool, is_complet: bool = False
) -> Etat:
    """A state that is stale after its limit, or not."""
    perime_le = VU_LE + timedelta(days=1) if jour != VIEUX else VU_LE
    return Etat(
        rang=rang, valeur=Fraction(valeur), date=jour, perime_le=perime_le,
        calendrier_inconnu=False, faits=(), is_nu=is_nu, is_complet=is_complet,
    )  # fmt: skip


@pytest.mark.parametrize("code", CODES)
def test_le_meme_parle_que_chez_l_oracle(code: str) -> None:
    """Values, days, ranks, said complete or not: who speaks, and the flags."""
    indicateur = get_indicateur(code)
    regard = build_regard(Monde(territoires={}), [], read_programme(), code, "QPV-1", VU_LE, VU_LE)
    rangs = (Rang.VALIDE, Rang.NON_VALIDE)
    jours = (VIEUX, *RECENTS)
    vus = set()
    for dit, nu, jour_dit, jour_nu, rang, rang_nu, complet in product(
        (0, 1, 4), (0, 1, 4), jours, jours, rangs, (*rangs, Rang.RELEVE), (False, True)
    ):
        registre = build_etat(dit, jour_dit, rang, is_nu=False, is_complet=complet)
        nue = build_etat(nu, jour_nu, rang_nu, is_nu=True)
        premier, *autres = confront(indicateur, registre, [nue], VU_LE)
        attendu = confront_lentement(
            regard,
            Reponse(
                valeur=Fraction(dit), date=jour_dit, temoin=jour_dit, rang=int(rang),
                pointage=jour_dit if complet else None,
            ),
            Valeur(Fraction(nu), jour_nu, int(rang_nu)),
        )  # fmt: skip
        assert (premier.valeur, premier.date) == (attendu.valeur, attendu.date)
        incomplet = "registre_incomplet" in attendu.drapeaux
        assert (Drapeau.REGISTRE_INCOMPLET in premier.drapeaux) == incomplet
        if not complet and "desaccord" in attendu.drapeaux:
            assert any(e.valeur != premier.valeur for e in autres)
        vus.add((attendu.registre, incomplet))
    assert len(vus) >= 2
