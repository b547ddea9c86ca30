"""An invented nation, seeded: 62 QRR and 1,584 QPV, every indicateur of the référentiel, relevés and target lines.

Everything is plain NumPy arrays that no engine owns: the columns, pandas and the plain computation all read these.
No official figure is here: codes are numbers, values are drawn. Indicateurs are the real ones, each of them asked of
every quartier (the real référentiel asks some of a commune or of a département), so that 150 x 1,646 cells exist.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from quartiers.core.referentiel import GenreIndicateur, Indicateur, Operateur, Origine, Sens
from quartiers.core.territoire import Niveau
from quartiers.referentiel.charger import get_dossier, load_programme

Entiers: TypeAlias = NDArray[np.int64]
Booleens: TypeAlias = NDArray[np.bool_]

QRR, QPV, DEPARTEMENTS, REGIONS = 62, 1584, 101, 18
DEBUT, FIN = dt.date(2021, 1, 1), dt.date(2026, 11, 23)
# (vu_le, connu_le): today; the past as we know it now; the past as it was known then
REGARDS = (
    (FIN, FIN),
    (dt.date(2024, 6, 30), FIN),
    (dt.date(2023, 1, 31), dt.date(2023, 1, 31)),
)
PAS = 100  # days: dates on this grid make shares of elapsed time, and ratios, fall right on their bounds
MICRO = 1_000_000
VIDE = -(2**63)  # no value
SANS_JOUR, JAMAIS = 0, 2**31 - 1  # no date: before all of them, after all of them
SANS_CLE = SANS_DENOMINATEUR = -1
OPERATEURS, ORIGINES = tuple(Operateur), tuple(Origine)


@dataclass(frozen=True, slots=True)
class Taille:
    """How much is drawn: quartiers, and first versions of relevés."""

    qrr: int
    qpv: int
    releves: int


NATION = Taille(QRR, QPV, 1_500_000)
PETITE = Taille(2, 14, 15_000)


@dataclass(frozen=True, slots=True)
class Releves:
    """Relevés, one per row. Values in millionths (numerators when there is a denominator; a step as a number)."""

    cellule: Entiers
    date: Entiers
    connu: Entiers
    ordre: Entiers
    valeur: Entiers
    denominateur: Entiers
    cle: Entiers
    retrait: Booleens

    def __len__(self) -> int:
        return len(self.cellule)


@dataclass(frozen=True, slots=True)
class Cibles:
    """Target lines, one per row, propositions included; `operateur` and `origine` are ranks in their lists."""

    cellule: Entiers
    operateur: Entiers
    valeur: Entiers
    echeance: Entiers
    base: Entiers
    base_date: Entiers
    effet: Entiers
    origine: Entiers
    connu: Entiers
    ordre: Entiers

    def __len__(self) -> int:
        return len(self.cellule)


@dataclass(frozen=True, slots=True)
class Monde:
    """A nation. Cell number = indicateur x quartiers + quartier; `departement` and `region` are those of quartiers."""

    indicateurs: tuple[Indicateur, ...]
    codes: tuple[str, ...]
    departement: Entiers
    region: Entiers
    releves: Releves
    cibles: Cibles

    @property
    def cellules(self) -> int:
        """How many cells there are."""
        return len(self.indicateurs) * len(self.codes)


def make_monde_national(graine: int, taille: Taille = NATION) -> Monde:
    """The same seed and size give the same nation."""
    de = np.random.default_rng(graine)
    indicateurs = tuple(
        replace(i, niveau=Niveau.QUARTIER) for i in load_programme(get_dossier()).list_indicateurs()
    )
    departement = de.integers(0, DEPARTEMENTS, taille.qrr + taille.qpv)
    codes = tuple(
        f"QRR-{d:02}_{rang}" if rang < taille.qrr else f"QN{d:03}{rang:05}N"
        for rang, d in enumerate(departement.tolist())
    )
    genres = Genres.build(indicateurs, len(codes))
    nombre = len(indicateurs) * len(codes)
    remplies = np.flatnonzero(de.random(nombre) >= 0.08)  # of the others nothing was ever said
    return Monde(
        indicateurs=indicateurs,
        codes=codes,
        departement=departement,
        region=departement % REGIONS,
        releves=make_releves(de, genres, remplies, taille.releves),
        cibles=make_cibles(de, genres, np.flatnonzero(de.random(nombre) < 0.45)),
    )


@dataclass(frozen=True, slots=True)
class Genres:
    """What the drawing has to know of the indicateur of a cell."""

    genre: NDArray[np.str_]
    dernier_pas: Entiers
    baisse: Booleens
    par_indicateur: int

    @classmethod
    def build(cls, indicateurs: tuple[Indicateur, ...], quartiers: int) -> Genres:
        return cls(
            genre=np.array([i.genre.value for i in indicateurs]),
            dernier_pas=np.array([max(1, len(i.echelle) - 1) for i in indicateurs]),
            baisse=np.array([i.sens is Sens.BAISSE for i in indicateurs]),
            par_indicateur=quartiers,
        )

    def is_genre(self, cellule: Entiers, genre: GenreIndicateur) -> Booleens:
        """Whether each cell is of that kind."""
        return np.asarray(self.genre[cellule // self.par_indicateur] == genre.value, bool)

    def find(self, cellule: Entiers, genre: GenreIndicateur) -> Entiers:
        """Places of the cells of that kind."""
        return np.flatnonzero(self.is_genre(cellule, genre))


def make_releves(
    de: np.random.Generator, genres: Genres, remplies: Entiers, nombre: int
) -> Releves:
    """First versions, half of them with a key; then corrections of 5 % (some move the date) and retractions."""
    cellule = de.choice(remplies, nombre)
    jours = (FIN - DEBUT).days
    date = DEBUT.toordinal() + (jours * np.sqrt(de.random(nombre))).astype(np.int64)
    ronde = de.random(nombre) < 0.3
    date[ronde] -= (date[ronde] - DEBUT.toordinal()) % PAS
    connu = date + de.integers(0, 40, nombre)
    corrigees = de.choice(nombre, nombre // 20, replace=False)
    retirees = de.choice(nombre, nombre // 400, replace=False)
    source = np.concatenate([np.arange(nombre), corrigees, retirees])
    version = np.repeat([0, 1, 2], [nombre, len(corrigees), len(retirees)])
    total = len(source)
    a_cle = np.arange(nombre) % 2 == 0
    a_cle[corrigees] = a_cle[retirees] = True
    deplacee = (version == 1) & (de.random(total) < 0.2)
    jour = date[source] - np.where(deplacee, de.integers(1, 60, total), 0)
    valeur, denominateur = _draw_valeurs(
        de, genres, cellule[source], (jour - DEBUT.toordinal()) / jours
    )
    return Releves(
        cellule=cellule[source],
        date=jour,
        connu=connu[source] + version * de.integers(0, 200, total),
        ordre=np.arange(total),
        valeur=valeur,
        denominateur=denominateur,
        cle=np.where(a_cle[source], source, SANS_CLE),
        retrait=version == 2,
    )


def _draw_valeurs(
    de: np.random.Generator, genres: Genres, cellule: Entiers, avance: NDArray[np.float64]
) -> tuple[Entiers, Entiers]:
    """Values that tend to grow with time, some with two decimals; shares as whole numerator and denominator."""
    nombre = len(cellule)
    valeur = de.poisson(3 + 30 * np.maximum(avance, 0)) * MICRO
    valeur += np.where(de.random(nombre) < 0.05, de.integers(0, 100, nombre) * 10_000, 0)
    presences = genres.find(cellule, GenreIndicateur.PRESENCE)
    valeur[presences] = de.choice([0, 1, 1, 1, 2], len(presences)) * MICRO
    jalons = genres.find(cellule, GenreIndicateur.JALON)
    dernier = genres.dernier_pas[cellule[jalons] // genres.par_indicateur]
    valeur[jalons] = de.integers(0, dernier + 1) * MICRO
    denominateur = np.full(nombre, SANS_DENOMINATEUR)
    parts = genres.find(cellule, GenreIndicateur.PART)
    parts = parts[de.random(len(parts)) < 0.95]  # the others give a bare percentage
    bas = de.integers(0, 60, len(parts))
    valeur[parts] = np.minimum(bas, (bas * (0.3 + 0.8 * de.random(len(parts)))).astype(int)) * MICRO
    denominateur[parts] = bas * MICRO
    return valeur, denominateur


def make_cibles(de: np.random.Generator, genres: Genres, visees: Entiers) -> Cibles:
    """A plan for each cell of `visees`, an avenant for a quarter of them, some propositions that never count."""
    avenants = visees[de.random(len(visees)) < 0.25]
    propositions = visees[de.random(len(visees)) < 0.05]
    cellule = np.concatenate([visees, avenants, propositions])
    origine = np.repeat(
        [ORIGINES.index(o) for o in (Origine.PLAN, Origine.AVENANT, Origine.PROPOSITION)],
        [len(visees), len(avenants), len(propositions)],
    )
    nombre = len(cellule)
    baisse = genres.baisse[cellule // genres.par_indicateur]
    base, valeur, operateur = _draw_seuils(de, genres, cellule, baisse)
    pose = DEBUT.toordinal() + de.integers(0, 900, nombre)
    pose += np.where(origine == ORIGINES.index(Origine.AVENANT), 500, 0)
    echeance = np.where(de.random(nombre) < 0.85, pose + de.integers(100, 1700, nombre), JAMAIS)
    base_date = np.where(de.random(nombre) < 0.7, pose - 30, SANS_JOUR)
    rondes = np.flatnonzero(de.random(nombre) < 0.15)
    base_date[rondes] = DEBUT.toordinal() + PAS * de.integers(0, 16, len(rondes))
    echeance[rondes] = base_date[rondes] + 10 * PAS
    croissants = rondes[operateur[rondes] == OPERATEURS.index(Operateur.AU_MOINS)]
    croissants = croissants[genres.is_genre(cellule[croissants], GenreIndicateur.COMPTE)]
    base[croissants], valeur[croissants] = (
        0,
        100 * MICRO,
    )  # 6 or 9 at a tenth of the time: 0.60 or 0.90
    bornes = np.flatnonzero(de.random(nombre) < 0.05)
    jours = np.array([vu_le.toordinal() for vu_le, _ in REGARDS])
    ecarts = np.array(
        [-1, 0, 1, 30, 31]
    )  # reached that day, passed the day before, a month late or a day more
    echeance[bornes] = de.choice(jours, len(bornes)) - de.choice(ecarts, len(bornes))
    doublements = genres.find(cellule, GenreIndicateur.DOUBLEMENT)
    echeance[doublements] = pose[doublements] + 700
    toujours = (de.random(nombre) < 0.5) & (origine == ORIGINES.index(Origine.PLAN))
    return Cibles(
        cellule=cellule,
        operateur=operateur,
        valeur=valeur,
        echeance=echeance,
        base=base,
        base_date=base_date,
        effet=np.where(toujours, SANS_JOUR, pose),
        origine=origine,
        connu=pose + de.integers(0, 60, nombre),
        ordre=np.arange(nombre),
    )


def _draw_seuils(
    de: np.random.Generator, genres: Genres, cellule: Entiers, baisse: Booleens
) -> tuple[Entiers, Entiers, Entiers]:
    """Bases, thresholds (VIDE for a doubling, which has its base alone) and operators."""
    nombre = len(cellule)
    base = de.integers(0, 15, nombre)
    ecart = de.integers(1, 30, nombre)
    valeur = np.where(baisse, np.maximum(base - ecart % 8, 0), base + ecart)
    presences = genres.find(cellule, GenreIndicateur.PRESENCE)
    valeur[presences], base[presences] = de.integers(1, 3, len(presences)), 0
    parts = genres.find(cellule, GenreIndicateur.PART)
    valeur[parts], base[parts] = (
        10 * de.integers(5, 11, len(parts)),
        5 * de.integers(0, 11, len(parts)),
    )
    jalons = genres.find(cellule, GenreIndicateur.JALON)
    dernier = genres.dernier_pas[cellule[jalons] // genres.par_indicateur]
    valeur[jalons] = de.integers(1, dernier + 1)
    seuils, bases = valeur * MICRO, np.where(de.random(nombre) < 0.8, base * MICRO, VIDE)
    bases[jalons] = VIDE
    seuils[genres.find(cellule, GenreIndicateur.DOUBLEMENT)] = VIDE
    operateur = np.where(
        baisse, OPERATEURS.index(Operateur.AU_PLUS), OPERATEURS.index(Operateur.AU_MOINS)
    )
    comptes = genres.find(cellule, GenreIndicateur.COMPTE)
    exacts = comptes[de.random(len(comptes)) < 0.02]
    operateur[exacts] = OPERATEURS.index(Operateur.EXACTEMENT)
    return bases, seuils, operateur
