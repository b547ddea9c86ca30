"""The product's computation against the slow, obvious evaluator: 0 difference over a thousand small worlds.

Ten thousand of them at full size. The recette plays other worlds, and counts what they meet (item 8).
"""

from __future__ import annotations

import pytest

from tests.core.adaptateur import compute
from tests.oracle.comparaison import compare
from tests.oracle.evaluateur import evaluate
from tests.oracle.mondes import make_monde
from tests.suite.taille import is_entiere

LOT = 1000 if is_entiere() else 100
LOTS = 10


@pytest.mark.parametrize("lot", range(LOTS))
def test_chaque_monde_sans_une_difference(lot: int) -> None:
    """Each lot is a hundred seeded worlds, a thousand at full size, looked at one to three times each."""
    differences = []
    for seed in range(lot * LOT, (lot + 1) * LOT):
        monde, vues = make_monde(seed)
        for code, vu_le, connu_le in vues:
            attendu = evaluate(monde, code, vu_le, connu_le)
            obtenu = compute(monde, code, vu_le, connu_le)
            differences += [f"monde {seed}, {code} : {d}" for d in compare(attendu, obtenu)]
    assert differences == []


def test_une_difference_se_verrait() -> None:
    """The comparison is not blind: one status changed in one cell is told."""
    monde, vues = make_monde(0)
    attendu = evaluate(monde, *vues[0])
    obtenu = compute(monde, *vues[0])
    obtenu["engagements"][0]["statuts"] = {"atteint": 99}
    assert compare(attendu, obtenu) != []
