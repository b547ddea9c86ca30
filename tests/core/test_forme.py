"""Two ways to write the name of a producer are one; two names stay two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quartiers.core.forme import fold_identifiant
from tests.oracle.regard import fold_nom


@pytest.mark.parametrize(
    "ecrit",
    [
        "Préfecture de l’Hérault",
        "PRÉFECTURE DE L'HÉRAULT",
        "PREFECTURE DE L`HERAULT",
        "Pre\u0301fecture de l\u02bcHe\u0301rault",
        "  Préfecture\u00a0de   l'Hérault ",
        "Pré\u200bfecture de l'Hé\u00adrault\ufeff",
    ],
)
def test_une_source_autrement_ecrite_est_la_meme(ecrit: str) -> None:
    assert fold_identifiant(ecrit) == fold_identifiant("préfecture de l'hérault")


def test_les_traits_d_union_aussi() -> None:
    assert len({fold_identifiant(f"Seine{trait}Saint") for trait in "-‐‑‒–—−"}) == 1


@pytest.mark.parametrize(
    ("l_une", "l_autre"),
    [("T-01", "T 01"), ("T01", "T-01"), ("-1", "1"), ("12", "12.0"), ("a_b", "a-b"), ("", "s")],
)
def test_deux_noms_restent_deux(l_une: str, l_autre: str) -> None:
    assert fold_identifiant(l_une) != fold_identifiant(l_autre)


@given(
    st.text(st.sampled_from("aAéÉe\u0301 '’-–\u200b\u00a0\tœŒßİ`1"), max_size=8)
    | st.text(max_size=8)
)
def test_plier_deux_fois_revient_au_meme(texte: str) -> None:
    """Folded once and for all; the evaluator written apart compares the same names."""
    plie = fold_identifiant(texte)
    assert fold_identifiant(plie) == plie
    assert fold_nom(texte) == plie
