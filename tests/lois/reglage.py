"""How many examples a law is tried on: a few seconds in all, the same ones every time in CI.

`LOIS_FOIS=20` tries twenty times more, for a night.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings


def loi(exemples: int = 150) -> settings:
    """Settings of one law; worlds are slow to draw, which is not a defect of the law."""
    return settings(
        max_examples=exemples * int(os.environ.get("LOIS_FOIS", "1")),
        derandomize=bool(os.environ.get("CI")),
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
