"""The nation, in columns and in pandas: the same relevés, the same rules, the same answers, then the times.

    python -m bench.nation [--petit] [--graine N] [--repetitions N]

The first line printed is the result. Exit code 1 when a statut differs anywhere. Nothing asserts a time.
"""

from __future__ import annotations

import argparse
import datetime as dt
import resource
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from bench.monde_national import NATION, PETITE, REGARDS, Entiers, Monde, make_monde_national
from bench.moteurs import build_colonnes, build_contexte, count_statuts_en_colonnes, read_cellules
from bench.pandas_jugement import STATUTS
from bench.pandas_nation import Tables, count_statuts, evaluate_pandas, prepare_tables
from quartiers.core.colonnes.colonnes import FaitsEnColonnes
from quartiers.core.colonnes.constats import ConstatsEnColonnes
from quartiers.core.colonnes.evaluation import evaluate_colonnes
from quartiers.core.colonnes.jugement import STATUTS as STATUTS_DES_COLONNES
from quartiers.core.evaluation import evaluate_constat

ECHANTILLON = 5_000


@dataclass(frozen=True, slots=True)
class Duree:
    """Medians of one computation: elapsed, and of the processor alone, which gives the ratios.

    All run in one thread; on a busy machine elapsed time says more of the neighbours than of the computation.
    """

    ms: float
    processeur_ms: float


@dataclass(slots=True)
class Mesure:
    """One look: medians, microseconds a cell for the plain computation, and what differs."""

    vu_le: dt.date
    connu_le: dt.date
    colonnes: Duree
    pandas: Duree
    direct: Duree
    simple_us: float
    comparees: int
    differences: list[str] = field(default_factory=list)
    par_statut: Entiers = field(default_factory=lambda: np.zeros(len(STATUTS), np.int64))

    @property
    def rapport(self) -> float:
        """How many times faster than prepared pandas the columns are."""
        return self.pandas.processeur_ms / self.colonnes.processeur_ms

    @property
    def rapport_direct(self) -> float:
        """How many times faster than pandas from the relevés as they came."""
        return self.direct.processeur_ms / self.colonnes.processeur_ms


@dataclass(slots=True)
class Resultat:
    """A whole run."""

    monde: Monde
    releves: int
    cellules: int
    construction_s: float
    preparation_s: float
    octets: int
    octets_des_releves: int
    octets_des_tables: int
    mesures: list[Mesure] = field(default_factory=list)
    retour: float = 0.0
    pic_colonnes: int = 0
    pic_pandas: int = 0

    @property
    def differences(self) -> list[str]:
        """Everything on which two computations do not agree."""
        return [d for mesure in self.mesures for d in mesure.differences]

    @property
    def phrase(self) -> str:
        """The result in one sentence."""
        nombre = sum(m.comparees for m in self.mesures)
        ecarts = len(self.differences)
        tri, direct = [m.rapport for m in self.mesures], [m.rapport_direct for m in self.mesures]
        simple = statistics.median(
            m.simple_us * self.cellules / 1000 / m.colonnes.processeur_ms for m in self.mesures
        )
        return (
            f"{self.cellules} cellules, {self.releves} relevés, {len(self.mesures)} regards : "
            f"{nombre} statuts comparés à pandas, {ecarts} différence{'s' if ecarts > 1 else ''} ; "
            f"colonnes {max(m.colonnes.processeur_ms for m in self.mesures):.0f} ms de processeur au plus, {_say_entre(direct)} fois plus "
            f"vite que pandas, {_say_entre(tri)} fois si ses tables sont triées d'avance, environ {simple:.0f} fois "
            "plus vite que cellule par cellule (extrapolé)"
        )


def run_nation(graine: int = 1, *, petit: bool = False, repetitions: int = 5) -> Resultat:
    """Draw, build, compare, then measure."""
    monde = make_monde_national(graine, PETITE if petit else NATION)
    debut = time.perf_counter()
    colonnes = build_colonnes(monde)
    milieu = time.perf_counter()
    tables = prepare_tables(monde)
    fin = time.perf_counter()
    resultat = Resultat(
        monde=monde,
        releves=len(monde.releves),
        cellules=monde.cellules,
        construction_s=milieu - debut,
        preparation_s=fin - milieu,
        octets=colonnes.nbytes,
        octets_des_releves=colonnes.releves.nbytes,
        octets_des_tables=tables.nbytes,
    )
    de = np.random.default_rng(graine + 1)
    for vu_le, connu_le in REGARDS:
        resultat.mesures.append(
            _measure(monde, colonnes, tables, (vu_le, connu_le), repetitions, de)
        )
    resultat.retour = _measure_retour(colonnes, repetitions)
    resultat.pic_colonnes = _measure_memoire(lambda: _run_colonnes(colonnes, *REGARDS[0]))
    resultat.pic_pandas = _measure_memoire(lambda: _run_pandas(tables, *REGARDS[0]))
    return resultat


