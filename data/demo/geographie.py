# ruff: noqa: INP001 - a script beside its data, not a package
"""The invented département: communes, perimeters, France services, in the formats of the official files."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from perimetres import Point, draw_ilots, enlarge, wrap
from pyproj import Transformer

# South-west corner of the département, Lambert-93 metres: fields of the centre of France.
COIN = (640_000, 6_588_000)
REGION = ("00", "Région des Brumes (fictif)")
DEPARTEMENT = ("00", "Val-de-Brume (fictif)")
COMMUNES = {
    "00001": ("Montclair", "001", "999000011"),
    "00002": ("Rochebrune-sur-Lys", "002", "999000029"),
    "00003": ("Port-Lambert", "001", "999000011"),
    "00004": ("Saint-Aubert", "002", "999000029"),
    "00005": ("Vaucelles", "002", "999000029"),
    "00006": ("Orme", "001", "999000011"),
    "00007": ("Brumeval", "002", "999000029"),
    "00008": ("La Chapelle-d’Ombre", "001", "999000011"),
}
ARRONDISSEMENTS = {"001": ("00001", "Montclair"), "002": ("00004", "Saint-Aubert")}
EPCI = {
    "999000011": "CA de Montclair et Port-Lambert (fictif)",
    "999000029": "CC du Pays de Brume (fictif)",
}
QRR = {
    # code: name, wave, extra strip (metres) beside the perimeters it holds, to the west only
    "QRR-00_1": ("Saint-Aubert : Les Tilleuls (fictif)", 1, 260),
    "QRR-00_2": ("Port-Lambert, Orme : Les Cinq-Chemins, Les Écluses (fictif)", 3, 180),
}
HORAIRES = {
    "h_lundi": "09:00 - 12:00 / 13:30 - 17:30",
    "h_mardi": "09:00 - 12:00 / 13:30 - 17:30",
    "h_mercredi": "09:00 - 12:30",
    "h_jeudi": "09:00 - 12:00 / 13:30 - 17:30",
    "h_vendredi": "09:00 - 12:00 / 13:30 - 16:30",
    "h_samedi": "",
}
COLONNES_FRANCE_SERVICES = (
    *("id_fs", "insee_dep", "lib_fs", "adresse", "complement_adresse", "insee_com", "code_postal"),
    *("lib_com", "latitude", "longitude", "mail", "telephone", *HORAIRES),
    *("prise_rdv", "commentaire", "type_fs", "format_fs", "groupe_fs", "labellisation_fs"),
)
_vers_wgs84 = Transformer.from_crs("EPSG:2154", "EPSG:4326", always_xy=True)


def locate(est: float, nord: float) -> tuple[float, float]:
    """(longitude, latitude) of a point given in metres from the corner, to about a decimetre."""
    lon, lat = _vers_wgs84.transform(COIN[0] + est, COIN[1] + nord)
    return round(lon, 6), round(lat, 6)


def draw_parties(quartier: dict[str, Any]) -> list[list[Point]]:
    """The rings of a quartier, in metres from the corner: one, or one for each of its parts."""
    parties = [quartier, *quartier.get("parties", ())]
    return [
        draw_ilots(f"{quartier['code']}/{rang}", (p["est"], p["nord"]), p["cote"])
        for rang, p in enumerate(parties)
    ]


def close(anneau: Iterable[Point]) -> list[list[Point]]:
    """A polygon of GeoJSON: the ring in degrees, its first point again at the end."""
    points = [locate(*point) for point in anneau]
    return [[*points, points[0]]]


def write_qpv(quartiers: Iterable[dict[str, Any]]) -> str:
    """The perimeters of the QPV, with the property names of the official file."""
    return write_collection(
        {
            "code_qp": q["qpv"],
            "lib_qp": q["nom"],
            "insee_com": ", ".join(list_communes(q)),
            "lib_com": ", ".join(COMMUNES[code][0] for code in list_communes(q)),
            "insee_dep": DEPARTEMENT[0],
            "lib_dep": DEPARTEMENT[1],
            "insee_reg": REGION[0],
            "lib_reg": REGION[1],
            "siren_epci": COMMUNES[q["commune"]][2],
            "geometrie": write_geometrie(draw_parties(q)),
        }
        for q in quartiers
    )


def list_communes(quartier: dict[str, Any]) -> tuple[str, ...]:
    """Its commune, then the one it also lies in."""
    return tuple(filter(None, (quartier["commune"], quartier.get("aussi"))))


def write_geometrie(anneaux: list[list[Point]]) -> dict[str, Any]:
    """One polygon, or several."""
    if len(anneaux) == 1:
        return {"type": "Polygon", "coordinates": close(anneaux[0])}
    return {"type": "MultiPolygon", "coordinates": [close(anneau) for anneau in anneaux]}


def write_qrr(quartiers: Iterable[dict[str, Any]]) -> str:
    """The perimeters of the QRR: around the quartiers they hold, what lies between, and a strip beside."""
    tous = list(quartiers)
    return write_collection(
        {
            "nom": nom,
            "dep": DEPARTEMENT[0],
            "service": "DDSP00",
            "vague": vague,
            "code_qrr": code.removeprefix("QRR-"),
            "geometrie": {
                "type": "MultiPolygon",
                "coordinates": [
                    close(draw_qrr(code, bande, [q for q in tous if q.get("qrr") == code]))
                ],
            },
        }
        for code, (nom, vague, bande) in QRR.items()
    )


def draw_qrr(code: str, bande: int, quartiers: list[dict[str, Any]]) -> list[Point]:
    """One ring around quartiers, `bande` metres wider to the west."""
    points = [
        point
        for q in quartiers
        for anneau in draw_parties(q)
        for point in enlarge(anneau, (q["est"], q["nord"]))
    ]
    return wrap(code, [*points, *((x - bande, y) for x, y in points)])


def write_collection(proprietes: Iterable[dict[str, Any]]) -> str:
    """A GeoJSON collection, one feature per line."""
    objets = [
        json.dumps(
            {"type": "Feature", "properties": p, "geometry": p.pop("geometrie")}, ensure_ascii=False
        )
        for p in proprietes
    ]
    return '{"type": "FeatureCollection", "features": [\n' + ",\n".join(objets) + "\n]}\n"


def list_cog() -> dict[str, tuple[tuple[str, ...], list[tuple[str, ...]]]]:
    """Files of the COG: name → (header, rows)."""
    communes: list[tuple[str, ...]] = [
        ("COM", code, REGION[0], DEPARTEMENT[0], arrondissement, nom, "")
        for code, (nom, arrondissement, _) in COMMUNES.items()
    ]
    return {
        "regions.csv": (("REG", "CHEFLIEU", "LIBELLE"), [(REGION[0], "00001", REGION[1])]),
        "departements.csv": (
            ("DEP", "REG", "CHEFLIEU", "LIBELLE"),
            [(DEPARTEMENT[0], REGION[0], "00001", DEPARTEMENT[1])],
        ),
        "communes.csv": (("TYPECOM", "COM", "REG", "DEP", "ARR", "LIBELLE", "COMPARENT"), communes),
        "epcicom.csv": (
            ("dept", "siren", "raison_sociale", "insee", "nom_membre"),
            [
                (DEPARTEMENT[0], siren, EPCI[siren], code, nom)
                for code, (nom, _, siren) in COMMUNES.items()
            ],
        ),
        "arrondissements.csv": (
            ("ARR", "DEP", "REG", "CHEFLIEU", "LIBELLE"),
            [
                (code, DEPARTEMENT[0], REGION[0], chef_lieu, nom)
                for code, (chef_lieu, nom) in ARRONDISSEMENTS.items()
            ],
        ),
    }


def list_france_services(lieux: Iterable[dict[str, Any]], millesime: date) -> list[tuple[str, ...]]:
    """Rows of the list at a date: those labelled by then, less those that closed."""
    lignes = []
    for lieu in lieux:
        jour, mois, annee = (int(m) for m in lieu["label"].split("/"))
        ferme_le = lieu.get("jusqu_a", date.max)
        if date(annee, mois, jour) > millesime or ferme_le <= millesime:
            continue
        lignes.append(tuple(build_ligne(lieu)[colonne] for colonne in COLONNES_FRANCE_SERVICES))
    return lignes


def build_ligne(lieu: dict[str, Any]) -> dict[str, str]:
    """A row of the France services list, with every column of the official file."""
    lon, lat = locate(lieu["est"], lieu["nord"])
    commune = lieu["commune"]
    return {
        "id_fs": lieu["id"],
        "insee_dep": DEPARTEMENT[0],
        "lib_fs": lieu["nom"],
        "adresse": lieu["adresse"],
        "complement_adresse": "",
        "insee_com": commune,
        "code_postal": f"{commune[:2]}{commune[4]}00",
        "lib_com": COMMUNES[commune][0],
        "latitude": f"{lat:.6f}",
        "longitude": f"{lon:.6f}",
        "mail": "",
        "telephone": "",
        **HORAIRES,
        "prise_rdv": "Non",
        "commentaire": "Structure inventée pour la démonstration (fictif).",
        "type_fs": "Principal",
        "format_fs": lieu["format"],
        "groupe_fs": "",
        "labellisation_fs": f"Espace labellisé {lieu['label']}",
    }
