"""Dates, ISO or French; a day that does not exist is refused, never moved to the next one."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
_FRANCAISE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_DEUX_CHIFFRES = re.compile(r"\d{1,2}/\d{1,2}/(\d{2})", re.ASCII)
ANNEES = range(1900, 2101)


@lru_cache(maxsize=4096)  # a file says the same few hundred days over and over
def parse_jour(texte: str) -> date:
    """`2024-08-01` or `01/08/2024`; ValueError, in French, for anything else."""
    brut = texte.strip()
    if trouve := _ISO.fullmatch(brut):
        annee, mois, jour = (int(groupe) for groupe in trouve.groups())
    elif trouve := _FRANCAISE.fullmatch(brut):
        jour, mois, annee = (int(groupe) for groupe in trouve.groups())
    elif trouve := _DEUX_CHIFFRES.fullmatch(brut):
        raise ValueError(f"« {brut} » : année sur deux chiffres, écrire 20{trouve[1]}")
    else:
        raise ValueError(f"« {brut} » n’est pas une date (AAAA-MM-JJ ou JJ/MM/AAAA)")
    if annee not in ANNEES:
        raise ValueError(f"« {brut} » : année hors de {ANNEES[0]}-{ANNEES[-1]}")
    try:
        return date(annee, mois, jour)
    except ValueError:
        raise ValueError(f"« {brut} » n’existe pas au calendrier") from None
