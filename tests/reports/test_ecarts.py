"""Each reason for which a fait is set aside is said in its own words."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from quartiers.core.constat import Constat, FaitRetenu
from quartiers.core.fait import Objet, Rang, Releve, SansObjet
from quartiers.core.statut import Statut
from quartiers.reports.presentation.ecarts import write_ecart
from tests.reports.monde import build_monde

JOUR = date(2026, 11, 1)


def make_releve(rang: Rang, source: str = "", valeur: int = 1) -> Releve:
    """A value of that rank, of that day."""
    return Releve("i", "Q", JOUR, JOUR, 1, valeur=Fraction(valeur), rang=rang, source=source)


OBJET = Objet("i", "Q", "o", "s", Rang.LISTE, JOUR, None, JOUR, 400.0, None, JOUR, 1)
SANS_OBJET = SansObjet("i", "Q", "hors_programme", JOUR, JOUR, 1)


@pytest.mark.parametrize(
    ("retenu", "ecarte", "statut", "dit"),
    [
        (make_releve(Rang.LISTE), make_releve(Rang.RELEVE), Statut.ATTEINT, "une liste officielle passe avant un relevé"),
        (make_releve(Rang.RELEVE), make_releve(Rang.VALIDE), Statut.ATTEINT, "trop ancien pour compter, un relevé est à jour"),
        (make_releve(Rang.RELEVE), make_releve(Rang.RELEVE), Statut.ATTEINT, "une autre valeur du même jour a été sue depuis"),
        (make_releve(Rang.RELEVE, "DDETS"), make_releve(Rang.RELEVE, "ddets", 2), Statut.ATTEINT, "une autre valeur du même jour a été sue depuis"),
        (make_releve(Rang.RELEVE, "DDETS"), make_releve(Rang.RELEVE, "Mairie", 2), Statut.ATTEINT, "une autre source, sue depuis, dit autre chose du même jour"),
        (make_releve(Rang.RELEVE, "DDETS"), make_releve(Rang.RELEVE, "Mairie"), Statut.ATTEINT, "une autre source, sue depuis, dit la même chose du même jour"),
        (OBJET, OBJET, Statut.ATTEINT, "plus loin que ce qui compte"),
        (SANS_OBJET, make_releve(Rang.RELEVE), Statut.SANS_OBJET, "l’action est sans objet"),
    ],
)  # fmt: skip
def test_chaque_ecart_dit_sa_raison(
    retenu: FaitRetenu, ecarte: FaitRetenu, statut: Statut, dit: str
) -> None:
    indicateur = next(build_monde().referentiel.list_indicateurs())
    constat = Constat(indicateur, "Q", statut, faits=(retenu,), ecartes=(ecarte,))
    assert write_ecart(ecarte, constat) == dit
