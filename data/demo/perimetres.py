# ruff: noqa: INP001 - a script beside its data, not a package
"""Perimeters that look drawn along streets, from a centre and a width: the same at each run, everywhere."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence

Point = tuple[float, float]
MARGE = 1.1
"""A QRR goes a little beyond the quartiers that it holds."""
LONG = 220.0
"""An edge longer than that, in metres, is broken: no boundary runs straight across fields."""


def draw(*noms: object) -> float:
    """A number from 0 to 1 drawn from names: no random generator."""
    texte = "/".join(map(str, noms))
    return int.from_bytes(hashlib.sha256(texte.encode()).digest()[:4]) / 2**32


def draw_ilots(nom: str, centre: Point, cote: float) -> list[Point]:
    """A ring around a centre, about `cote` wide: blocks that stand out or back, and here and there a straight street."""
    sommets = 13 + int(5 * draw(nom, "sommets"))
    penche, allonge = math.pi * draw(nom, "penche"), 0.12 + 0.14 * draw(nom, "allonge")
    anneau: list[Point] = []
    avant = 0.0
    for rang in range(sommets):
        angle = 2 * math.pi * (rang + 0.5 * draw(nom, rang, "angle")) / sommets
        creux = 0.72 if draw(nom, rang, "creux") < 0.16 else 1.0
        ecart = 0.88 + 0.24 * draw(nom, rang, "rayon")
        rayon = cote / 2 * ecart * creux * (1 + allonge * math.cos(2 * (angle - penche)))
        if avant and draw(nom, rang, "rue") < 0.4:  # a street that runs away from the centre
            anneau.append(place(centre, angle, avant))
        anneau.append(place(centre, angle, rayon))
        avant = rayon
    return anneau


def place(centre: Point, angle: float, rayon: float) -> Point:
    """The point at some metres of a centre."""
    return centre[0] + rayon * math.cos(angle), centre[1] + rayon * math.sin(angle)


def wrap(nom: str, points: Sequence[Point]) -> list[Point]:
    """A ring around some points: their hull, its long edges broken."""
    bords = find_enveloppe(points)
    anneau: list[Point] = []
    for rang, (depart, arrivee) in enumerate(zip(bords, [*bords[1:], bords[0]], strict=True)):
        anneau.append(depart)
        longueur = math.dist(depart, arrivee)
        morceaux = int(longueur // LONG)
        for numero in range(1, morceaux + 1):
            part = numero / (morceaux + 1)
            dehors = longueur * 0.08 * draw(nom, rang, numero)
            x = depart[0] + part * (arrivee[0] - depart[0])
            y = depart[1] + part * (arrivee[1] - depart[1])
            dx, dy = (arrivee[1] - depart[1]) / longueur, (depart[0] - arrivee[0]) / longueur
            anneau.append((x + dehors * dx, y + dehors * dy))
    return anneau


def enlarge(anneau: Sequence[Point], centre: Point) -> list[Point]:
    """A ring a little wider."""
    return [
        (c[0] + MARGE * (x - c[0]), c[1] + MARGE * (y - c[1])) for c in (centre,) for x, y in anneau
    ]


def find_enveloppe(points: Sequence[Point]) -> list[Point]:
    """The convex hull, anticlockwise."""
    tries = sorted(set(points))
    bas, haut = _chain(tries), _chain(tries[::-1])
    return bas[:-1] + haut[:-1]


def _chain(points: Sequence[Point]) -> list[Point]:
    chaine: list[Point] = []
    for point in points:
        while len(chaine) > 1 and _turn(chaine[-2], chaine[-1], point) <= 0:
            chaine.pop()
        chaine.append(point)
    return chaine


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
