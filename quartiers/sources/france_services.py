"""France services (ANCT): every labelled structure, its place, its format and the date of its label.

Two shapes are read: the CSV list (24 columns, 2021 to now) and the GeoJSON of 2020 (`MATRICULE`, `categorie`…),
older, where the format is only « fixe » or « itinérante ». The published point of a bus is its garage: `fixe`
says whether the point may prove a presence (domaine 4.7). E-mail and telephone are not kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from quartiers.core.anomalie import Carnet
from quartiers.sources.code import get_departement, parse_commune, parse_departement
from quartiers.sources.jour import parse_jour
from quartiers.sources.lecture import Lecture, read_json, read_table
from quartiers.sources.lecture_geojson import check_proprietes, name_proprietes, read_objets
from quartiers.sources.libelle import CLE_MAX, check_nom, check_texte, get_colonne, read_mot
from quartiers.sources.nombre import parse_coordonnee
from quartiers.sources.octets import GenreOctets, get_empreinte, get_genre, inflate, read_octets
from quartiers.sources.table import Colonnes

CODE = "france-services"
PRODUCTEUR = "ANCT"
LIBELLE = "Liste des structures France services"
LICENCE = "Licence Ouverte 2.0"
COLONNES = (
    *("id_fs", "insee_dep", "lib_fs", "adresse", "insee_com", "code_postal", "lib_com"),
    *("latitude", "longitude", "type_fs", "format_fs", "labellisation_fs"),
)
FACULTATIVES = (
    *("complement_adresse", "h_lundi", "h_mardi", "h_mercredi", "h_jeudi"),
    *("h_vendredi", "h_samedi", "commentaire", "groupe_fs"),
)
NON_GARDEES = ("mail", "telephone", "prise_rdv")
EXHAUSTIVE = True
# An absence is proved in the 101 départements and in Saint-Martin; nowhere else does the programme run (domaine 4.7).
NON_COUVERTS = frozenset({"975", "977", "984", "986", "987", "988", "989"})
PART_ECARTEE_MAX = 0.01

JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi")


class Format(StrEnum):
    """How a structure receives people; the slug is ours, the comment is the producer's word."""

    FIXE = "fixe"  # Fixe
    MULTISITES = "multisites"  # Multisites
    FIXE_ANTENNES = "fixe_antennes"  # Fixe_antenne(s)
    BUS = "bus"  # Bus_équivalent
    ITINERANTE = "itinerante"  # Itinérante


FORMATS_FIXES = frozenset({Format.FIXE, Format.MULTISITES, Format.FIXE_ANTENNES})

_FORMATS = {
    "Fixe": Format.FIXE,
    "Multisites": Format.MULTISITES,
    "Fixe_antenne(s)": Format.FIXE_ANTENNES,
    "Bus_équivalent": Format.BUS,
    "Itinérante": Format.ITINERANTE,
}
_TYPES = {"Principal": False, "Antenne": True}
_CATEGORIES_2020 = {
    "FS": (Format.FIXE, False),
    "FS itinerante": (Format.ITINERANTE, False),
    "Antenne": (Format.FIXE, True),
    "Antenne itinerante": (Format.ITINERANTE, True),
}
_COLONNES_2020 = {
    "id_fs": "MATRICULE",
    "insee_dep": "DEPARTEMENT",
    "lib_fs": "lib_france_services",
    "adresse": "ADRESSE",
    "complement_adresse": "COMPLEMENT.D.ADRESSE",
    "insee_com": "insee_com",
    "code_postal": "code_postal",
    "lib_com": "lib_com",
    "latitude": "LATITUDE",
    "longitude": "LONGITUDE",
    "commentaire": "Commentaire.horaires",
    "groupe_fs": "Groupe",
    "labellisation_fs": "Labellisation",
    "categorie": "categorie",
}
_NON_LUES_2020 = (
    *("CONTACT.MAIL", "TELEPHONE", "ITINERANCE", "FORMAT_FS", "X._groupe"),
    *("Goupe_France_Services_responsable", "Goupe_Antennes"),
)
_LABEL = re.compile(r"Espace labellisé\s+(?:(\d{2})/(\d{4})|(\d{1,2}/\d{1,2}/\d{4}))", re.ASCII)