def _measure_retour(colonnes: FaitsEnColonnes, repetitions: int) -> float:
    """The same day, with today's knowledge over that of the day."""
    vu_le, connu_le = REGARDS[1]
    aujourd_hui, alors = _measure_tour_a_tour(
        (
            lambda: _run_colonnes(colonnes, vu_le, connu_le),
            lambda: _run_colonnes(colonnes, vu_le, vu_le),
        ),
        repetitions,
    )
    return aujourd_hui.processeur_ms / alors.processeur_ms


def _run_colonnes(
    colonnes: FaitsEnColonnes, vu_le: dt.date, connu_le: dt.date
) -> tuple[ConstatsEnColonnes, Entiers]:
    constats = evaluate_colonnes(colonnes, vu_le, connu_le)
    return constats, count_statuts_en_colonnes(constats, len(STATUTS))


def _run_pandas(
    tables: Tables, vu_le: dt.date, connu_le: dt.date, *, direct: bool = False
) -> tuple[pd.DataFrame, pd.DataFrame]:
    cellules = evaluate_pandas(tables, vu_le.toordinal(), connu_le.toordinal(), direct=direct)
    return cellules, count_statuts(cellules, tables.quartiers)


def _measure(
    monde: Monde,
    colonnes: FaitsEnColonnes,
    tables: Tables,
    regard: tuple[dt.date, dt.date],
    repetitions: int,
    de: np.random.Generator,
) -> Mesure:
    """Equality first: a time is worth nothing where the answers differ."""
    constats, comptes = _run_colonnes(colonnes, *regard)
    cellules, tableau = _run_pandas(tables, *regard)
    differences = _compare_colonnes(constats, cellules)
    if not np.array_equal(comptes, tableau.to_numpy()):
        differences.append(f"{regard} : comptes par indicateur et statut différents")
    if not _run_pandas(tables, *regard, direct=True)[0].equals(cellules):
        differences.append(f"{regard} : les deux façons de pandas ne disent pas la même chose")
    numeros = np.sort(de.choice(monde.cellules, min(ECHANTILLON, monde.cellules), replace=False))
    simple_us, ecarts = _measure_simple(monde, numeros, cellules, regard)
    en_colonnes, triees, direct = _measure_tour_a_tour(
        (
            lambda: _run_colonnes(colonnes, *regard),
            lambda: _run_pandas(tables, *regard),
            lambda: _run_pandas(tables, *regard, direct=True),
        ),
        repetitions,
    )
    return Mesure(
        vu_le=regard[0],
        connu_le=regard[1],
        colonnes=en_colonnes,
        pandas=triees,
        direct=direct,
        simple_us=simple_us,
        comparees=len(constats) + len(numeros),
        differences=differences + ecarts,
        par_statut=comptes.sum(axis=0),
    )


def _compare_colonnes(constats: ConstatsEnColonnes, cellules: pd.DataFrame) -> list[str]:
    """Every cell: statut, and date of the value retained."""
    codes = np.array([STATUTS.index(s) for s in STATUTS_DES_COLONNES])
    statut, date = cellules["statut"].to_numpy(), cellules["date"].to_numpy()
    faux = np.flatnonzero((codes[constats.statut] != statut) | (constats.date != date))
    return [
        f"cellule {n}, {constats.vu_le} : colonnes {constats.get_statut(n)}, pandas {STATUTS[statut[n]]}"
        for n in faux.tolist()
    ]


def _measure_simple(
    monde: Monde, numeros: Entiers, cellules: pd.DataFrame, regard: tuple[dt.date, dt.date]
) -> tuple[float, list[str]]:
    """The plain computation on some cells: microseconds a cell, and where pandas says something else."""
    lues = read_cellules(monde, numeros)
    debut = time.process_time()
    constats = {
        n: evaluate_constat(build_contexte(monde, n, cellule, *regard))
        for n, cellule in lues.items()
    }
    duree = time.process_time() - debut
    statut = cellules["statut"].to_numpy()
    differences = [
        f"cellule {n}, {regard[0]} : calcul simple {c.statut}, pandas {STATUTS[statut[n]]}"
        for n, c in constats.items()
        if c.statut is not STATUTS[statut[n]]
    ]
    return duree / len(lues) * 1e6, differences


