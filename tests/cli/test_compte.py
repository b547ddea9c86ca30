"""`quartiers compte facteur` : the second factor of who has lost the phone and the paper."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.contrib.auth.models import User

from quartiers.core.temps import PARIS
from quartiers.usecases.creer_compte import create_compte
from quartiers.usecases.tenir_facteur import confirm_facteur, find_facteur, prepare_facteur
from tests.cli.conftest import Sortie, call
from tests.codes_tires import read_code_de

LE = datetime(2026, 11, 30, 9, 0, tzinfo=PARIS)
pytestmark = pytest.mark.django_db


@pytest.fixture
def compte() -> User:
    """With a factor."""
    compte = create_compte(identifiant="vasseur", mot_de_passe=None, role="administrateur")
    numero = prepare_facteur(compte)
    confirm_facteur(compte=compte, numero=numero, code=read_code_de(compte), session="", le=LE)
    return compte


def test_la_commande_retire_le_second_facteur(compte: User, capsys: Sortie) -> None:
    assert call("compte", "facteur", "--retirer", "vasseur") == 0
    dit = "Second facteur de « vasseur » retiré ; sessions fermées : 0."
    assert dit in capsys.readouterr().out
    assert find_facteur(compte) is None
    assert call("compte", "facteur", "--retirer", "vasseur") == 1
    assert "n’a pas de second facteur" in capsys.readouterr().err


def test_personne_et_rien(compte: User, capsys: Sortie) -> None:
    assert call("compte", "facteur", "--retirer", "personne") == 1
    assert "aucun compte « personne »" in capsys.readouterr().err
    with pytest.raises(SystemExit, match="2"):
        call("compte", "facteur", "vasseur")
    assert find_facteur(compte) is not None
