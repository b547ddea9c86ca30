"""What a number format of a spreadsheet does to the number it shows.

A cell that shows `82,5 %` or `33/40` holds 0.825: what its author reads and what the file holds differ by a
hundred. A `%` written between quotes or after a backslash only decorates: the cell holds what it shows.
"""

from __future__ import annotations

import re

POURCENTAGE = "cellule au format pourcentage : écrire 82,5 pour 82,5 %"
FRACTION = "cellule au format fraction : écrire un nombre décimal, et 82,5 pour 82,5 %"

INTEGRES = {"9": POURCENTAGE, "10": POURCENTAGE, "12": FRACTION, "13": FRACTION}
"""The formats that a workbook uses without writing them, by number."""

# Quoted text, an escaped sign, the width of a sign, a sign that fills, a colour or a locale.
_DECOR = re.compile(r'"[^"]*(?:"|$)|[\\_*].|\[[^\]]*\]', re.DOTALL)
_BARRE = re.compile(r"[?#0]\s*/\s*[?#\d]")


def explain_format(code: str) -> str | None:
    """Why a number under this format is not what it seems, or None."""
    reste = _DECOR.sub("", code)
    if "%" in reste:
        return POURCENTAGE
    return FRACTION if _BARRE.search(reste) else None
