"""Where on the globe: the zones that never match one another, and the projection to measure in (domaine 5).

A zone is a piece of France far from every other one. Perimeters and points are parted by zone before anything
is measured: the nearest France services of Nouméa is nowhere, and not 18,841 km away in Paris.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Zone:
    """`boite`: west, south, east, north in degrees, wide enough for every shore; `epsg`: None = by longitude."""

    nom: str
    departements: tuple[str, ...]
    boite: tuple[float, float, float, float]
    epsg: int | None


ZONES = (
    Zone("metropole", (), (-5.6, 41.2, 9.9, 51.4), 2154),
    Zone("antilles", ("971", "972", "977", "978"), (-63.6, 14.2, -60.7, 18.4), 5490),
    Zone("guyane", ("973",), (-54.8, 2.0, -51.4, 6.1), 2972),
    Zone("reunion", ("974",), (55.1, -21.5, 55.9, -20.8), 2975),
    Zone("mayotte", ("976",), (44.9, -13.1, 45.4, -12.5), 4471),
    Zone("saint-pierre-et-miquelon", ("975",), (-56.6, 46.6, -56.0, 47.3), 4467),
    Zone("nouvelle-caledonie", ("988",), (163.4, -22.9, 168.3, -19.4), 3163),
    Zone("polynesie", ("987",), (-155.0, -28.5, -134.0, -7.5), None),
)
_PAR_NOM = {zone.nom: zone for zone in ZONES}
_PAR_DEPARTEMENT = {code: zone for zone in ZONES for code in zone.departements}

# Polynesia is cut by longitude: UTM 5S, 6S, 7S, 8S.
_POLYNESIE = ((-150.0, 3296), (-144.0, 3297), (-138.0, 3298), (180.0, 3299))


def get_departement(code: str) -> str:
    """The département or collectivité that a territoire code says: `QN09301M`, `QRR-2A_1`, `COM-97411`, `DEP-93`."""
    if code[:2] in {"QN", "QP"} and len(code) == 8:
        chiffres = code[2:5]
        return chiffres[1:] if chiffres[0] == "0" else chiffres
    reste = code.partition("-")[2] or code
    reste = reste.partition("_")[0]
    return reste[:3] if reste[:2] in {"97", "98"} else reste[:2]


def get_zone(code: str) -> Zone | None:
    """The zone of a territoire, by its département; None where nothing can be measured (TAAF, Wallis, FR)."""
    departement = get_departement(code)
    if departement in _PAR_DEPARTEMENT:
        return _PAR_DEPARTEMENT[departement]
    metropolitain = departement in {"2A", "2B"} or (
        departement.isdigit() and 0 <= int(departement) <= 95  # 00: the demonstration
    )
    return _PAR_NOM["metropole"] if metropolitain else None


def get_epsg(zone: Zone, lon: float) -> int:
    """The projection of a place of a zone; its longitude matters in Polynesia only."""
    if zone.epsg is not None:
        return zone.epsg
    return next(epsg for est, epsg in _POLYNESIE if lon < est)


def contains(zone: Zone, ouest: float, sud: float, est: float, nord: float) -> bool:
    """Whether a box of degrees lies in a zone."""
    o, s, e, n = zone.boite
    return o <= ouest <= est <= e and s <= sud <= nord <= n


def locate_points(
    lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]
) -> npt.NDArray[np.int8]:
    """Index in `ZONES` of each point, by its coordinates, −1 when it is in none (swapped, in the sea, NaN)."""
    rangs = np.full(len(lon), -1, dtype=np.int8)
    for rang, zone in enumerate(ZONES):
        ouest, sud, est, nord = zone.boite
        rangs[(lon >= ouest) & (lon <= est) & (lat >= sud) & (lat <= nord)] = rang
    return rangs
