"""GeoJSON in WGS84, features with their index from 1, coordinates checked and turned into plain tuples."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from quartiers.core.anomalie import Carnet
from quartiers.sources.libelle import say_valeur
from quartiers.sources.octets import refusal

Point = tuple[float, float]
Anneau = tuple[Point, ...]
Polygone = tuple[Anneau, ...]

_CRS_ADMIS = ("CRS84", "EPSG::4326", "EPSG:4326")


@dataclass(frozen=True, slots=True)
class Contour:
    """A perimeter as published: polygons (outer ring, then holes) of closed lon/lat rings, in degrees.

    `pair_impair`: the rings of the only polygon are one list without order, a point being inside when an odd
    number of them turn around it (several outer rings side by side). Nothing is repaired here: that is `geo`.
    """

    polygones: tuple[Polygone, ...]
    pair_impair: bool = False


@dataclass(frozen=True, slots=True)
class Objet:
    """One feature: its index from 1, its properties, its raw geometry."""

    ligne: int
    proprietes: Mapping[str, Any]
    geometrie: Mapping[str, Any] | None


def is_collection(valeur: object) -> bool:
    """Whether a JSON value is a GeoJSON feature collection."""
    return isinstance(valeur, dict) and valeur.get("type") == "FeatureCollection"


def read_objets(valeur: Any, fichier: str) -> list[Objet]:  # noqa: ANN401 -- JSON is Any
    """Features of a collection; refused when it is not one, or when it is not in longitude and latitude."""
    if not is_collection(valeur) or not isinstance(valeur.get("features"), list):
        raise refusal(fichier, "ce n’est pas une collection GeoJSON")
    crs = valeur.get("crs")
    proprietes = crs.get("properties") if isinstance(crs, dict) else None
    nom = proprietes.get("name") if isinstance(proprietes, dict) else None
    if nom and not (isinstance(nom, str) and nom.endswith(_CRS_ADMIS)):
        raison = f"coordonnées en {say_valeur(nom)} ; attendues en longitude et latitude WGS84"
        raise refusal(fichier, raison)
    if not valeur["features"]:
        raise refusal(fichier, "collection GeoJSON vide")
    objets = []
    for ligne, brut in enumerate(valeur["features"], start=1):
        if not isinstance(brut, dict) or not isinstance(brut.get("properties"), dict):
            raise refusal(fichier, "élément GeoJSON sans propriétés", ligne)
        geometrie = brut.get("geometry")
        objets.append(
            Objet(ligne, brut["properties"], geometrie if isinstance(geometrie, dict) else None)
        )
    return objets


def check_proprietes(
    objets: list[Objet], obligatoires: tuple[str, ...], carnet: Carnet, connues: tuple[str, ...]
) -> None:
    """Required properties must be in every feature; unknown ones are told once."""
    vues: set[str] = set()
    for objet in objets:
        vues.update(objet.proprietes)
        for nom in obligatoires:
            if nom not in objet.proprietes:
                carnet.refuse(objet.ligne, nom, "propriété obligatoire absente")
    for nom in sorted(vues - set(obligatoires) - set(connues)):
        carnet.notice(None, nom, "propriété inconnue, non lue")
    carnet.check()


def parse_point(valeur: object) -> Point:
    """A lon/lat pair; ValueError, in French, when it is not two finite numbers within the globe."""
    if not isinstance(valeur, (list, tuple)) or len(valeur) < 2:
        raise ValueError("coordonnées absentes")
    lon, lat = valeur[0], valeur[1]
    for degre, borne in ((lon, 180), (lat, 90)):
        # A whole number may be too long to become a float: it is bounded before any arithmetic.
        if (
            isinstance(degre, bool)
            or not isinstance(degre, (int, float))
            or (isinstance(degre, float) and not math.isfinite(degre))
        ):
            raise ValueError(f"coordonnée qui n’est pas un nombre : {say_valeur(degre)}")
        if abs(degre) > borne:
            raise ValueError(f"coordonnée hors du globe : {say_valeur(degre)}")
    return float(lon), float(lat)


def parse_polygones(coordonnees: object) -> tuple[Polygone, ...]:
    """Multipolygon coordinates; ValueError when there is no ring, or a ring that encloses nothing or is open."""
    if not isinstance(coordonnees, list) or not coordonnees:
        raise ValueError("périmètre vide")
    polygones = []
    for polygone in coordonnees:
        if not isinstance(polygone, list) or not polygone:
            raise ValueError("périmètre dont un polygone est vide")
        polygones.append(tuple(_parse_anneau(anneau) for anneau in polygone))
    return tuple(polygones)


def _parse_anneau(coordonnees: object) -> Anneau:
    if not isinstance(coordonnees, list) or len(coordonnees) < 4:
        raise ValueError("périmètre dont un anneau a moins de quatre points")
    anneau = tuple(map(parse_point, coordonnees))
    if anneau[0] != anneau[-1]:
        raise ValueError("périmètre dont un anneau n’est pas fermé")
    return anneau


def parse_contour(geometrie: Mapping[str, Any] | None) -> Contour:
    """The perimeter of a feature; ValueError when it is a point, a line or nothing."""
    if geometrie is None or not is_perimetre(geometrie):
        genre = None if geometrie is None else geometrie.get("type")
        dit = say_valeur(genre) if genre else "« absente »"
        raise ValueError(f"géométrie {dit} là où un périmètre est attendu")
    coordonnees = geometrie.get("coordinates")
    seul = geometrie["type"] == "Polygon"
    return Contour(parse_polygones([coordonnees] if seul else coordonnees))


def is_perimetre(geometrie: Mapping[str, Any]) -> bool:
    """Whether a geometry is made of polygons; its type may be anything, even what no set can hold."""
    return geometrie.get("type") in ("Polygon", "MultiPolygon")
