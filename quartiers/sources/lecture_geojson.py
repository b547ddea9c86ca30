"""GeoJSON in WGS84, features with their index from 1, coordinates checked and turned into plain tuples."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any

from quartiers.core.anomalie import Carnet
from quartiers.core.dire import say_nombre
from quartiers.sources.colonne import fold_colonne
from quartiers.sources.libelle import say_valeur
from quartiers.sources.octets import refusal

Point = tuple[float, float]
Anneau = tuple[Point, ...]
Polygone = tuple[Anneau, ...]

GEOMETRIE_NULLE = "géométrie absente (null)"
SHAPEFILE_LETTRES = 10
"""A shapefile keeps no more of a name of field."""
EXEMPLES = 5
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
class ObjetGeojson:
    """One feature: its index from 1, its properties, its raw geometry (None: `null` in the file, or nothing)."""

    ligne: int
    proprietes: Mapping[str, Any]
    geometrie: Mapping[str, Any] | None


def is_collection(valeur: object) -> bool:
    """Whether a JSON value is a GeoJSON feature collection."""
    return isinstance(valeur, dict) and valeur.get("type") == "FeatureCollection"


def read_objets(valeur: Any, fichier: str) -> list[ObjetGeojson]:  # noqa: ANN401 -- JSON is Any
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
        if geometrie is not None and not isinstance(geometrie, dict):
            geometrie = {}
        objets.append(ObjetGeojson(ligne, brut["properties"], geometrie))
    return objets


def name_proprietes(
    objets: Sequence[ObjetGeojson], connues: Collection[str], carnet: Carnet
) -> tuple[list[ObjetGeojson], dict[str, str]]:
    """The features with the official names of their properties, and how the file writes each of these names.

    Names are compared folded, like those of columns; a shapefile cuts them at ten letters. Unknown ones are told once.
    """
    trouvees = dict.fromkeys(nom for objet in objets for nom in objet.proprietes)
    officielles = _match_noms(trouvees, connues)
    ecrites: dict[str, str] = {}
    for ecrite in trouvees:
        officielle = officielles.get(ecrite)
        if officielle is None:
            carnet.notice(None, ecrite, "propriété inconnue, non lue")
        elif ecrites.setdefault(officielle, ecrite) == ecrite and not _is_meme(ecrite, officielle):
            carnet.repair(None, officielle, f"propriété « {ecrite} » lue « {officielle} »")
    doubles: dict[str, tuple[int, str, str]] = {}
    nommes = [replace(o, proprietes=_rename(o, officielles, doubles)) for o in objets]
    for officielle, (ligne, une, autre) in doubles.items():
        raison = f"propriété présente deux fois : « {une} » et « {autre} » ; n’en garder qu’une"
        carnet.refuse(ligne, officielle, raison)
    return nommes, ecrites


def _match_noms(trouvees: Iterable[str], connues: Collection[str]) -> dict[str, str]:
    """Official name of each name of the file: folded, else cut at ten letters from the only one it can be."""
    pliees = {fold_colonne(connue): connue for connue in connues}
    officielles = {nom: pliees[p] for nom in trouvees if (p := fold_colonne(nom)) in pliees}
    libres = set(connues) - set(officielles.values())
    for nom in trouvees:
        if nom in officielles or len(nom) != SHAPEFILE_LETTRES:
            continue
        entieres = [c for c in libres if c[:SHAPEFILE_LETTRES].casefold() == nom.casefold()]
        if len(entieres) == 1:
            officielles[nom] = entieres[0]
    return officielles


def _is_meme(ecrite: str, officielle: str) -> bool:
    return ecrite.strip().casefold() == officielle.casefold()


def _rename(
    objet: ObjetGeojson, officielles: Mapping[str, str], doubles: dict[str, tuple[int, str, str]]
) -> dict[str, Any]:
    """Properties by official name. `doubles`: where a name first stands twice in one feature, under two writings."""
    nommees: dict[str, Any] = {}
    ecrites: dict[str, str] = {}
    for ecrite, valeur in objet.proprietes.items():
        nom = officielles.get(ecrite, ecrite)
        if nom in nommees:
            doubles.setdefault(nom, (objet.ligne, ecrites[nom], ecrite))
        nommees[nom], ecrites[nom] = valeur, ecrite
    return nommees


def check_proprietes(
    objets: Sequence[ObjetGeojson],
    obligatoires: tuple[str, ...],
    ecrites: Mapping[str, str],
    carnet: Carnet,
    indices: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Required properties must be in every feature: one refusal for each that is not, however many lack it.

    `ecrites`: how the file writes the official names; `indices`: what a property holds, for the nearest one found.
    """
    vues = {nom for objet in objets for nom in objet.proprietes}
    for nom in obligatoires:
        absentes = [objet.ligne for objet in objets if nom not in objet.proprietes]
        if not absentes:
            continue
        raison = f"propriété obligatoire absente ({say_objets(absentes, len(objets))})"
        if nom not in vues:
            raison += _say_proche(nom, vues - set(obligatoires), ecrites, indices)
        carnet.refuse(None if nom not in vues else absentes[0], nom, raison)
    carnet.check()


def _say_proche(
    nom: str, libres: Collection[str], ecrites: Mapping[str, str], indices: Mapping[str, str]
) -> str:
    pliees = {fold_colonne(libre): libre for libre in sorted(libres)}
    proches = get_close_matches(fold_colonne(nom), list(pliees), n=1, cutoff=0.0)
    if not proches:
        return " ; aucune autre propriété trouvée"
    proche = pliees[proches[0]]
    indice = f", {indices[proche]}" if proche in indices else ""
    return f" ; la plus proche trouvée est « {ecrites.get(proche, proche)} »{indice}"


def check_geometries(objets: Sequence[ObjetGeojson], carnet: Carnet, part_max: float) -> None:
    """Features without geometry are one refusal when they are more than a share of the file; set aside below it."""
    nulles = [objet.ligne for objet in objets if objet.geometrie is None]
    if len(nulles) > part_max * len(objets):
        carnet.refuse(nulles[0], None, f"{GEOMETRIE_NULLE} : {say_objets(nulles, len(objets))}")


def say_objets(lignes: Sequence[int], total: int) -> str:
    """« 1 584 objets », « 3 objets sur 1 584, lignes 2, 5, 9 »."""
    nombre = f"{say_nombre(len(lignes))} objet{'s' if len(lignes) > 1 else ''}"
    if len(lignes) == total:
        return nombre
    premieres = ", ".join(map(str, lignes[:EXEMPLES])) + (", …" if len(lignes) > EXEMPLES else "")
    mot = "lignes" if len(lignes) > 1 else "ligne"
    return f"{nombre} sur {say_nombre(total)}, {mot} {premieres}"


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
    if geometrie is None:
        raise ValueError(GEOMETRIE_NULLE)
    if not is_perimetre(geometrie):
        genre = geometrie.get("type")
        dit = say_valeur(genre) if genre else "sans type"
        raise ValueError(f"géométrie {dit} là où un périmètre est attendu")
    coordonnees = geometrie.get("coordinates")
    seul = geometrie["type"] == "Polygon"
    return Contour(parse_polygones([coordonnees] if seul else coordonnees))


def is_perimetre(geometrie: Mapping[str, Any]) -> bool:
    """Whether a geometry is made of polygons; its type may be anything, even what no set can hold."""
    return geometrie.get("type") in ("Polygon", "MultiPolygon")
