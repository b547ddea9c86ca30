"""Faits on their way into the columns: arrays in any order, as a reader of the database gives them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from quartiers.core.colonnes.cadre import OPERATEURS, Cadre
from quartiers.core.colonnes.jour import JAMAIS, SANS_JOUR, to_jour
from quartiers.core.colonnes.nombre import (
    SANS_DENOMINATEUR,
    SANS_VALEUR,
    Jours,
    Masque,
    Micros,
    Octets,
    Ordres,
    to_micro,
)
from quartiers.core.fait import Cible, Releve
from quartiers.core.referentiel import GenreIndicateur, Origine

RANGS = 4
ORIGINES = tuple(Origine)


@dataclass(frozen=True, slots=True)
class LotDeReleves:
    """Relevés, one per line. `cellule` -1: of nobody, kept only because it may replace another line.

    `valeur` is in millionths (a numerator when `denominateur` is one, a step as a number). `identite` numbers the
    producer's key from 0; without key it is the complement of the number of the source (-1 for source 0, -2…). `ordre`
    is unique. A `retrait` says nothing any more.
    """

    cellule: NDArray[np.int32]
    rang: Octets
    date: Jours
    connu: Jours
    ordre: Ordres
    valeur: Micros
    denominateur: Micros
    identite: NDArray[np.int32]
    retrait: Masque

    def __len__(self) -> int:
        return len(self.cellule)


@dataclass(frozen=True, slots=True)
class LotDeCibles:
    """Target lines that count (no `proposition`), one per line.

    `etape` is the step planned for a jalon, 0 for another kind. `valeur` is already 2 x base for a doublement.
    """

    cellule: NDArray[np.int32]
    etape: NDArray[np.int32]
    operateur: Octets
    valeur: Micros
    echeance: Jours
    base: Micros
    base_date: Jours
    effet: Jours
    origine: Octets
    connu: Jours
    ordre: Ordres

    def __len__(self) -> int:
        return len(self.cellule)


@dataclass(slots=True)
class Numeros:
    """Cells, sources and keys by name; sources and keys get their number when first met.

    `sources_des_cles`: the source of each key. `refuses`: cells that no column can hold.
    """

    cadre: Cadre
    indicateurs: Mapping[str, int] = field(init=False)
    territoires: Mapping[str, int] = field(init=False)
    sources: dict[str, int] = field(default_factory=dict)
    identites: dict[tuple[object, ...], int] = field(default_factory=dict)
    sources_des_cles: list[int] = field(default_factory=list)
    refuses: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.indicateurs = {i.code: rang for rang, i in enumerate(self.cadre.indicateurs)}
        self.territoires = {code: rang for rang, code in enumerate(self.cadre.codes)}

    def get_cellule(self, indicateur: str, territoire: str) -> int:
        """Number of a cell, -1 when nothing is asked of it."""
        i, t = self.indicateurs.get(indicateur, -1), self.territoires.get(territoire, -1)
        return -1 if i < 0 or t < 0 else i * len(self.territoires) + t

    def get_identite(self, releve: Releve) -> int:
        """Number of the key of a line, or what stands for its source when it has none (L-02, L-03)."""
        source = self.sources.setdefault(releve.producteur, len(self.sources))
        if not releve.cle:
            return ~source
        numero = self.identites.setdefault(releve.identite, len(self.identites))
        if numero == len(self.sources_des_cles):
            self.sources_des_cles.append(source)
        return numero

    def list_sources(self, identites: NDArray[np.int32]) -> NDArray[np.int32]:
        """Number of the source of each line; keys that came as bare numbers are all of source 0."""
        connues = np.array(self.sources_des_cles or [0], np.int32)
        cles = np.clip(identites, 0, len(connues) - 1)
        return np.where(identites < 0, ~identites, connues[cles]).astype(np.int32)

    def get_genre(self, cellule: int) -> GenreIndicateur:
        """Kind of the indicateur of a cell."""
        return self.cadre.indicateurs[cellule // len(self.territoires)].genre


def read_releves(releves: Iterable[Releve], numeros: Numeros) -> LotDeReleves:
    """Relevés as arrays; those that do not fit leave their cell among the refused ones, to be computed plainly."""
    lignes = []
    for r in releves:
        cellule = numeros.get_cellule(r.indicateur, r.territoire)
        mots = _read_mots(r, numeros.get_genre(cellule)) if cellule >= 0 else (0, SANS_DENOMINATEUR)
        if mots is None:
            numeros.refuses.add(cellule)
            mots = (0, SANS_DENOMINATEUR)
        lignes.append(
            (
                cellule,
                int(r.rang),
                r.date.toordinal(),
                r.connu_le.toordinal(),
                r.ordre,
                *mots,
                numeros.get_identite(r),
                r.is_retrait,
            )
        )
    colonnes = list(zip(*lignes, strict=True)) or [()] * 9
    return LotDeReleves(
        cellule=np.array(colonnes[0], np.int32),
        rang=np.array(colonnes[1], np.int8),
        date=np.array(colonnes[2], np.int32),
        connu=np.array(colonnes[3], np.int32),
        ordre=np.array(colonnes[4], np.int64),
        valeur=np.array(colonnes[5], np.int64),
        denominateur=np.array(colonnes[6], np.int64),
        identite=np.array(colonnes[7], np.int32),
        retrait=np.array(colonnes[8], bool),
    )


def _read_mots(releve: Releve, genre: GenreIndicateur) -> tuple[int, int] | None:
    """(value, denominator), or None when the line is of a shape that columns do not hold."""
    if releve.is_retrait:
        return 0, SANS_DENOMINATEUR
    formes = (releve.valeur, releve.numerateur, releve.jalon)
    if sum(forme is not None for forme in formes) != 1:
        return None
    if releve.numerateur is not None:
        haut, bas = to_micro(releve.numerateur), to_micro(releve.denominateur)
        if haut is None or bas is None or bas < 0 or genre is GenreIndicateur.JALON:
            return None  # a denominator is missing, negative, or has no meaning on steps
        return haut, bas
    if releve.denominateur is not None:
        return None
    valeur = to_micro(releve.lu)
    if valeur is None or (genre is GenreIndicateur.JALON and valeur < 0):
        return None
    return valeur, SANS_DENOMINATEUR


def read_cibles(cibles: Iterable[Cible], numeros: Numeros) -> LotDeCibles:
    """Target lines as arrays; a `proposition` never counts and is left out."""
    lignes = []
    for c in cibles:
        cellule = numeros.get_cellule(c.indicateur, c.territoire)
        if cellule < 0 or c.origine is Origine.PROPOSITION:
            continue
        mots = _read_seuil(c, numeros.get_genre(cellule))
        if mots is None:
            numeros.refuses.add(cellule)
            continue
        etape, valeur, base = mots
        lignes.append(
            (
                cellule,
                etape,
                OPERATEURS.index(c.operateur),
                valeur,
                to_jour(c.echeance, JAMAIS),
                base,
                to_jour(c.base_date, SANS_JOUR),
                to_jour(c.effet, SANS_JOUR),
                ORIGINES.index(c.origine),
                c.connu_le.toordinal(),
                c.ordre,
            )
        )
    types = (
        np.int32,
        np.int32,
        np.int8,
        np.int64,
        np.int32,
        np.int64,
        *[np.int32] * 2,
        np.int8,
        np.int32,
        np.int64,
    )
    colonnes = list(zip(*lignes, strict=True)) or [()] * len(types)
    return LotDeCibles(*(np.array(c, t) for c, t in zip(colonnes, types, strict=True)))


def _read_seuil(cible: Cible, genre: GenreIndicateur) -> tuple[int, int, int] | None:
    """(step, threshold, base), or None when columns cannot hold them."""
    valeur, base = to_micro(cible.valeur), to_micro(cible.base)
    if valeur is None or base is None:
        return None
    if genre is GenreIndicateur.DOUBLEMENT:
        return 0, SANS_VALEUR if base == SANS_VALEUR else 2 * base, base
    if genre is not GenreIndicateur.JALON:
        return 0, valeur, base
    if cible.valeur is None or cible.valeur.denominator != 1 or not 0 <= cible.valeur < 1000:
        return (
            None  # a plan without step is ignored by the plain computation, which is left to say so
        )
    return int(cible.valeur), valeur, base
