"""Quartiers prioritaires de la politique de la ville (ANCT), 2015 and 2024 generations, with perimeters.

Three shapes are read: the compact JSON (`{"meta", "qpvs": [{code, label, insee, g}]}`), the official GeoJSON
of 2024 (`code_qp, lib_qp, insee_com`) and the one of 2015 (`code_qp, nom_qp, code_commune`). A file of one
point per commune also exists under the same name at the producer: it has no perimeter and is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quartiers.core.anomalie import Carnet
from quartiers.sources.code import get_departement, get_generation, parse_commune, parse_qpv
from quartiers.sources.corrections import get_correction
from quartiers.sources.forme import drop_decimales
from quartiers.sources.lecture import Lecture, read_json
from quartiers.sources.lecture_geojson import (
    Contour,
    check_geometries,
    check_proprietes,
    is_collection,
    is_perimetre,
    name_proprietes,
    parse_contour,
    parse_polygones,
    read_objets,
)
from quartiers.sources.libelle import check_nom, get_colonne, read_mot
from quartiers.sources.octets import get_empreinte, read_octets, refusal

CODE = "qpv"
PRODUCTEUR = "ANCT"
LIBELLE = "Quartiers prioritaires de la politique de la ville"
LICENCE = "Licence Ouverte"
COLONNES = ("code_qp", "lib_qp", "insee_com")
EXHAUSTIVE = True
PART_ECARTEE_MAX = 0.01

_CONNUES = (
    *("fid", "code_qp", "lib_qp", "nom_qp", "insee_com", "code_commune", "lib_com", "nom_commune"),
    *(
        "commune_qp",
        "insee_reg",
        "lib_reg",
        "insee_dep",
        "lib_dep",
        "siren_epci",
        "code_departement",
    ),
)

_INDICES = dict.fromkeys(
    ("commune_qp", "nom_commune", "lib_com"),
    "qui donne le nom de la commune, là où son code Insee est attendu",
)


@dataclass(frozen=True, slots=True)
class Qpv:
    """One QPV. `communes`: Insee codes as published (cities, never arrondissements), corrected when wrong."""

    code: str
    nom: str
    generation: int
    departement: str
    communes: tuple[str, ...]
    contour: Contour
    ligne: int


@dataclass(frozen=True, slots=True)
class _Brut:
    """The values of a record, as JSON gave them, and the names they have in this shape of file."""

    ligne: int
    valeurs: Mapping[str, Any]
    noms: _Noms
    geometrie: Any


@dataclass(frozen=True, slots=True)
class _Noms:
    code: str
    nom: str
    communes: str


_COMPACT = _Noms("code", "label", "insee")
_DE_2015 = _Noms("code_qp", "nom_qp", "code_commune")
_DE_2024 = _Noms("code_qp", "lib_qp", "insee_com")


def read(chemin: Path) -> Lecture[Qpv]:
    """QPV of a file."""
    return parse(read_octets(chemin), chemin.name)


def parse(octets: bytes, fichier: str) -> Lecture[Qpv]:
    """QPV of the bytes of a file; records that cannot be read are set aside, over 1 % the file is refused."""
    carnet = Carnet(fichier)
    valeur = read_json(octets, fichier)
    retenus: list[Qpv] = []
    vus: dict[str, int] = {}
    for brut in _iterate_bruts(valeur, fichier, carnet):
        try:
            qpv = _build_qpv(brut, carnet)
        except ValueError as erreur:
            carnet.set_aside(brut.ligne, get_colonne(erreur), str(erreur))
            continue
        if qpv.code in vus:
            carnet.refuse(brut.ligne, "code_qp", f"{qpv.code} déjà lu à la ligne {vus[qpv.code]}")
        vus[qpv.code] = brut.ligne
        retenus.append(qpv)
    rapport = carnet.close(len(retenus), part_ecartee_max=PART_ECARTEE_MAX)
    return Lecture(tuple(retenus), rapport, get_empreinte(octets))


def _iterate_bruts(valeur: Any, fichier: str, carnet: Carnet) -> Iterator[_Brut]:  # noqa: ANN401 -- JSON
    if is_collection(valeur):
        yield from _iterate_features(valeur, fichier, carnet)
        return
    if (
        not isinstance(valeur, dict)
        or not isinstance(valeur.get("qpvs"), list)
        or not valeur["qpvs"]
    ):
        raise refusal(fichier, "ni une collection GeoJSON de QPV, ni un objet « qpvs »")
    for ligne, entree in enumerate(valeur["qpvs"], start=1):
        if not isinstance(entree, dict):
            raise refusal(fichier, "QPV qui n’est pas un objet", ligne)
        absentes = [nom for nom in ("code", "label", "insee", "g") if nom not in entree]
        if absentes:
            raise refusal(fichier, f"QPV sans « {absentes[0]} »", ligne)
        yield _Brut(ligne, entree, _COMPACT, entree["g"])


def _iterate_features(valeur: Any, fichier: str, carnet: Carnet) -> Iterator[_Brut]:  # noqa: ANN401 -- JSON
    objets, ecrites = name_proprietes(read_objets(valeur, fichier), _CONNUES, carnet)
    check_geometries(objets, carnet, PART_ECARTEE_MAX)
    if any(objet.geometrie is not None for objet in objets) and not any(
        _has_perimetre(objet.geometrie) for objet in objets
    ):
        raise refusal(
            fichier, "aucun périmètre : ce fichier ne donne que des points (centres de communes)"
        )
    noms = _DE_2015 if "nom_qp" in ecrites and "lib_qp" not in ecrites else _DE_2024
    check_proprietes(objets, (noms.code, noms.nom, noms.communes), ecrites, carnet, _INDICES)
    for objet in objets:
        yield _Brut(objet.ligne, objet.proprietes, noms, objet.geometrie)


def _has_perimetre(geometrie: Any) -> bool:  # noqa: ANN401 -- JSON
    return isinstance(geometrie, dict) and is_perimetre(geometrie)


def _build_qpv(brut: _Brut, carnet: Carnet) -> Qpv:
    code = parse_qpv(read_mot(brut.valeurs[brut.noms.code], brut.noms.code))
    nom = check_nom(brut.valeurs[brut.noms.nom], brut.noms.nom)
    contour = (
        Contour(parse_polygones(brut.geometrie))
        if isinstance(brut.geometrie, list)
        else parse_contour(brut.geometrie)
    )
    communes = _parse_communes(brut, carnet)
    communes = _correct_communes(code, communes, brut.ligne, carnet)
    departement = get_departement(code)
    for commune in communes:
        if get_departement(commune) != departement:
            carnet.notice(brut.ligne, "insee_com", f"{code} est dit dans la commune {commune}")
    return Qpv(code, nom, get_generation(code), departement, communes, contour, brut.ligne)


def _parse_communes(brut: _Brut, carnet: Carnet) -> tuple[str, ...]:
    dites, colonne = brut.valeurs[brut.noms.communes], brut.noms.communes
    morceaux = (
        [read_mot(m, colonne) for m in dites]
        if isinstance(dites, list)
        else re.split(r"\s*[;,]\s*", read_mot(dites, colonne).strip())
    )
    communes = []
    for morceau in filter(None, morceaux):
        commune = parse_commune(drop_decimales(morceau))
        if commune != morceau:
            carnet.repair(brut.ligne, "insee_com", f"« {morceau} » lu {commune}")
        communes.append(commune)
    if not communes:
        raise ValueError("aucune commune")
    return tuple(dict.fromkeys(communes))


def _correct_communes(
    code: str, communes: tuple[str, ...], ligne: int, carnet: Carnet
) -> tuple[str, ...]:
    correction = get_correction(CODE, code, "communes")
    if correction is None:
        return communes
    if communes != correction.avant:
        carnet.notice(ligne, "insee_com", f"correction de {code} sans objet : la source a changé")
        return communes
    avant, apres = ", ".join(correction.avant), ", ".join(correction.apres)
    carnet.repair(ligne, "insee_com", f"{code} : {avant} corrigé en {apres} ({correction.raison})")
    return correction.apres
