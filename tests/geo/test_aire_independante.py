"""The second hand is judged first, on areas that anyone can compute."""

from __future__ import annotations

import numpy as np
import pytest

from tests.geo.aire_independante import measure_area, measure_common_area, measure_distance

CARRE = np.array([[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]], dtype=float)
TROU = np.array([[4, 4], [6, 4], [6, 6], [4, 6], [4, 4]], dtype=float)
NOEUD = np.array([[0, 0], [10, 10], [10, 0], [0, 10], [0, 0]], dtype=float)


def test_areas_by_hand() -> None:
    assert measure_area([CARRE]) == pytest.approx(100)
    assert measure_area([CARRE, TROU]) == pytest.approx(96)
    assert measure_area([NOEUD]) == pytest.approx(50)
    assert measure_area([CARRE, CARRE + 20]) == pytest.approx(200)
    assert measure_common_area([CARRE], [CARRE + 5]) == pytest.approx(25)
    assert measure_common_area([CARRE, TROU], [CARRE + 5]) == pytest.approx(24)
    assert measure_common_area([CARRE], [NOEUD + 5]) == pytest.approx(12.5)
    assert measure_common_area([CARRE], [CARRE + np.array([10, 0])]) == pytest.approx(0)
    assert measure_common_area([CARRE], [CARRE + 20]) == 0


def test_distances_by_hand() -> None:
    assert measure_distance([CARRE], 3, 3) == 0
    assert measure_distance([CARRE], 13, 14) == pytest.approx(5)
    assert measure_distance([CARRE], -2, 5) == pytest.approx(2)
    assert measure_distance([CARRE, TROU], 5, 4.5) == pytest.approx(0.5)
