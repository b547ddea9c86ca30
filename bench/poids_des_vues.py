"""What the looks of a process weigh, by constat: the constant by which a process bounds them (`usecases/memoire.py`).

    python -m bench.poids_des_vues [--quartiers N]

A base drawn at random is looked at from the nation down, as pages do; what the look then holds is told beside the same
constats without their arrangement. The first line is the result.
"""

from __future__ import annotations

import argparse
import gc
import tracemalloc
from dataclasses import dataclass

from bench.dossier_national import CREATION, Grandeurs, make_dossier_national
from bench.monde_national import FIN
from quartiers.core.cellule import Cellules
from quartiers.core.composition import compose_vue
from quartiers.core.territoire import NATION, Genre
from quartiers.core.vue import OCTETS_PAR_CONSTAT, Vue

GENRES = frozenset({Genre.DEPARTEMENT, Genre.QUARTIER})


@dataclass(frozen=True, slots=True)
class Resultat:
    """Bytes held, and the constats they are those of."""

    octets: int
    constats: int

    @property
    def par_constat(self) -> float:
        """Bytes of one."""
        return self.octets / self.constats


def weigh_vue(quartiers: int = 60) -> Resultat:
    """One look, of which every département, every quartier and the nation were shown."""
    dossier = make_dossier_national(1, Grandeurs(quartiers))
    cellules = Cellules(dossier)
    gc.collect()
    tracemalloc.start()
    vue = Vue(dossier, FIN, CREATION, cellules)
    codes = [t.code for t in vue.territoires.values() if t.genre in GENRES]
    for code in (NATION, *codes):
        compose_vue(vue, code)
    gc.collect()
    octets, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return Resultat(octets, vue.count_constats())


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quartiers", type=int, default=60)
    resultat = weigh_vue(parser.parse_args().quartiers)
    print(
        f"{resultat.par_constat:.0f} octets par constat ({resultat.constats} constats), "
        f"compté {OCTETS_PAR_CONSTAT} : {OCTETS_PAR_CONSTAT / resultat.par_constat:.2f} fois"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
