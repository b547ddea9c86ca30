"""The trajectory of a value: what was said, the straight way to the target, what was expected on the day.

Widths are percentages of the drawing and heights are pixels, so that words keep their size when it shrinks.
The numbers of the drawing all stand in the table beside it; its name is one sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from quartiers.core.constat import CibleResolue, Constat
from quartiers.core.fait import Releve
from quartiers.core.referentiel import Indicateur, Operateur
from quartiers.core.statut import Statut
from quartiers.core.temps import get_periode
from quartiers.reports.presentation.chemin import COURT, SANS_CHEMIN, get_attendu
from quartiers.reports.typographie import (
    MOIS_COURTS,
    format_date,
    format_quantite,
)

GAUCHE, DROITE = 3, 74
"""Percent of the width where time begins and ends; the name of the target stands on the right."""
PLACE_D_UN_MOT = 30
"""Percent of the width that the label of the expected value needs on its left."""
HAUT, BAS = 26, 118
"""Pixels: the highest value drawn, and the line of zero."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place of the drawing: percent from the left, pixels from the top."""

    x: str
    y: str
    texte: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A straight line between two places."""

    de: Point
    vers: Point


@dataclass(frozen=True, slots=True)
class Courbe:
    """A drawing of one indicateur. `route`, `attendu`, `perime` are absent when nothing says them.

    `is_au_dessus`: the value is on its way or better, so its label stands above; `is_tard`: on the right half;
    `has_place_a_gauche`: a label fits between it and the left edge.
    """

    phrase: str
    segments: tuple[Segment, ...]
    points: tuple[Point, ...]
    dernier: Point
    route: Segment | None
    cible: Point
    cible_fin: str
    attendu: Point | None
    attendu_texte: str
    perime: str
    perime_largeur: str
    debut: str
    fin: str
    is_au_dessus: bool
    is_tard: bool
    has_place_a_gauche: bool


@dataclass(frozen=True, slots=True)
class _Echelle:
    """From a date and a value to a place."""

    debut: date
    fin: date
    bas: Fraction
    haut: Fraction

    def place_jour(self, jour: date) -> Fraction:
        etendue = (self.fin - self.debut).days
        part = Fraction(min(max((jour - self.debut).days, 0), etendue), etendue)
        return GAUCHE + (DROITE - GAUCHE) * part

    def place(self, jour: date, valeur: Fraction, texte: str = "") -> Point:
        part = (valeur - self.bas) / (self.haut - self.bas)
        hauteur = BAS - (BAS - HAUT) * part
        return Point(f"{float(self.place_jour(jour)):.2f}", f"{float(hauteur):.1f}", texte)


def build_courbe(constat: Constat, releves: Sequence[Releve], vu_le: date) -> Courbe | None:
    """The drawing of a count or a share; None without value, without target or without two dates."""
    indicateur, cible = constat.indicateur, constat.cible
    valeur, jour = constat.valeur, constat.date
    if cible is None or cible.valeur is None or valeur is None or jour is None:
        return None
    if indicateur.genre in SANS_CHEMIN or cible.operateur is Operateur.EXACTEMENT:
        return None
    depart = get_depart(indicateur, cible)
    dites = keep_dites(constat, releves, depart[0] if indicateur.is_flux and depart else None)
    jours = [*dites, *([depart[0]] if depart else [])]
    debut, fin = min(jours), max(cible.echeance or vu_le, vu_le, *jours)
    if debut == fin:
        return None
    valeurs = [*dites.values(), cible.valeur, *([depart[1]] if depart else [])]
    bas, haut = min(Fraction(0), *valeurs), max(Fraction(0), *valeurs)
    if bas == haut:
        return None
    return _draw(constat, cible, dites, depart, vu_le, _Echelle(debut, fin, bas, haut))


def get_depart(indicateur: Indicateur, cible: CibleResolue) -> tuple[date, Fraction] | None:
    """Where the trajectory starts: a running total at zero on the first day of its période, else the base."""
    if indicateur.is_flux and indicateur.periode is not None and cible.echeance is not None:
        return get_periode(indicateur.periode, cible.echeance)[0], Fraction(0)
    jour = cible.base_date or cible.effet
    return (jour, cible.base) if jour is not None and cible.base is not None else None


def keep_dites(
    constat: Constat, releves: Sequence[Releve], depuis: date | None
) -> dict[date, Fraction]:
    """One value per day, in order, up to the value retained, which is always there (it may be a sum)."""
    assert constat.date is not None  # noqa: S101 - the caller checked both
    assert constat.valeur is not None  # noqa: S101
    dites: dict[date, Fraction] = {}
    for releve in sorted(releves, key=lambda r: (r.date, -r.rang, r.connu_le, r.ordre)):
        if releve.lu is None or releve.date > constat.date:
            continue
        if depuis is None or releve.date >= depuis:
            dites[releve.date] = releve.lu
    dites[constat.date] = constat.valeur
    return dict(sorted(dites.items()))


def _draw(
    constat: Constat,
    cible: CibleResolue,
    dites: dict[date, Fraction],
    depart: tuple[date, Fraction] | None,
    vu_le: date,
    echelle: _Echelle,
) -> Courbe:
    assert cible.valeur is not None  # noqa: S101 - build_courbe checked it
    unite = constat.indicateur.unite
    points = [echelle.place(jour, valeur) for jour, valeur in dites.items()]
    jour, valeur = list(dites.items())[-1]
    bout = echelle.place(cible.echeance or echelle.fin, cible.valeur)
    attendu = get_attendu(constat, depart[1], valeur) if depart else None
    perime = constat.perime_le if constat.perime_le and constat.perime_le <= vu_le else None
    bord = echelle.place_jour(perime) if perime else None
    dernier = echelle.place(jour, valeur, _write_court(valeur, unite))
    return Courbe(
        phrase=write_phrase(constat, cible, depart, attendu),
        segments=tuple(Segment(a, b) for a, b in pairwise(points)),
        points=tuple(points[:-1]),
        dernier=dernier,
        route=Segment(echelle.place(*depart), bout) if depart and cible.echeance else None,
        cible=Point(bout.x, bout.y, f"cible {_write_court(cible.valeur, unite)}"),
        cible_fin=f"{float(bout.x) + 2:.2f}",
        attendu_texte="" if attendu is None else format_quantite(attendu, unite, COURT),
        attendu=None
        if attendu is None
        else echelle.place(jour, attendu, _write_court(attendu, unite, COURT)),
        perime="" if bord is None else f"{float(bord):.2f}",
        perime_largeur="" if bord is None else f"{float(DROITE - bord):.2f}",
        debut=_write_mois(echelle.debut),
        fin=_write_mois(echelle.fin),
        is_au_dessus=is_au_dessus(constat, attendu),
        is_tard=float(dernier.x) > (GAUCHE + DROITE) / 2,
        has_place_a_gauche=float(dernier.x) > PLACE_D_UN_MOT,
    )


def is_au_dessus(constat: Constat, attendu: Fraction | None) -> bool:
    """The label of the value stands above it, unless the way to the target already passes there."""
    if attendu is None or constat.valeur is None:
        return constat.statut not in {Statut.ECHU_NON_ATTEINT, Statut.EN_RETARD}
    return constat.valeur >= attendu


def write_phrase(
    constat: Constat,
    cible: CibleResolue,
    depart: tuple[date, Fraction] | None,
    attendu: Fraction | None,
) -> str:
    """« De 2 postes le 1er janvier 2026 à 3 postes le 30 septembre 2026, pour une cible de… »."""
    unite = constat.indicateur.unite
    ici = f"{format_quantite(constat.valeur, unite)} le {format_date(constat.date)}"
    phrase = (
        f"De {format_quantite(depart[1], unite)} le {format_date(depart[0])} à {ici}"
        if depart
        else ici[:1].upper() + ici[1:]
    )
    fin = f" le {format_date(cible.echeance)}" if cible.echeance else ", sans échéance"
    phrase += f", pour une cible de {format_quantite(cible.valeur, unite)}{fin}"
    if attendu is not None:
        phrase += (
            f"\u00a0; {format_quantite(attendu, unite, COURT)} attendus à la date de la valeur"
        )
    return phrase + "."


def _write_court(valeur: Fraction | None, unite: str, decimales: int = 2) -> str:
    """Without its unit, that the table gives; a share keeps its sign, and reads as it does elsewhere."""
    return format_quantite(valeur, "%" if unite == "%" else "", decimales)


def _write_mois(jour: date) -> str:
    return f"{MOIS_COURTS[jour.month - 1]} {jour.year}"
