"""The demonstration: an invented département, loaded by the ordinary imports into a base of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

VU_LE_DEMO = date(2026, 11, 23)
"""The day the demonstration looks at when an address says none: its records are written around it."""


@dataclass(frozen=True, slots=True)
class CompteDemo:
    """An account that one click opens, in the demonstration only. `territoires`: codes of what it sees."""

    identifiant: str
    nom: str
    fonction: str
    role: str
    territoires: tuple[str, ...]


COMPTES: tuple[CompteDemo, ...] = (
    CompteDemo(
        "demo-prefet",
        "Préfet du Val-de-Brume",
        "voit tout le département",
        "prefet",
        ("DEP-00",),
    ),
    CompteDemo(
        "demo-sous-prefete",
        "Sous-préfète à la ville",
        "voit tout le département",
        "sous_prefet_ville",
        ("DEP-00",),
    ),
    CompteDemo(
        "demo-deleguee",
        "Déléguée du préfet à Saint-Aubert",
        "voit ses deux quartiers",
        "delegue",
        ("QC-FICTIF-TILLEULS", "QC-FICTIF-FONTAINE"),
    ),
    CompteDemo(
        "demo-commune",
        "Commune de Port-Lambert",
        "voit les quartiers de la commune",
        "commune",
        ("COM-00003",),
    ),
    CompteDemo(
        "demo-region",
        "Préfète de région",
        "voit la région",
        "prefet_region",
        ("REG-00",),
    ),
    CompteDemo(
        "demo-task-force",
        "Task force interministérielle",
        "voit la France",
        "task_force",
        ("FR",),
    ),
)

ORDRE_DES_GENRES = (
    ("cog", "cog"),
    ("qpv", "qpv.geojson"),
    ("qrr", "qrr.geojson"),
    ("quartiers", "quartiers.csv"),
    ("france-services", "france-services-*.csv"),
    ("arrets", "arrets.csv"),
    ("confirmations", "confirmations.csv"),
    ("cibles", "cibles.csv"),
    ("releves", "releves.csv"),
    ("sans_objet", "sans_objet.csv"),
)
"""(kind of import, name of its file) in each folder: territoires first, records after what they speak of."""


@dataclass(frozen=True, slots=True)
class Envoi:
    """A file of the demonstration, with the day it was learnt and its millésime when it has one."""

    genre: str
    chemin: Path
    connu_le: date
    millesime: date | None


def list_envois(dossier: Path) -> list[Envoi]:
    """Every file of the demonstration in the order of its days; each folder is named after its day."""
    envois: list[Envoi] = []
    for vague in sorted(p for p in dossier.iterdir() if p.is_dir()):
        try:
            connu_le = date.fromisoformat(vague.name)
        except ValueError:
            continue  # not a day: the scripts' own folders
        for genre, motif in ORDRE_DES_GENRES:
            envois += [
                Envoi(genre, chemin, connu_le, parse_millesime(chemin.stem))
                for chemin in sorted(vague.glob(motif))
            ]
    return envois


def parse_millesime(nom: str) -> date | None:
    """`france-services-2026-07-01` → 1 July 2026; None when the name ends with no date."""
    try:
        return date.fromisoformat(nom[-10:])
    except ValueError:
        return None
