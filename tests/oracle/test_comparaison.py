"""The comparison sees what it must see."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from tests.oracle.comparaison import compare, compare_mondes
from tests.oracle.evaluateur import evaluate


def make_tableau(**autres: Any) -> dict[str, Any]:
    """A small answer."""
    return {
        "code": "FR",
        "couverture": Fraction(1, 2),
        "actions": [
            {"code": "A1", "valeur": 1, "drapeaux": ["perdu"]},
            {"code": "A2", "valeur": None},
        ],
        **autres,
    }


def test_egaux() -> None:
    assert compare(make_tableau(), make_tableau()) == []
    assert compare({"v": 1}, {"v": Fraction(1)}) == []


@pytest.mark.parametrize(
    ("autres", "chemin"),
    [
        ({"couverture": Fraction(1, 3)}, "couverture : attendu"),
        ({"couverture": 0.5}, "couverture : attendu"),
        ({"couverture": None}, "couverture : attendu"),
        ({"en_plus": 1}, "en_plus : 1 en trop"),
        (
            {"actions": [{"code": "A1", "valeur": 1, "drapeaux": []}]},
            "actions[A1].drapeaux[0] : absent",
        ),
        ({"actions": []}, "actions[A1] : absent"),
        (
            {
                "actions": [
                    {"code": "A2", "valeur": None},
                    {"code": "A1", "valeur": True, "drapeaux": ["perdu"]},
                ]
            },
            "actions[A1].valeur : attendu 1, obtenu True",
        ),
        ({"actions": {}}, "actions : attendu"),
    ],
)
def test_differents(autres: dict[str, Any], chemin: str) -> None:
    ecarts = compare(make_tableau(), make_tableau(**autres))
    assert any(ecart.startswith(chemin) for ecart in ecarts), ecarts


def test_ordre() -> None:
    a, b = {"code": "a"}, {"code": "b"}
    assert compare({"x": [a, b]}, {"x": [b, a]}) == [
        "x : ordre attendu ['a', 'b'], obtenu ['b', 'a']"
    ]


def test_null_n_est_pas_absent() -> None:
    assert compare({"x": None}, {}) == ["x : attendu None, absent"]


def test_l_evaluateur_est_egal_a_lui_meme() -> None:
    assert list(compare_mondes(evaluate, range(20))) == []


def test_une_erreur_se_voit() -> None:
    def forget_drapeaux(
        monde: dict[str, Any], code: str, vu_le: date, connu_le: date
    ) -> dict[str, Any]:
        tableau = evaluate(monde, code, vu_le, connu_le)
        for engagement in tableau["engagements"]:
            for action in engagement["actions"]:
                for indicateur in action["indicateurs"]:
                    indicateur["drapeaux"] = []
        return tableau

    ecarts = list(compare_mondes(forget_drapeaux, range(20)))
    assert ecarts
    assert all("drapeaux" in ecart and ecart.startswith("monde ") for ecart in ecarts)
