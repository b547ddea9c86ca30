"""A timetable in words: « lundi 09:00-12:00 / 13:30-17:00 », one text a day."""

import re
from collections.abc import Iterable
from fractions import Fraction

JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
PLAGE = re.compile(r"(\d{1,2})[:hH](\d{2})\s*-\s*(\d{1,2})[:hH](\d{2})", re.ASCII)


def read_horaires(textes: Iterable[str]) -> dict[str, int] | None:
    """Minutes of each day; None when one text cannot be read, or when none says anything."""
    minutes: dict[str, int] = {}
    for texte in textes:
        jour, _, plages = texte.strip().partition(" ")
        compte = count_minutes(plages)
        if jour.casefold() not in JOURS or jour.casefold() in minutes or compte is None:
            return None
        minutes[jour.casefold()] = compte
    return minutes if sum(minutes.values()) else None


def count_minutes(texte: str) -> int | None:
    """Minutes open in a day; slots that overlap or go backwards say nothing."""
    total = fin = 0
    for morceau in texte.split("/"):
        trouve = PLAGE.fullmatch(morceau.strip())
        if trouve is None:
            return None
        h1, m1, h2, m2 = (int(groupe) for groupe in trouve.groups())
        debut, suivante = 60 * h1 + m1, 60 * h2 + m2
        if max(m1, m2) >= 60 or not fin <= debut < suivante <= 24 * 60:
            return None
        total += suivante - debut
        fin = suivante
    return total


def count_heures(textes: Iterable[str]) -> Fraction | None:
    """Hours open in a week."""
    minutes = read_horaires(textes)
    return None if minutes is None else Fraction(sum(minutes.values()), 60)


def count_jours(textes: Iterable[str]) -> Fraction | None:
    """Days open in a week."""
    minutes = read_horaires(textes)
    return None if minutes is None else Fraction(sum(1 for compte in minutes.values() if compte))
