"""A day as people write it, ISO or French: one reader for files, addresses and calls; each says in its words what is wrong."""

from __future__ import annotations

import re
from datetime import date
from enum import Enum

ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
FRANCAIS = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)


class CauseDeRefus(Enum):
    """Why a text is not a day."""

    ILLISIBLE = "illisible"
    HORS_DES_ANNEES = "hors des années"
    INEXISTANT = "inexistant"


class JourRefuse(ValueError):  # noqa: N818 -- named in French like every noun of the product
    """The text is not a day; `cause` says why."""

    def __init__(self, cause: CauseDeRefus) -> None:
        super().__init__(cause.value)
        self.cause = cause


def read_jour(texte: str, annees: range) -> date:
    """`2026-11-23` or `23/11/2026`. Raises JourRefuse: a day that does not exist is never moved to the next one."""
    if trouve := ISO.fullmatch(texte):
        annee, mois, jour = (int(groupe) for groupe in trouve.groups())
    elif trouve := FRANCAIS.fullmatch(texte):
        jour, mois, annee = (int(groupe) for groupe in trouve.groups())
    else:
        raise JourRefuse(CauseDeRefus.ILLISIBLE)
    if annee not in annees:
        raise JourRefuse(CauseDeRefus.HORS_DES_ANNEES)
    try:
        return date(annee, mois, jour)
    except ValueError:
        raise JourRefuse(CauseDeRefus.INEXISTANT) from None
