"""Degrees to metres, through PROJ, without any network or grid."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

Geometries = npt.NDArray[np.object_]


@cache
def _load_transformer(epsg: int) -> Transformer:
    return Transformer.from_crs(4326, epsg, always_xy=True)


def project_inverse(geometrie: BaseGeometry, epsg: int) -> BaseGeometry:
    """A geometry in metres, in degrees."""

    def move(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        lon, lat = _load_transformer(epsg).transform(
            points[:, 0], points[:, 1], direction="INVERSE"
        )
        return np.column_stack((lon, lat))

    return shapely.transform(geometrie, move)


def project_coordonnees(
    lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64], epsg: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Metres east and north of degrees WGS84."""
    est, nord = _load_transformer(epsg).transform(lon, lat)
    return np.asarray(est, dtype=np.float64), np.asarray(nord, dtype=np.float64)


def project(geometrie: BaseGeometry, epsg: int) -> BaseGeometry:
    """A geometry in degrees, in metres."""

    def move(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.column_stack(project_coordonnees(points[:, 0], points[:, 1], epsg))

    return shapely.transform(geometrie, move)


def project_points(
    lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64], epsg: int
) -> Geometries:
    """Points in metres."""
    est, nord = project_coordonnees(lon, lat, epsg)
    return np.asarray(shapely.points(est, nord), dtype=np.object_)
