"""Weekly opening hours out of cells such as `09:00 - 12:00 / 13:30 - 17:00`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

MINUIT = 24 * 60
JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_SEPARATEURS = re.compile(r"[,;]")
_PLAGE = re.compile(r"(\d{1,2})[:hH](\d{2})\s*-\s*(\d{1,2})[:hH](\d{2})", re.ASCII)


def count_heures(horaires: Mapping[str, str]) -> Fraction | None:
    """Hours a week; None when a cell cannot be read, or when none says anything: unknown is never zero."""
    minutes = [count_minutes(texte) for texte in horaires.values()]
    if any(compte is None for compte in minutes):
        return None
    total = sum(compte for compte in minutes if compte is not None)
    return Fraction(total, 60) if total else None


def list_illisibles(horaires: Mapping[str, str]) -> list[str]:
    """Days whose cell cannot be read."""
    return [jour for jour, texte in horaires.items() if count_minutes(texte) is None]


def count_minutes(texte: str) -> int | None:
    """Minutes of one day. `00:00 - 00:00` is an empty slot; slots that overlap or go backwards say nothing."""
    total = fin = 0
    for plage in filter(None, (morceau.strip() for morceau in texte.split("/"))):
        trouve = _PLAGE.fullmatch(plage)
        if trouve is None:
            return None
        debut_h, debut_m, fin_h, fin_m = (int(groupe) for groupe in trouve.groups())
        debut, suivante = 60 * debut_h + debut_m, 60 * fin_h + fin_m
        if debut == suivante == 0:
            continue
        if max(debut_m, fin_m) >= 60 or not fin <= debut < suivante <= MINUIT:
            return None
        total += suivante - debut
        fin = suivante
    return total


def read_horaires(texte: str) -> dict[str, str] | None:
    """« lundi 09:00 - 12:00, mardi … » → the slots of each day; None when a part names no day, or one twice."""
    horaires: dict[str, str] = {}
    for partie in filter(None, (morceau.strip() for morceau in _SEPARATEURS.split(texte))):
        jour, _, plages = partie.partition(" ")
        jour = jour.casefold()
        if jour not in JOURS or jour in horaires:
            return None
        horaires[jour] = plages
    return horaires


def write_horaires(horaires: Mapping[str, str]) -> str:
    """« lundi 09:00 - 12:00 ; mardi … »; a cell that holds one of the signs between days could not be read, nor is it then."""
    return " ; ".join(f"{jour} {_SEPARATEURS.sub(' ·', texte)}" for jour, texte in horaires.items())


def count_jours(horaires: Mapping[str, str]) -> Fraction | None:
    """Days of a week with an opening; None when a cell cannot be read, or when none says anything."""
    minutes = [count_minutes(texte) for texte in horaires.values()]
    if any(compte is None for compte in minutes):
        return None
    ouverts = sum(1 for compte in minutes if compte)
    return Fraction(ouverts) if ouverts else None
