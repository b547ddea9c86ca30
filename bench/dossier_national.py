"""An invented base of the size of France, seeded: its territoires, its quartiers cibles, relevés and target lines.

38,014 territoires, 1,646 expected quartiers, 1.58 million relevés: each indicateur of the référentiel is answered at
its own level, a national one by the quartiers, and by the département itself in the smallest ones, one of twelve. Nothing
is official: codes are numbers, values are drawn (bench.monde_national).
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bench.monde_national import (
    DEPARTEMENTS,
    FIN,
    QPV,
    QRR,
    REGIONS,
    Entiers,
    Genres,
    Monde,
    make_cibles,
    make_releves,
)
from bench.moteurs import read_cible, read_releve
from quartiers.core.dossier import Dossier
from quartiers.core.referentiel import GenreIndicateur, Indicateur, Referentiel
from quartiers.core.territoire import Genre, Niveau, QuartierCible, Territoire, Territoires
from quartiers.referentiel.charger import get_dossier, load_programme

QUARTIERS = QRR + QPV
TERRITOIRES, EPCI = 38_014, 1_254
COMMUNES = TERRITOIRES - QUARTIERS - EPCI - DEPARTEMENTS - REGIONS - 1
RELEVES = 1_500_000  # first versions; corrections and retractions add one in twenty
PAR_ECRITURE = 8_000
CREATION = dt.date(2021, 1, 1)


@dataclass(frozen=True, slots=True)
class Grandeurs:
    """How much is drawn: everything follows from the number of expected quartiers."""

    quartiers: int = QUARTIERS

    @property
    def communes(self) -> int:
        return max(DEPARTEMENTS, COMMUNES * self.quartiers // QUARTIERS)

    @property
    def epci(self) -> int:
        return max(DEPARTEMENTS, EPCI * self.quartiers // QUARTIERS)

    @property
    def qrr(self) -> int:
        return QRR * self.quartiers // QUARTIERS

    @property
    def releves(self) -> int:
        return RELEVES * self.quartiers // QUARTIERS


def make_dossier_national(graine: int, grandeurs: Grandeurs) -> Dossier:
    """The same seed and number of quartiers give the same dossier."""
    referentiel = load_programme(get_dossier())
    geographie = list(list_territoires(grandeurs))
    territoires = Territoires.build(geographie)
    quartiers = list(list_quartiers(geographie))
    lieux = territoires.extend(
        Territoire(q.code, q.nom, Genre.QUARTIER, (*territoires[q.rattaches[0]].parents,))
        for q in quartiers
    )
    monde = _make_monde(np.random.default_rng(graine), referentiel, lieux)
    return Dossier(
        referentiel=referentiel,
        territoires=territoires,
        quartiers=quartiers,
        releves=[read_releve(monde, ligne) for ligne in range(len(monde.releves))],
        cibles=[read_cible(monde, ligne) for ligne in range(len(monde.cibles))],
        version=f"graine-{graine}",
    )


def list_territoires(grandeurs: Grandeurs) -> Iterator[Territoire]:
    """A nation from the top down; few départements hold many quartiers, many hold few."""
    yield Territoire("FR", "France", Genre.NATION)
    for rang in range(REGIONS):
        yield Territoire(f"REG-{rang:02}", f"Région {rang}", Genre.REGION, ("FR",))
    for rang in range(DEPARTEMENTS):
        region = f"REG-{rang % REGIONS:02}"
        yield Territoire(f"DEP-{rang:03}", f"Département {rang}", Genre.DEPARTEMENT, (region,))
    for rang in range(grandeurs.epci):
        yield Territoire(f"EPCI-{rang:04}", f"Communauté {rang}", Genre.EPCI, (get_dep(rang),))
    for rang in range(grandeurs.communes):
        # Multiples of the number of départements keep a commune and its EPCI in the same one.
        epci = rang % (grandeurs.epci - grandeurs.epci % DEPARTEMENTS)
        parents = (f"EPCI-{epci:04}", get_dep(rang))
        yield Territoire(f"COM-{rang:05}", f"Commune {rang}", Genre.COMMUNE, parents)
    for rang, departement in enumerate(share_quartiers(grandeurs.quartiers)):
        commune = departement + DEPARTEMENTS * (rang % (grandeurs.communes // DEPARTEMENTS))
        genre = Genre.QRR if rang < grandeurs.qrr else Genre.QPV
        code = f"{genre.name}-{rang:05}"
        parents = (f"COM-{commune:05}", f"DEP-{departement:03}")
        yield Territoire(code, f"Quartier {rang}", genre, parents)


def get_dep(rang: int) -> str:
    """The département of a commune or of an EPCI, by its number."""
    return f"DEP-{rang % DEPARTEMENTS:03}"


def share_quartiers(nombre: int) -> list[int]:
    """The département of each quartier: of 1,646, the fullest holds some forty, the emptiest eight."""
    poids = 1 / (np.arange(DEPARTEMENTS) + 26)
    bornes = np.cumsum(poids) / poids.sum()
    # A step that shares no divisor with the number spreads QRR, the first of them, over all départements.
    places = (np.arange(nombre) * 617 % nombre + 0.5) / nombre
    return [int(d) for d in np.searchsorted(bornes, places)]


def list_quartiers(territoires: Sequence[Territoire]) -> Iterator[QuartierCible]:
    """One quartier cible for each QPV; a tenth were first said under another name."""
    ordre = 0
    for territoire in territoires:
        if territoire.genre is not Genre.QPV:
            continue
        noms = [territoire.nom]
        if ordre % 10 == 0:
            noms.insert(0, f"{territoire.nom}, premier nom")
        for connu_le, nom in zip((CREATION, FIN - dt.timedelta(days=100)), noms, strict=False):
            ordre += 1
            yield QuartierCible(
                code=f"QC-{territoire.code}",
                nom=nom,
                departement=territoire.parents[-1],
                rattaches=(territoire.code,),
                attendu_du=None,
                attendu_au=None,
                connu_le=connu_le,
                ordre=ordre,
            )


def _make_monde(de: np.random.Generator, referentiel: Referentiel, lieux: Territoires) -> Monde:
    """Relevés and target lines of the cells that somebody has to fill."""
    indicateurs = tuple(referentiel.list_indicateurs())
    quartiers = sorted(t.code for t in lieux.values() if t.genre in {Genre.QUARTIER, Genre.QRR})
    porteurs = {n: _list_porteurs(lieux, quartiers, n) for n in Niveau}
    codes = tuple(sorted({*itertools.chain.from_iterable(porteurs.values())}))
    numeros = {code: rang for rang, code in enumerate(codes)}
    demandees = np.array(
        [
            rang * len(codes) + numeros[code]
            for rang, indicateur in enumerate(indicateurs)
            for code in _list_repondants(indicateur, porteurs)
        ]
    )
    genres = Genres.build(indicateurs, len(codes))
    remplies = demandees[de.random(len(demandees)) >= 0.08]
    releves = make_releves(de, genres, remplies, RELEVES * len(quartiers) // QUARTIERS)
    cibles = make_cibles(de, genres, demandees[de.random(len(demandees)) < 0.45])
    rien: Entiers = np.empty(0, np.int64)
    releves.ordre[:] = write_ordres(len(releves), 1)
    cibles.ordre[:] = write_ordres(len(cibles), 1 + len(releves) // PAR_ECRITURE)
    return Monde(indicateurs, codes, rien, rien, releves, cibles)


def write_ordres(nombre: int, premiere: int) -> Entiers:
    """Orders of lines entered by files of PAR_ECRITURE lines, the first write having that number."""
    ecritures, rangs = np.divmod(np.arange(nombre), PAR_ECRITURE)
    return ((ecritures + premiere) << 24) + rangs


def _list_porteurs(lieux: Territoires, quartiers: list[str], niveau: Niveau) -> list[str]:
    return sorted({p for quartier in quartiers for p in lieux.list_au_niveau(quartier, niveau)})


def _list_repondants(indicateur: Indicateur, porteurs: dict[Niveau, list[str]]) -> list[str]:
    """Who answers: the territoires of its level; of a national one, the quartiers and some small départements."""
    if indicateur.genre is not GenreIndicateur.NATIONAL:
        return porteurs[indicateur.niveau]
    departements = porteurs[Niveau.DEPARTEMENT]
    return [*porteurs[Niveau.QUARTIER], *departements[-len(departements) // 12 :]]
