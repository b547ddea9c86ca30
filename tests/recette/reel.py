"""The official files, taken in through the command line, for the items that need them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from tests.recette.bases import load
from tests.recette.outils import Atelier

MILLESIME = "2024-08-01"


def load_cog(atelier: Atelier) -> str:
    """COG 2024."""
    return load(atelier, "importer", "cog", str(atelier.donnees / "cog"))


def load_qrr(atelier: Atelier) -> str:
    """62 QRR, even-odd rings as published."""
    fichier = atelier.donnees / "qrr" / "sensible_zones.json.gz"
    return load(atelier, "importer", "qrr", str(fichier))


def load_qpv_2024(atelier: Atelier) -> str:
    """1,584 QPV of 2024."""
    return load(atelier, "importer", "qpv", str(atelier.donnees / "qpv-2024" / "qpv.json.gz"))


def load_qpv_2015(atelier: Atelier) -> str:
    """105 QPV of 2015, Occitanie."""
    fichier = atelier.donnees / "qpv-2015-occitanie" / "qp.geojson"
    return atelier.quartiers("importer", "qpv", str(fichier))


def load_france_services(atelier: Atelier) -> str:
    """The list of 1 August 2024."""
    fichier = atelier.donnees / "france-services" / "liste-fs-20240801.csv"
    return load(atelier, "importer", "france-services", str(fichier), "--millesime", MILLESIME)


def load_france_services_2020(atelier: Atelier) -> str:
    """The list of October 2020, in its earlier schema."""
    fichier = atelier.donnees / "france-services" / "france_services.geojson"
    return atelier.quartiers(
        "importer", "france-services", str(fichier), "--millesime", "2020-10-01"
    )


def read_tableau(atelier: Atelier, code: str, *dates: str) -> dict[str, Any]:
    """`quartiers tableau CODE --format json`."""
    rendu: dict[str, Any] = json.loads(
        atelier.quartiers("tableau", code, *dates, "--format", "json")
    )
    return rendu


def read_tableaux(atelier: Atelier, codes: Iterable[str], *dates: str) -> dict[str, dict[str, Any]]:
    """The same of several territoires, in one process."""
    tous = list(codes)
    sorties = atelier.read_ensemble(*(("tableau", c, *dates, "--format", "json") for c in tous))
    return dict(zip(tous, map(json.loads, sorties), strict=True))


def get_indicateur(tableau: dict[str, Any], code: str) -> dict[str, Any]:
    """One indicateur of a tableau."""
    for engagement in tableau["engagements"]:
        for partie in (*engagement["actions"], *engagement["objectifs"]):
            for indicateur in partie["indicateurs"]:
                if indicateur["code"] == code:
                    trouve: dict[str, Any] = indicateur
                    return trouve
    raise KeyError(code)


def read_csv(texte: str) -> list[dict[str, str]]:
    """Rows of an export."""
    return list(csv.DictReader(io.StringIO(texte.removeprefix("\ufeff")), delimiter=";"))


def write_csv(atelier: Atelier, nom: str, texte: str) -> str:
    """A small file of our own, in the folder of the item."""
    chemin = atelier.dossier / nom
    chemin.write_text(texte.strip() + "\n", encoding="utf-8")
    return str(chemin)
