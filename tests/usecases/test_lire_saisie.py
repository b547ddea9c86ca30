"""A stop typed in a form: what its line asks of the base, and the distance worked out of it."""

from __future__ import annotations

import pytest

from quartiers.core.genres.arret import ArretDeclare
from quartiers.usecases.charger_contexte import build_contexte
from quartiers.usecases.lire_saisie import read_saisie
from tests.usecases.conftest import CONNU_LE

pytestmark = pytest.mark.django_db
ARRET = {
    "lieu": "9007",
    "territoire": "QC-FICTIF-CINQ-CHEMINS",
    "longitude": "2,361492",
    "latitude": "46,462648",
    "jour": "Lundi et mardi",
}


def test_un_arret_saisi_est_mesure(listes: None) -> None:
    lu, refus = read_saisie(ArretDeclare, ARRET, build_contexte(CONNU_LE), {})
    assert refus == ()
    assert lu is not None
    assert isinstance(lu.contenu, ArretDeclare)
    assert lu.contenu.jour == "lundi mardi"
    assert lu.contenu.distance_m is not None


@pytest.mark.parametrize(
    ("change", "colonne", "raison"),
    [
        ({"lieu": "9006"}, "lieu", "n'est pas mobile"),
        ({"latitude": ""}, "longitude", "longitude et latitude vont ensemble"),
        ({"longitude": "46,462648", "latitude": "2,361492"}, "longitude", "hors de la zone"),
    ],
)
def test_un_arret_faux_est_refuse(
    listes: None, change: dict[str, str], colonne: str, raison: str
) -> None:
    lu, refus = read_saisie(ArretDeclare, ARRET | change, build_contexte(CONNU_LE), {})
    assert lu is None
    assert [anomalie.colonne for anomalie in refus] == [colonne]
    assert raison in refus[0].raison
