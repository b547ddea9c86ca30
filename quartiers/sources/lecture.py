"""One door for every table: a file, whatever its format, gives rows; a JSON gives its value."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from quartiers.core.anomalie import Rapport
from quartiers.sources.lecture_csv import read_csv, read_entete_csv
from quartiers.sources.lecture_tableur import read_entete_tableur, read_tableur
from quartiers.sources.octets import (
    LIMITES,
    GenreOctets,
    Limites,
    get_genre,
    inflate,
    read_octets,
    refusal,
)
from quartiers.sources.table import Colonnes, Table, name_colonne
from quartiers.sources.texte import decode_text

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Lecture(Generic[T]):
    """What a source gave: its records, the rapport, and the SHA-256 of the bytes they came from."""

    donnees: tuple[T, ...]
    rapport: Rapport
    empreinte: str


def read_table(
    octets: bytes,
    fichier: str,
    colonnes: Colonnes,
    *,
    feuille: str | None = None,
    limites: Limites = LIMITES,
) -> Table:
    """Rows of a CSV (gzipped or not), an XLSX or an ODS, by content and never by extension."""
    contenu = inflate(octets, fichier, limites)
    if get_genre(contenu) is GenreOctets.ZIP:
        return read_tableur(contenu, fichier, colonnes, feuille=feuille, limites=limites)
    return read_csv(decode_text(contenu, fichier), fichier, colonnes)


def read_entete(
    octets: bytes, fichier: str, colonnes: Colonnes, *, limites: Limites = LIMITES
) -> tuple[str, ...]:
    """The names of its columns as they are written; one without a name is empty. Nothing else of it is judged."""
    contenu = inflate(octets, fichier, limites)
    if get_genre(contenu) is GenreOctets.ZIP:
        entete = read_entete_tableur(contenu, fichier, colonnes, limites)
    else:
        entete = list(read_entete_csv(decode_text(contenu, fichier), fichier, colonnes))
    noms = tuple(map(name_colonne, entete))
    return noms[: 1 + max((rang for rang, nom in enumerate(noms) if nom), default=-1)]


def read_table_file(chemin: Path, colonnes: Colonnes, *, feuille: str | None = None) -> Table:
    """The same from a path."""
    return read_table(read_octets(chemin), chemin.name, colonnes, feuille=feuille)


def read_json(octets: bytes, fichier: str, limites: Limites = LIMITES) -> Any:  # noqa: ANN401 -- JSON is Any
    """The value of a JSON text (gzipped or not); NaN, Infinity, a key twice or a cut end are refused."""
    texte = decode_text(inflate(octets, fichier, limites), fichier).contenu

    def build_object(paires: list[tuple[str, Any]]) -> dict[str, Any]:
        objet = dict(paires)
        if len(objet) != len(paires):
            raise refusal(fichier, "objet JSON dont une clé est écrite deux fois")
        return objet

    def refuse_constant(constante: str) -> float:
        raise refusal(fichier, f"« {constante} » n’est pas un nombre JSON")

    try:
        return json.loads(texte, object_pairs_hook=build_object, parse_constant=refuse_constant)
    except json.JSONDecodeError as erreur:
        raise refusal(fichier, "JSON abîmé ou tronqué", erreur.lineno) from erreur
    except (RecursionError, ValueError) as erreur:
        raise refusal(fichier, "JSON trop profond ou nombre trop long") from erreur