@dataclass(frozen=True, slots=True)
class FranceServices:
    """One structure. `commune`: Insee code as published (arrondissements of Paris, Lyon, Marseille kept).

    `commune` is None when the published code is no code; `label_le` is the first day of the month when only
    the month is published. `lon`, `lat` in degrees WGS84, None when absent.
    """

    cle: str
    nom: str
    departement: str
    commune: str | None
    commune_nom: str
    adresse: str
    code_postal: str
    lon: float | None
    lat: float | None
    format: Format
    antenne: bool
    label_le: date
    groupe: str
    horaires: tuple[tuple[str, str], ...]
    commentaire: str
    ligne: int

    @property
    def fixe(self) -> bool:
        """Its published point is where people are received."""
        return self.format in FORMATS_FIXES


def is_exhaustive(departement: str) -> bool:
    """Whether the list proves an absence in this département or collectivité."""
    return departement not in NON_COUVERTS


def read(chemin: Path) -> Lecture[FranceServices]:
    """Structures of a file."""
    return parse(read_octets(chemin), chemin.name)


def parse(octets: bytes, fichier: str) -> Lecture[FranceServices]:
    """Structures of the bytes of a file; those that cannot be read are set aside, over 1 % it is refused."""
    carnet = Carnet(fichier)
    retenues: list[FranceServices] = []
    vues: dict[str, int] = {}
    for ligne, valeurs in _iterate(octets, fichier, carnet):
        try:
            structure = _build(ligne, _check_cellules(valeurs), carnet)
        except ValueError as erreur:
            carnet.set_aside(ligne, get_colonne(erreur), str(erreur))
            continue
        if structure.cle in vues:
            premiere = vues[structure.cle]
            carnet.refuse(ligne, "id_fs", f"{structure.cle} déjà lu à la ligne {premiere}")
        vues[structure.cle] = ligne
        retenues.append(structure)
    _tell_shared_points(retenues, carnet)
    rapport = carnet.close(len(retenues), part_ecartee_max=PART_ECARTEE_MAX)
    return Lecture(tuple(retenues), rapport, get_empreinte(octets))


def _iterate(
    octets: bytes, fichier: str, carnet: Carnet
) -> Iterator[tuple[int, Mapping[str, object]]]:
    contenu = inflate(octets, fichier)
    if get_genre(contenu) is GenreOctets.JSON:
        yield from _iterate_2020(contenu, fichier, carnet)
        return
    colonnes = Colonnes(COLONNES, FACULTATIVES, NON_GARDEES, vide_admise=True)
    table = read_table(contenu, fichier, colonnes)
    carnet.avis.extend(table.avis)
    carnet.reparees.extend(table.reparees)
    for ligne in table:
        yield ligne.numero, {nom: ligne[nom] for nom in (*COLONNES, *FACULTATIVES)}


def _iterate_2020(
    contenu: bytes, fichier: str, carnet: Carnet
) -> Iterator[tuple[int, Mapping[str, object]]]:
    horaires = tuple(f"h_{jour}" for jour in JOURS)
    obligatoires = tuple(_COLONNES_2020.values())
    objets, ecrites = name_proprietes(
        read_objets(read_json(contenu, fichier), fichier),
        (*obligatoires, *horaires, *_NON_LUES_2020),
        carnet,
    )
    check_proprietes(objets, obligatoires, ecrites, carnet)
    for objet in objets:
        valeurs = {nom: objet.proprietes[source] for nom, source in _COLONNES_2020.items()}
        yield objet.ligne, valeurs | {nom: objet.proprietes.get(nom) for nom in horaires}


def _check_cellules(valeurs: Mapping[str, object]) -> dict[str, str]:
    """Every cell as a text that can be kept; numbers of the list of 2020 are read as they are written."""
    cellules = {
        nom: check_texte(None if valeur is None else read_mot(valeur, nom), nom)
        for nom, valeur in valeurs.items()
    }
    if not cellules["id_fs"]:
        raise ValueError("structure sans identifiant")
    check_nom(cellules["id_fs"], "id_fs", CLE_MAX)
    check_nom(cellules["lib_fs"], "lib_fs")
    return cellules


