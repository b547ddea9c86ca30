"""The tableau in files, by readers that are not ours: JSON, CSV, and workbooks by calamine. Empty is unknown."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import python_calamine

from tests.recette.nombres_dits import Illisible

NOMBRES = ("valeur", "cible", "couverture")
JOURS = ("echeance", "date", "perime_le")
Cellule = str | Fraction | date | None


@dataclass(frozen=True, slots=True)
class Source:
    """What a file says of an indicateur. None where it says nothing; From `sur` on: JSON only."""

    code: str
    place: tuple[str, str]
    statut: str
    valeur: Fraction | None
    unite: str
    cible: Fraction | None
    echeance: date | None
    dite_le: date | None
    perime_le: date | None
    raison: str
    couverture: Fraction | None = None
    sur: tuple[Fraction, Fraction] | None = None
    operateur: str | None = None
    has_cible: bool | None = None
    base: Fraction | None = None
    base_date: date | None = None


def read_json(chemin: Path) -> dict[str, Any]:
    """Numbers as they are written, never through a float."""
    lu: dict[str, Any] = json.loads(chemin.read_text(encoding="utf-8"), parse_float=Decimal)
    return lu


def get_fraction(nombre: Decimal | int | None) -> Fraction | None:
    """A JSON number; null stays unknown."""
    return None if nombre is None else Fraction(nombre)


def get_jour(jour: str | None) -> date | None:
    """An ISO day."""
    return None if jour is None else date.fromisoformat(jour)


def list_indicateurs(tableau: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(engagement, action or objectif, indicateur) in the order of the file."""
    for engagement in tableau["engagements"]:
        for partie in (*engagement["objectifs"], *engagement["actions"]):
            for indicateur in partie["indicateurs"]:
                yield engagement["code"], partie["code"], indicateur


def build_source(engagement: str, partie: str, vu: dict[str, Any]) -> Source:
    """An indicateur of the JSON."""
    cible = vu["cible"] or {}
    numerateur, denominateur = (get_fraction(vu[n]) for n in ("numerateur", "denominateur"))
    sur = None if numerateur is None or denominateur is None else (numerateur, denominateur)
    return Source(
        code=vu["code"],
        place=(engagement, partie),
        statut=vu["statut"],
        valeur=get_fraction(vu["valeur"]),
        unite=vu["unite"],
        cible=get_fraction(cible.get("valeur")),
        echeance=get_jour(cible.get("echeance")),
        dite_le=get_jour(vu["date"]),
        perime_le=get_jour(vu["perime_le"]),
        raison=vu["raison"],
        sur=sur,
        operateur=cible.get("operateur"),
        has_cible=bool(cible),
        base=get_fraction(cible.get("base")),
        base_date=get_jour(cible.get("base_date")),
    )


def read_sources(chemin: Path) -> list[Source]:
    """The rows of a file, whatever its form."""
    forme = chemin.suffix[1:]
    if forme == "json":
        return [build_source(*place) for place in list_indicateurs(read_json(chemin))]
    lignes = _read_csv(chemin) if forme == "csv" else _read_classeur(chemin)
    return [_build_ligne(ligne) for ligne in lignes]


def _build_ligne(ligne: dict[str, Cellule]) -> Source:
    valeur, cible, couverture = (_expect_nombre(nom, ligne[nom]) for nom in NOMBRES)
    echeance, dite_le, perime_le = (_expect_jour(nom, ligne[nom]) for nom in JOURS)
    return Source(
        code=str(ligne["indicateur"]),
        place=(str(ligne["engagement"]), str(ligne["action"])),
        statut=str(ligne["statut"]),
        unite=str(ligne["unite"] or ""),
        raison=str(ligne["raison"]),
        valeur=valeur,
        cible=cible,
        couverture=couverture,
        echeance=echeance,
        dite_le=dite_le,
        perime_le=perime_le,
    )


def _expect_nombre(nom: str, cellule: Cellule) -> Fraction | None:
    if cellule is None or isinstance(cellule, Fraction):
        return cellule
    msg = f"{nom} : {cellule!r} n’est pas un nombre"
    raise Illisible(msg)


def _expect_jour(nom: str, cellule: Cellule) -> date | None:
    if cellule is None or isinstance(cellule, date):
        return cellule
    msg = f"{nom} : {cellule!r} n’est pas un jour"
    raise Illisible(msg)


def _read_csv(chemin: Path) -> Iterator[dict[str, Cellule]]:
    texte = chemin.read_text(encoding="utf-8-sig")
    for ligne in csv.DictReader(io.StringIO(texte, newline=""), delimiter=";"):
        # The apostrophe keeps a text from being a formula; where cells have a type there is none.
        rendue: dict[str, Cellule] = {
            nom: re.sub(r"^'(?=[=+@\t\r-])", "", v) or None for nom, v in ligne.items()
        }
        for nom in NOMBRES:
            if ligne[nom]:
                rendue[nom] = Fraction(Decimal(ligne[nom].replace(",", ".")))
        for nom in JOURS:
            rendue[nom] = get_jour(ligne[nom] or None)
        yield rendue


def _read_classeur(chemin: Path) -> Iterator[dict[str, Cellule]]:
    feuille = python_calamine.CalamineWorkbook.from_path(chemin).get_sheet_by_index(0)
    noms, *lignes = feuille.to_python()
    for ligne in lignes:
        yield {str(nom): _read_cellule(cellule) for nom, cellule in zip(noms, ligne, strict=True)}


def _read_cellule(cellule: object) -> Cellule:
    if cellule == "":
        return None
    if isinstance(cellule, float | int):
        return Fraction(Decimal(repr(cellule)))
    if isinstance(cellule, date):
        return cellule
    return str(cellule)
