"""Two sizes: the one played at each change, and the whole one (`lancer.py tests --entier`, `lancer_recette --entier`)."""

from __future__ import annotations

import os
import sys

OPTION = "--entier"
ENTIERE = "TAILLE_ENTIERE"
"""Set by either option for the processes it starts."""


def is_entiere() -> bool:
    """The full size was asked for, of all or of one program."""
    return OPTION in sys.argv or bool(os.environ.get(ENTIERE))
