"""Every derivation of the programme is understood, and what is not written there is refused."""

from dataclasses import replace
from typing import Any

import pytest

from tests.oracle.derivation.classement import (
    CALENDRIERS,
    CHAMPS,
    FENETRES,
    FILTRES,
    PORTEES,
    IncompriseError,
    check_indicateur,
    count_programme,
)
from tests.oracle.derivation.referentiel import Indicateur, read_programme

PROGRAMME = read_programme()


@pytest.mark.parametrize("code", sorted(PROGRAMME.indicateurs))
def test_l_oracle_comprend_chaque_derivation(code: str) -> None:
    check_indicateur(PROGRAMME, PROGRAMME.indicateurs[code])


def test_le_programme_emploie_tout_ce_que_l_oracle_connait() -> None:
    """Nothing is known here that no derivation asks."""
    tables = count_programme(PROGRAMME)
    assert set(tables["genres"]) == set(FILTRES)
    assert set(tables["comptes"]) == set(CHAMPS)
    assert set(tables["filtres"]) == {filtre for filtres in FILTRES.values() for filtre in filtres}
    assert set(tables["fenêtres"]) == set(FENETRES)
    assert set(tables["calendriers"]) == set(CALENDRIERS)
    assert set(tables["portées"]) == set(PORTEES)


def change(code: str, **autrement: Any) -> Indicateur:
    """An indicateur whose first derivation is changed; `filtre` is added to the one it has."""
    indicateur = PROGRAMME.indicateurs[code]
    premiere, *suite = indicateur.derivations
    if "filtre" in autrement:
        autrement["filtre"] = {**premiere.filtre, **autrement["filtre"]}
    return replace(indicateur, derivations=(replace(premiere, **autrement), *suite))


@pytest.mark.parametrize(
    "indicateur",
    [
        change("e06-a2-adultes-relais", de="Facteur"),
        change("e06-a2-adultes-relais", compte="moyenne"),
        change("e06-a2-adultes-relais", champ="employeur"),
        change("e06-a2-adultes-relais", portee="B"),
        change("e06-a2-adultes-relais", filtre={"tenue": True}),
        change("e06-a2-adultes-relais", filtre={"pourvu": "oui"}),
        change("e06-a2-adultes-relais", filtre={"pourvu": False}),
        change("e06-a2-adultes-relais", filtre={"fonction": ["facteur"]}),
        change("e06-a2-adultes-relais", filtre={"fonction": []}),
        change("e06-a2-adultes-relais", role="numerateur"),
        change("e06-a1-educateurs-etp", champ=None),
        change("e08-a1-gpo", filtre={"fenetre_mois": 0}),
        change("e08-a1-gpo", filtre={"fenetre": ["dernier_ete"]}),
        change("e09-a7-sejours", filtre={"fenetre": ["dernier_hiver"]}),
        change("e09-a7-sejours", filtre={"fenetre": ["dernier_ete", "dernier_mois_complet"]}),
        change("e03-a4-permanences", filtre={"fenetre_mois": 3}),
        replace(PROGRAMME.indicateurs["e03-a4-permanences"], nature="stock"),
        change("e07-a6-jobdating-vacances", compte="semaines"),
        change("e10-a5-delai-median", champ="jours_presence"),
    ],
)
def test_le_reste_est_refuse(indicateur: Indicateur) -> None:
    with pytest.raises(IncompriseError):
        check_indicateur(PROGRAMME, indicateur)
