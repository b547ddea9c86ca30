"""The invented country of the examples: every name a table may use, with its code and what holds it."""

from __future__ import annotations

import re
from typing import Any

Ligne = dict[str, Any]

# Name → (code, genre, names of what holds it). An EPT comes before the métropole of its commune.
FIXES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "France": ("FR", "nation", ()),
    "Région des Brumes": ("REG-01", "region", ("France",)),
    "Val-de-Brume": ("DEP-01", "departement", ("Région des Brumes",)),
    "Haute-Brume": ("DEP-02", "departement", ("Région des Brumes",)),
    "Île-aux-Brumes": ("DEP-975", "collectivite", ("France",)),
    "Métropole des Brumes": ("EPCI-01", "epci", ()),
    "Territoire des Deux-Rives": ("EPCI-02", "epci", ()),
    "Pays de Clairval": ("EPCI-03", "epci", ()),
    "Brumeville": (
        "COM-01",
        "commune",
        ("Territoire des Deux-Rives", "Métropole des Brumes", "Val-de-Brume"),
    ),
    "Clairval": ("COM-02", "commune", ("Pays de Clairval", "Val-de-Brume")),
    "Rochemont": ("COM-03", "commune", ("Haute-Brume",)),
}
QUARTIERS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "Les Tilleuls": ("QRR-01_1", "qrr", ("Brumeville", "Val-de-Brume")),
    "Les Érables": ("QRR-01_2", "qrr", ("Clairval", "Val-de-Brume")),
    "Les Saules": ("QRR-01_3", "qrr", ("Brumeville", "Clairval", "Val-de-Brume")),
    "La Garenne": ("QRR-02_1", "qrr", ("Rochemont", "Haute-Brume")),
    "Les Confins": ("QRR-02_2", "qrr", ("Rochemont", "Haute-Brume", "Clairval", "Val-de-Brume")),
    "La Crique": ("QRR-975_1", "qrr", ("Île-aux-Brumes",)),
    "Les Lilas": ("QN00101N", "qpv", ("Brumeville", "Val-de-Brume")),
    "Les Pins": ("QN00102N", "qpv", ("Clairval", "Val-de-Brume")),
}
EN_NOMBRE = re.compile(
    r"(\d+) quartiers"
)  # « 45 quartiers » of the Val-de-Brume, named Quartier 1…


def list_territoires(presents: list[str]) -> list[Ligne]:
    """The fixed territories and the quartiers that exist in one example."""
    territoires = dict(FIXES)
    for nom in presents:
        if nombre := EN_NOMBRE.fullmatch(nom):
            for n in range(1, int(nombre[1]) + 1):
                territoires[f"Quartier {n}"] = (
                    f"QRR-01_{n}",
                    "qrr",
                    ("Brumeville", "Val-de-Brume"),
                )
        else:
            territoires[nom] = QUARTIERS[nom]
    return [
        {"code": code, "genre": genre, "parents": [get_code(p) for p in parents]}
        for code, genre, parents in territoires.values()
    ]


def get_code(nom: str) -> str:
    """The code of a name: a known place, « Quartier 7 », a quartier cible (« QC Les Chênes »), or a code."""
    if numero := re.fullmatch(r"Quartier (\d+)", nom):
        return f"QRR-01_{numero[1]}"
    if nom.startswith("QC "):
        return "QC-" + nom[3:].upper().replace(" ", "-")
    if re.fullmatch(r"[A-Z]{2,4}-\w+", nom):
        return nom
    if nom in FIXES:
        return FIXES[nom][0]
    return QUARTIERS[nom][0]


def list_codes(noms: str) -> list[str]:
    """« Les Tilleuls » or « Quartiers 1 à 37 »."""
    if suite := re.fullmatch(r"Quartiers (\d+) à (\d+)", noms):
        return [f"QRR-01_{n}" for n in range(int(suite[1]), int(suite[2]) + 1)]
    return [get_code(noms)]
