"""Quartiers de reconquête républicaine (ministère de l'Intérieur), 62 perimeters.

Two shapes are read: the compact JSON (`{"meta", "zones": [{name, dep, service, vague, code, g}]}`), whose `g`
is one list of rings of even-odd meaning, and the GeoJSON with the official names (`nom, dep, service, vague,
code_qrr`). Neither has a commune: `qrr_communes` says them, apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quartiers.core.anomalie import Carnet
from quartiers.sources.code import get_departement, parse_departement, parse_qrr
from quartiers.sources.forme import drop_decimales
from quartiers.sources.lecture import Lecture, read_json
from quartiers.sources.lecture_geojson import (
    Contour,
    check_geometries,
    check_proprietes,
    is_collection,
    name_proprietes,
    parse_contour,
    parse_polygones,
    read_objets,
)
from quartiers.sources.libelle import check_nom, check_texte, get_colonne, read_mot
from quartiers.sources.octets import get_empreinte, read_octets, refusal

CODE = "qrr"
PRODUCTEUR = "Ministère de l’Intérieur"
LIBELLE = "Quartiers de reconquête républicaine"
LICENCE = "non vérifiée"
COLONNES = ("nom", "dep", "service", "vague", "code_qrr")
EXHAUSTIVE = True
PART_ECARTEE_MAX = 0.01

_COMPACT = {"nom": "name", "dep": "dep", "service": "service", "vague": "vague", "code_qrr": "code"}


@dataclass(frozen=True, slots=True)
class Qrr:
    """One QRR. `code` is the territoire's (`QRR-93_3`); `service`: the police or gendarmerie service."""

    code: str
    nom: str
    departement: str
    service: str
    vague: int
    contour: Contour
    ligne: int


def read(chemin: Path) -> Lecture[Qrr]:
    """QRR of a file."""
    return parse(read_octets(chemin), chemin.name)


def parse(octets: bytes, fichier: str) -> Lecture[Qrr]:
    """QRR of the bytes of a file; records that cannot be read are set aside, over 1 % the file is refused."""
    carnet = Carnet(fichier)
    retenus: list[Qrr] = []
    vus: dict[str, int] = {}
    for ligne, proprietes, geometrie in _iterate(read_json(octets, fichier), fichier, carnet):
        try:
            qrr = _build_qrr(ligne, proprietes, geometrie, carnet)
        except ValueError as erreur:
            carnet.set_aside(ligne, get_colonne(erreur), str(erreur))
            continue
        if qrr.code in vus:
            carnet.refuse(ligne, "code_qrr", f"{qrr.code} déjà lu à la ligne {vus[qrr.code]}")
        vus[qrr.code] = ligne
        retenus.append(qrr)
    rapport = carnet.close(len(retenus), part_ecartee_max=PART_ECARTEE_MAX)
    return Lecture(tuple(retenus), rapport, get_empreinte(octets))


def _iterate(
    valeur: Any,  # noqa: ANN401 -- JSON is Any
    fichier: str,
    carnet: Carnet,
) -> Iterator[tuple[int, Mapping[str, Any], Any]]:
    if is_collection(valeur):
        objets, ecrites = name_proprietes(read_objets(valeur, fichier), COLONNES, carnet)
        check_geometries(objets, carnet, PART_ECARTEE_MAX)
        check_proprietes(objets, COLONNES, ecrites, carnet)
        for objet in objets:
            yield objet.ligne, objet.proprietes, objet.geometrie
        return
    if (
        not isinstance(valeur, dict)
        or not isinstance(valeur.get("zones"), list)
        or not valeur["zones"]
    ):
        raise refusal(fichier, "ni une collection GeoJSON de QRR, ni un objet « zones »")
    for ligne, entree in enumerate(valeur["zones"], start=1):
        if not isinstance(entree, dict):
            raise refusal(fichier, "QRR qui n’est pas un objet", ligne)
        absentes = [nom for nom in (*_COMPACT.values(), "g") if nom not in entree]
        if absentes:
            raise refusal(fichier, f"QRR sans « {absentes[0]} »", ligne)
        yield ligne, {officiel: entree[nom] for officiel, nom in _COMPACT.items()}, entree["g"]


def _build_qrr(ligne: int, proprietes: Mapping[str, Any], geometrie: Any, carnet: Carnet) -> Qrr:  # noqa: ANN401
    code = parse_qrr(read_mot(proprietes["code_qrr"], "code_qrr"))
    departement = _parse_departement(ligne, read_mot(proprietes["dep"], "dep"), carnet)
    if get_departement(code) != departement:
        carnet.notice(ligne, "dep", f"QRR {code} dit dans le département {departement}")
    vague = drop_decimales(read_mot(proprietes["vague"], "vague"))
    if vague not in {"1", "2", "3"}:
        raise ValueError(f"vague « {vague} » inconnue")
    return Qrr(
        code=f"QRR-{code}",
        nom=check_nom(proprietes["nom"], "nom"),
        departement=departement,
        service=check_texte(proprietes["service"], "service"),
        vague=int(vague),
        contour=_parse_contour(geometrie),
        ligne=ligne,
    )


def _parse_departement(ligne: int, brut: str, carnet: Carnet) -> str:
    departement = parse_departement(drop_decimales(brut))
    if departement != brut:
        carnet.repair(ligne, "dep", f"« {brut} » lu {departement}")
    return departement


def _parse_contour(geometrie: Any) -> Contour:  # noqa: ANN401 -- JSON is Any
    if not isinstance(geometrie, list):
        return parse_contour(geometrie)
    polygones = parse_polygones(geometrie)
    return Contour(
        (tuple(anneau for polygone in polygones for anneau in polygone),), pair_impair=True
    )
