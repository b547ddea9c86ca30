"""A second hand that measures areas and distances, sharing no code with shapely: rings of numbers, numpy only.

Rings are arrays of (x, y) in metres, closed, of even-odd meaning, however they cross themselves or one another.
The plane is cut in horizontal bands at every vertex and every crossing: within a band no two edges cross, so
that what lies between two neighbours is a trapezoid, wholly in or out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Tableau = npt.NDArray[np.float64]
Anneaux = Sequence[Tableau]
Figures = Sequence[npt.NDArray[np.bool_]]


def measure_area(anneaux: Anneaux) -> float:
    """Area enclosed an odd number of times."""
    cotes = _build_edges(anneaux)
    tous = np.ones(len(cotes), dtype=bool)
    return _measure_bands(cotes, [tous], cotes[:, 1].min(), cotes[:, 3].max())


def measure_common_area(a: Anneaux, b: Anneaux) -> float:
    """Area enclosed an odd number of times by `a` and an odd number of times by `b`."""
    cotes_a, cotes_b = _build_edges(a), _build_edges(b)
    bas = max(cotes_a[:, 1].min(), cotes_b[:, 1].min())
    haut = min(cotes_a[:, 3].max(), cotes_b[:, 3].max())
    if bas >= haut:
        return 0.0
    cotes = np.vstack([cotes_a, cotes_b])
    est_a = np.arange(len(cotes)) < len(cotes_a)
    utiles = (cotes[:, 3] > bas) & (cotes[:, 1] < haut)
    cotes, est_a = cotes[utiles], est_a[utiles]
    return _measure_bands(cotes, [est_a, ~est_a], bas, haut)


def _measure_bands(cotes: Tableau, figures: Figures, bas: float, haut: float) -> float:
    """Area, between two ordinates, of what each figure encloses; a figure is the mask of its edges."""
    coupes = np.concatenate([cotes[:, 1], cotes[:, 3], _find_crossings(cotes), [bas, haut]])
    coupes = np.unique(coupes[(coupes >= bas) & (coupes <= haut)])
    return sum(_measure_band(cotes, figures, y0, y1) for y0, y1 in pairwise(coupes.tolist()))


def _build_edges(anneaux: Anneaux) -> Tableau:
    """Edges as (x0, y0, x1, y1) going up; horizontal ones bound no band."""
    cotes = np.vstack([np.hstack([anneau[:-1], anneau[1:]]) for anneau in anneaux])
    cotes = np.where((cotes[:, 1] > cotes[:, 3])[:, None], cotes[:, [2, 3, 0, 1]], cotes)
    return np.asarray(cotes[cotes[:, 1] < cotes[:, 3]])


def _find_crossings(cotes: Tableau) -> Tableau:
    """Ordinates where two edges cross, each edge against all the following ones."""
    with np.errstate(divide="ignore", invalid="ignore"):
        trouvees = list(_list_crossings(cotes))
    return np.concatenate(trouvees) if trouvees else np.empty(0)


def _list_crossings(cotes: Tableau) -> Iterator[Tableau]:
    x0, y0, dx, dy = cotes[:, 0], cotes[:, 1], cotes[:, 2] - cotes[:, 0], cotes[:, 3] - cotes[:, 1]
    for i in range(len(cotes) - 1):
        suite = slice(i + 1, None)
        det = dx[i] * dy[suite] - dy[i] * dx[suite]
        ecart_x, ecart_y = x0[suite] - x0[i], y0[suite] - y0[i]
        t = (ecart_x * dy[suite] - ecart_y * dx[suite]) / det
        u = (ecart_x * dy[i] - ecart_y * dx[i]) / det
        croise = (det != 0) & (t >= 0) & (t <= 1) & (u >= 0) & (u <= 1)
        yield y0[i] + t[croise] * dy[i]


def _measure_band(cotes: Tableau, figures: Figures, y0: float, y1: float) -> float:
    milieu = (y0 + y1) / 2
    actifs = (cotes[:, 1] < milieu) & (cotes[:, 3] > milieu)
    c = cotes[actifs]
    pente = (c[:, 2] - c[:, 0]) / (c[:, 3] - c[:, 1])
    x = c[:, 0] + (milieu - c[:, 1]) * pente
    ordre = np.argsort(x, kind="stable")
    x = x[ordre]
    parites = [np.cumsum(figure[actifs][ordre]) % 2 == 1 for figure in figures]
    dedans = np.logical_and.reduce(parites)
    # The height of a trapezoid at mid-band, times the band, is its area.
    return float(np.sum(np.diff(x)[dedans[:-1]]) * (y1 - y0))


def measure_distance(anneaux: Anneaux, x: float, y: float) -> float:
    """Metres from a point to what the rings enclose an odd number of times; 0 inside."""
    if _is_inside(anneaux, x, y):
        return 0.0
    cotes = np.vstack([np.hstack([anneau[:-1], anneau[1:]]) for anneau in anneaux])
    x0, y0 = cotes[:, 0], cotes[:, 1]
    dx, dy = cotes[:, 2] - x0, cotes[:, 3] - y0
    carre = dx * dx + dy * dy
    with np.errstate(divide="ignore", invalid="ignore"):
        t = ((x - x0) * dx + (y - y0) * dy) / carre
    t = np.clip(np.where(carre > 0, t, 0.0), 0.0, 1.0)
    return float(np.hypot(x - x0 - t * dx, y - y0 - t * dy).min())


def _is_inside(anneaux: Anneaux, x: float, y: float) -> bool:
    c = _build_edges(anneaux)
    c = c[(c[:, 1] <= y) & (c[:, 3] > y)]
    abscisses = c[:, 0] + (y - c[:, 1]) * (c[:, 2] - c[:, 0]) / (c[:, 3] - c[:, 1])
    return int(np.sum(abscisses > x)) % 2 == 1