def _measure_tour_a_tour(calculs: Sequence[Callable[[], object]], tours: int) -> list[Duree]:
    """In turn, so that whatever else the machine does weighs on all of them alike."""
    durees: list[list[tuple[float, float]]] = [[] for _ in calculs]
    for _ in range(tours):
        for calcul, siennes in zip(calculs, durees, strict=True):
            debut, debut_processeur = time.perf_counter(), time.process_time()
            calcul()
            siennes.append((time.perf_counter() - debut, time.process_time() - debut_processeur))
    return [
        Duree(*(1000 * statistics.median(mesure) for mesure in zip(*siennes, strict=True)))
        for siennes in durees
    ]


def _measure_memoire(calcul: Callable[[], object]) -> int:
    """Peak of what one computation allocates on top of its data, in bytes."""
    tracemalloc.start()
    calcul()
    _, pic = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return pic


def _say(nombre: float) -> str:
    return f"{nombre:.1f}".replace(".", ",")


def _say_duree(duree: Duree) -> str:
    return f"{_say(duree.ms)} ms ({_say(duree.processeur_ms)} de processeur)"


def _say_entre(nombres: Sequence[float]) -> str:
    return f"{_say(min(nombres))} à {_say(max(nombres))}"


def _say_mio(octets: float) -> str:
    return f"{_say(octets / 2**20)} Mio"


def render_resultat(resultat: Resultat) -> str:
    """The sentence, then the details, then the first differences."""
    r = resultat
    lignes = [r.phrase]
    for m in r.mesures:
        lignes.append(
            f"vu le {m.vu_le}, connu le {m.connu_le} : colonnes {_say_duree(m.colonnes)} ; "
            f"pandas {_say_duree(m.direct)}, rapport {_say(m.rapport_direct)} ; "
            f"pandas trié d'avance {_say_duree(m.pandas)}, rapport {_say(m.rapport)} ; calcul simple {m.simple_us:.0f} µs "
            f"par cellule, soit {_say(m.simple_us * r.cellules / 1e6)} s extrapolées ; "
            f"{len(m.differences)} différence(s)"
        )
        compte = ", ".join(
            f"{s} {n}" for s, n in zip(STATUTS, m.par_statut.tolist(), strict=True) if n
        )
        lignes.append(f"  statuts : {compte}")
    lignes += [
        f"un même jour vu avec ce que l'on sait aujourd'hui : {_say(r.retour)} fois le temps de ce que l'on savait alors",
        f"construction : colonnes {_say(r.construction_s)} s, tables pandas {_say(r.preparation_s)} s",
        f"colonnes : {_say_mio(r.octets)}, {_say(r.octets_des_releves / r.releves)} octets par relevé",
        f"colonnes, cibles comprises : {_say(r.octets / r.releves)} octets par relevé",
        f"tables pandas : {_say_mio(r.octets_des_tables)}",
        f"pic d'un calcul en plus des données : colonnes {_say_mio(r.pic_colonnes)}, pandas {_say_mio(r.pic_pandas)}",
        f"pic du processus entier, pandas compris : {_say_mio(get_pic_du_processus())}",
        *r.differences[:10],
    ]
    return "\n".join(lignes)


def get_pic_du_processus() -> int:
    """Largest resident size so far, in bytes."""
    pic = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return pic if sys.platform == "darwin" else pic * 1024


def main(arguments: list[str] | None = None) -> int:
    """Read the options, run, print."""
    lecteur = argparse.ArgumentParser(
        prog="bench.nation", description="La nation, en colonnes et en pandas."
    )
    lecteur.add_argument(
        "--petit", action="store_true", help="16 quartiers, 15 000 relevés : quelques secondes"
    )
    lecteur.add_argument("--graine", type=int, default=1)
    lecteur.add_argument("--repetitions", type=int, default=5)
    options = lecteur.parse_args(arguments)
    resultat = run_nation(options.graine, petit=options.petit, repetitions=options.repetitions)
    print(render_resultat(resultat))
    return 1 if resultat.differences else 0


if __name__ == "__main__":
    sys.exit(main())
