"""Why a declaration is sent back: a closed list, so that it can be counted, and words beside it."""

from __future__ import annotations

MOTIFS = {
    "preuve": "La pièce ne prouve pas la valeur",
    "date": "La date manque ou ne va pas",
    "territoire": "Ce n’est pas ce quartier",
    "double": "Compté deux fois",
    "personne": "Donnée personnelle visible",
    "autre": "Autre\u00a0: l’écrire",
}
AUTRE = "autre"
"""The only one that says nothing without words."""
MOT_MAX = 280
