"""Each form that the programme announces exists, for a quartier of its level."""

from __future__ import annotations

import pytest

from quartiers.core.territoire import Niveau
from quartiers.core.voie_de_saisie import find_plus_courte, list_voies
from quartiers.usecases.charger_contexte import load_referentiel
from tests.web.conftest import TILLEULS, SignIn


def test_chaque_voie_d_un_quartier_s_ouvre(sign_in: SignIn) -> None:
    """One way of each form: of every kind, and of every sort of value."""
    client = sign_in("demo-sous-prefete")
    vues: dict[tuple[str, str], str] = {}
    for indicateur in load_referentiel().list_indicateurs():
        if indicateur.niveau is Niveau.QUARTIER:
            for voie in list_voies(indicateur):
                vues.setdefault(
                    (voie.genre, "" if voie.genre else indicateur.genre.value), voie.chemin
                )
    assert {genre for genre, _ in vues} >= {"", "poste", "seance", "cohorte", "activite", "lieu"}
    for chemin in vues.values():
        assert client.get(chemin.replace("CODE", TILLEULS)).status_code == 200, chemin


@pytest.mark.parametrize("code", ["E06-A2", "E08-A1"])
def test_la_plus_courte_demande_le_moins_de_champs(code: str) -> None:
    actions = {a.code: a for e in load_referentiel().engagements for a in e.actions}
    courte = find_plus_courte(actions[code])
    assert courte is not None
    assert courte.champs == min(voie.champs for voie in list_voies(actions[code].principal))