def _build(ligne: int, cellules: Mapping[str, str], carnet: Carnet) -> FranceServices:
    cle = cellules["id_fs"]
    format_, antenne = _parse_format(cellules)
    departement = parse_departement(cellules["insee_dep"])
    if departement != cellules["insee_dep"]:
        carnet.repair(ligne, "insee_dep", f"« {cellules['insee_dep']} » lu {departement}")
    commune = _parse_commune(ligne, cellules["insee_com"], carnet)
    if commune and get_departement(commune) != departement:
        carnet.notice(ligne, "insee_dep", f"{cle} : département {departement}, commune {commune}")
    lon, lat = _parse_point(ligne, cellules, carnet)
    adresse = " ".join(filter(None, (cellules["adresse"], cellules["complement_adresse"])))
    return FranceServices(
        cle=cle,
        nom=cellules["lib_fs"],
        departement=departement,
        commune=commune,
        commune_nom=cellules["lib_com"],
        adresse=" ".join(adresse.split()),
        code_postal=cellules["code_postal"],
        lon=lon,
        lat=lat,
        format=format_,
        antenne=antenne,
        label_le=_parse_label(ligne, cellules["labellisation_fs"], carnet),
        groupe=cellules["groupe_fs"],
        horaires=tuple((jour, cellules[f"h_{jour}"]) for jour in JOURS if cellules[f"h_{jour}"]),
        commentaire=cellules["commentaire"],
        ligne=ligne,
    )


def _parse_format(cellules: Mapping[str, str]) -> tuple[Format, bool]:
    if "categorie" in cellules:
        categorie = cellules["categorie"]
        if categorie not in _CATEGORIES_2020:
            raise ValueError(f"catégorie « {categorie} » inconnue")
        return _CATEGORIES_2020[categorie]
    if cellules["format_fs"] not in _FORMATS:
        raise ValueError(f"format « {cellules['format_fs']} » inconnu")
    if cellules["type_fs"] not in _TYPES:
        raise ValueError(f"type « {cellules['type_fs']} » inconnu")
    return _FORMATS[cellules["format_fs"]], _TYPES[cellules["type_fs"]]


def _parse_commune(ligne: int, brut: str, carnet: Carnet) -> str | None:
    """A wrong commune code does not hide a structure whose point is known: it is only left unknown."""
    try:
        commune = parse_commune(brut)
    except ValueError as erreur:
        carnet.repair(ligne, "insee_com", f"{erreur} : commune laissée inconnue")
        return None
    if commune != brut:
        carnet.repair(ligne, "insee_com", f"« {brut} » lu {commune}")
    return commune


def _parse_point(
    ligne: int, cellules: Mapping[str, str], carnet: Carnet
) -> tuple[float | None, float | None]:
    """A point that cannot be read is unknown: to set the structure aside would prove its absence."""
    cle = cellules["id_fs"]
    if not cellules["longitude"] and not cellules["latitude"]:
        carnet.notice(ligne, "longitude", f"{cle} : sans coordonnées")
        return None, None
    try:
        return (
            parse_coordonnee(cellules["longitude"], borne=180),
            parse_coordonnee(cellules["latitude"], borne=90),
        )
    except ValueError as erreur:
        carnet.notice(ligne, "longitude", f"{cle} : point laissé inconnu, {erreur}")
        return None, None


def _parse_label(ligne: int, brut: str, carnet: Carnet) -> date:
    """`Espace labellisé 01/09/2020`, or `01/2020` alone, read as the first day of the month."""
    trouve = _LABEL.fullmatch(brut)
    if trouve is None:
        raise ValueError(f"label « {brut} » illisible")
    if trouve[3]:
        return parse_jour(trouve[3])
    mois, annee = int(trouve[1]), int(trouve[2])
    if not 1 <= mois <= 12:
        raise ValueError(f"label « {brut} » : mois qui n’existe pas")
    carnet.repair(ligne, "labellisation_fs", f"« {brut} » lu le 01/{mois:02d}/{annee}")
    return parse_jour(f"{annee}-{mois:02d}-01")


def _tell_shared_points(structures: list[FranceServices], carnet: Carnet) -> None:
    """Two structures at one point are either one building or a copied line: told, never merged."""
    premieres: dict[tuple[float | None, float | None], FranceServices] = {}
    for structure in structures:
        if structure.lon is None:
            continue
        autre = premieres.setdefault((structure.lon, structure.lat), structure)
        if autre is not structure:
            carnet.notice(
                structure.ligne, "longitude", f"{structure.cle} : même point que {autre.cle}"
            )
