"""The demonstration: an invented département, loaded by the ordinary imports into a base of its own.

What its accounts then did on its pages is played apart (`charger_gestes`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from quartiers.core.composition import compose_vue
from quartiers.core.statut import FAMILLES, LIBELLES
from quartiers.core.vue import Vue
from quartiers.usecases.charger_dossier import load_dossier
from quartiers.usecases.creer_comptes_demo import create_comptes
from quartiers.usecases.importer import import_fichier

SUFFIXES = frozenset({".py", ".csv", ".toml", ".geojson", ".txt"})

VU_LE_DEMO = date(2026, 11, 23)
"""The day the demonstration looks at when an address says none: its records are written around it."""


ORDRE_DES_GENRES = (
    ("cog", "cog"),
    ("qpv", "qpv.geojson"),
    ("qrr", "qrr.geojson"),
    ("quartiers", "quartiers.csv"),
    ("vacances", "calendriers.csv"),
    ("france-services", "france-services-*.csv"),
    ("arrets", "arrets.csv"),
    ("confirmations", "confirmations.csv"),
    ("cibles", "cibles.csv"),
    ("releves", "releves.csv"),
    ("sans_objet", "sans_objet.csv"),
    ("organisme", "organismes.csv"),
    ("convention", "conventions.csv"),
    ("lieu", "lieux.csv"),
    ("poste", "postes.csv"),
    ("cohorte", "cohortes.csv"),
    ("activite", "activites.csv"),
    ("instance", "instances.csv"),
    ("seance", "seances.csv"),
    ("decision", "decisions.csv"),
    ("projet", "projets.csv"),
    ("financement", "financements.csv"),
    ("pointage", "pointages.csv"),
)
"""(kind of import, name of its file) in each folder: territoires first, what others refer to next."""


@dataclass(frozen=True, slots=True)
class FichierDeDemo:
    """A file of the demonstration, with the day it was learnt and its millésime when it has one."""

    genre: str
    chemin: Path
    connu_le: date
    millesime: date | None


def list_envois(dossier: Path) -> list[FichierDeDemo]:
    """Every file of the demonstration in the order of its days; each folder is named after its day."""
    envois: list[FichierDeDemo] = []
    for vague in sorted(p for p in dossier.iterdir() if p.is_dir()):
        try:
            connu_le = date.fromisoformat(vague.name)
        except ValueError:
            continue  # not a day: the scripts' own folders
        for genre, motif in ORDRE_DES_GENRES:
            envois += [
                FichierDeDemo(genre, chemin, connu_le, parse_millesime(chemin.stem))
                for chemin in sorted(vague.glob(motif))
            ]
    return envois


def parse_millesime(nom: str) -> date | None:
    """`france-services-2026-07-01` → 1 July 2026; None when the name ends with no date."""
    try:
        return date.fromisoformat(nom[-10:])
    except ValueError:
        return None


def load_demo(*, dossier: Path, saisi_le: datetime) -> Iterator[str]:
    """Take in every file by the ordinary imports, then make the accounts; a sentence per file.

    Raises DonneesRefusees like any import: the demonstration is not above the rules.
    """
    for envoi in list_envois(dossier):
        resultat = import_fichier(
            genre=envoi.genre,
            chemin=envoi.chemin,
            connu_le=envoi.connu_le,
            saisi_le=saisi_le,
            millesime=envoi.millesime,
        )
        pluriel = "s" if resultat.ajoutees > 1 else ""
        nombre = f"{resultat.ajoutees} ligne{pluriel}" if resultat.ajoutees else "rien de nouveau"
        yield f"{envoi.connu_le:%d/%m/%Y}  {envoi.chemin.name} : {nombre}"
    yield f"{create_comptes(saisi_le)} comptes de démonstration"


def compute_empreinte(*dossiers: Path) -> str:
    """A digest of all that the loaded base depends on: data, référentiel and code. Any change rebuilds it."""
    empreinte = hashlib.sha256()
    for dossier in dossiers:
        for fichier in sorted(f for f in dossier.rglob("*") if f.suffix in SUFFIXES):
            empreinte.update(f"{fichier.relative_to(dossier)}\0".encode())
            empreinte.update(fichier.read_bytes())
    return empreinte.hexdigest()


def read_bilan(departement: str = "DEP-00") -> str:
    """What the demonstration shows at its day: quartiers, coverage, how many actions in each statut."""
    vue = Vue(load_dossier(), VU_LE_DEMO, VU_LE_DEMO)
    tableau = compose_vue(vue, departement)
    statuts = dict(tableau.taux.statuts)
    entete = (
        f"{tableau.territoire.nom}, vu le {VU_LE_DEMO:%d/%m/%Y} : "
        f"{len(vue.list_attendus_de(departement))} quartiers, "
        f"{tableau.taux.renseignes} actions à jour sur {tableau.taux.applicables}"
    )
    lignes = [entete]
    for famille, membres in FAMILLES:
        detail = " ; ".join(
            f"{LIBELLES[statut].lower()} : {statuts.get(statut, 0)}" for statut in membres
        )
        lignes.append(f"  {famille} : {sum(statuts.get(s, 0) for s in membres)} ({detail})")
    return "\n".join(lignes)
