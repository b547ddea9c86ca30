"""Each reason for which a fait is set aside is said in its own words."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from quartiers.core.constat import Constat, FaitRetenu
from quartiers.core.enregistrement import Enregistrement, Validation
from quartiers.core.fait import Objet, Preuve, Rang, Releve, SansObjet
from quartiers.core.registre import EnregistrementRetenu
from quartiers.core.statut import Drapeau, Statut
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


ENREGISTRE = EnregistrementRetenu(
    "i", "Q",
    Enregistrement(
        genre="poste", objet="P-1", le=JOUR, connu_le=JOUR, ordre=1, contenu=None, liens=(),
        validation=Validation.VALIDE, numero=1, preuve=Preuve("p", "poste", "Poste « P-1 »", "DDETS"),
    ),
    1, JOUR,
)  # fmt: skip


@pytest.mark.parametrize(
    ("retenu", "ecarte", "drapeaux", "dit"),
    [
        (make_releve(Rang.RELEVE), ENREGISTRE, {Drapeau.REGISTRE_INCOMPLET}, "la plus grande valeur parle, tant que personne n’a dit que tout est enregistré"),
        (ENREGISTRE, make_releve(Rang.RELEVE), {Drapeau.REGISTRE_INCOMPLET}, "la plus grande valeur parle, tant que personne n’a dit que tout est enregistré"),
        (ENREGISTRE, make_releve(Rang.RELEVE), set(), "des enregistrements plus sûrs, plus récents ou dits complets parlent"),
        (make_releve(Rang.VALIDE), ENREGISTRE, set(), "une valeur plus sûre, ou plus récente, parle"),
        (OBJET, ENREGISTRE, set(), "une autre source est plus sûre, ou plus à jour"),
        (ENREGISTRE, OBJET, set(), "une autre source est plus sûre, ou plus à jour"),
    ],
)  # fmt: skip
def test_un_enregistrement_a_cote_d_une_valeur_dit_pourquoi(
    retenu: FaitRetenu, ecarte: FaitRetenu, drapeaux: set[Drapeau], dit: str
) -> None:
    indicateur = next(build_monde().referentiel.list_indicateurs())
    constat = Constat(
        indicateur, "Q", Statut.ATTEINT, drapeaux=frozenset(drapeaux), faits=(retenu,), ecartes=(ecarte,)
    )  # fmt: skip
    assert write_ecart(ecarte, constat) == dit
