"""Dates, ISO or French; a day that does not exist is refused, never moved to the next one."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from quartiers.core.jour_ecrit import FRANCAIS, ISO, CauseDeRefus, JourRefuse, read_jour
from quartiers.sources.forme import plain_texte

_DEUX_CHIFFRES = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](\d{2})", re.ASCII)
# What a spreadsheet or a program writes after a day, and says nothing when it is midnight.
_HEURE = re.compile(
    r"(?:T| +)(\d{1,2})(?:h|[:h](\d{2}))?(?::(\d{2})(?:[.,](\d+))?)?(?: ?(?:Z|UTC|[+-]\d{2}:?\d{2}))?",
    re.ASCII,
)
ANNEES = range(1900, 2101)
REFUS = {
    CauseDeRefus.ILLISIBLE: "n’est pas une date (AAAA-MM-JJ ou JJ/MM/AAAA)",
    CauseDeRefus.HORS_DES_ANNEES: f": année hors de {ANNEES[0]}-{ANNEES[-1]}",
    CauseDeRefus.INEXISTANT: "n’existe pas au calendrier",
}


@lru_cache(maxsize=4096)  # a file says the same few hundred days over and over
def parse_jour(texte: str) -> date:
    """`2024-08-01` or `01/08/2024`, perhaps followed by midnight; ValueError, in French, for anything else."""
    brut = plain_texte(texte)
    jour_seul = _strip_minuit(brut)
    try:
        return read_jour(jour_seul, ANNEES)
    except JourRefuse as refus:
        if trouve := _DEUX_CHIFFRES.fullmatch(jour_seul):
            raise ValueError(
                f"« {brut} » : année sur deux chiffres, écrire 20{trouve[1]}"
            ) from None
        raise ValueError(f"« {brut} » {REFUS[refus.cause]}") from None


def _strip_minuit(brut: str) -> str:
    """The day without its midnight; a real hour is refused: the day may be another one elsewhere."""
    if len(brut) <= len("JJ/MM/AAAA"):
        return brut
    debut = ISO.match(brut) or FRANCAIS.match(brut)
    heure = _HEURE.fullmatch(brut, debut.end()) if debut else None
    if debut is None or heure is None:
        return brut
    if any(int(groupe or 0) for groupe in heure.groups()):
        raise ValueError(f"« {brut} » : une date seule est attendue, sans heure")
    return brut[: debut.end()]
