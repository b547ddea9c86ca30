"""The first page of a département in a base of the size of France, beside the same page read the naive way.

    python -m bench.premiere_page [--quartiers N] [--graine N] [--sans-naif]

The dossier is built in memory (bench.dossier_national) and indexed; then, for pairs of dates never looked at, the
fullest département is composed with its quartiers and arranged as its page: the first time, then at another pair of
dates, then again. The naive way adds every part of a national sum again for every day, and copies the territoires for
each pair of dates. Processor time of one process. The first line is the result; the exit code is 1 when the two ways do
not say the same. No time is required.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TypeVar

from bench import somme_naive
from bench.dossier_national import QUARTIERS, Grandeurs, make_dossier_national
from bench.monde_national import FIN
from quartiers.core.cellule import Cellules
from quartiers.core.composition import compose_vue
from quartiers.core.dossier import Dossier
from quartiers.core.tableau import Tableau
from quartiers.core.territoire import NATION, Genre
from quartiers.core.vue import Vue
from quartiers.reports.presentation.departement import Adresses, build_page_departement

OBJECTIF_S = 3
REGARDS = (FIN, FIN - timedelta(days=1))
Rendu = TypeVar("Rendu")


@dataclass(frozen=True, slots=True)
class Pages:
    """Seconds of processor of one way, at each pair of dates: opening the look, making the page; then the page again."""

    ouvertures: tuple[float, ...]
    premieres: tuple[float, ...]
    encore: float
    tableaux: tuple[tuple[Tableau, ...], ...]


@dataclass(frozen=True, slots=True)
class Resultat:
    """A whole run. `ensembles`: seconds of the tableaux of a région and of the nation, at dates of their own."""

    territoires: int
    attendus: int
    releves: int
    quartiers: int
    construction_s: float
    pages: Pages
    naives: Pages | None
    ensembles: tuple[tuple[str, float], ...]
    pic_mio: float

    @property
    def is_egal(self) -> bool:
        """Both ways say the same, constat by constat."""
        return self.naives is None or self.naives.tableaux == self.pages.tableaux

    @property
    def premiere_s(self) -> float:
        """Opening the first look and making its page."""
        return self.pages.ouvertures[0] + self.pages.premieres[0]


def run_premiere_page(quartiers: int, graine: int = 1, *, avec_naif: bool = True) -> Resultat:
    """Build, then read both ways; the mended one first, so that it pays for what both share."""
    debut = time.process_time()
    dossier = make_dossier_national(graine, Grandeurs(quartiers))
    cellules = Cellules(dossier)
    construction_s = time.process_time() - debut
    departement = find_departement(dossier)
    pages = read_pages(dossier, cellules, departement)
    naives = None
    if avec_naif:
        with somme_naive.read_naivement():
            naives = read_pages(dossier, cellules, departement)
    vue = Vue(dossier, FIN - timedelta(days=2), FIN, cellules)
    region = dossier.territoires[departement].parents[0]
    return Resultat(
        territoires=len(dossier.territoires),
        attendus=len(vue.attendus),
        releves=len(dossier.releves),
        quartiers=len(vue.list_attendus_de(departement)),
        construction_s=construction_s,
        pages=pages,
        naives=naives,
        ensembles=tuple(
            (dossier.territoires[code].nom, measure(partial(compose_vue, vue, code))[0])
            for code in (region, NATION)
        ),
        pic_mio=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )


def find_departement(dossier: Dossier) -> str:
    """The one of most quartiers cibles."""
    porteurs = [quartier.departement for quartier in dossier.quartiers]
    codes = dossier.territoires.list_du_genre(Genre.DEPARTEMENT)
    return max(sorted(codes), key=porteurs.count)


def read_pages(dossier: Dossier, cellules: Cellules, departement: str) -> Pages:
    """The page at two pairs of dates, then the last one again; the looks are kept, as a server does."""
    ouvertes = [measure(partial(Vue, dossier, vu_le, FIN, cellules)) for vu_le in REGARDS]
    faites = [measure(partial(make_page, vue, departement)) for _, vue in ouvertes]
    return Pages(
        ouvertures=tuple(duree for duree, _ in ouvertes),
        premieres=tuple(duree for duree, _ in faites),
        encore=measure(partial(make_page, ouvertes[-1][1], departement))[0],
        tableaux=tuple(tableaux for _, tableaux in faites),
    )


def make_page(vue: Vue, departement: str) -> tuple[Tableau, ...]:
    """The département, its quartiers, and their page without its template."""
    tableaux = tuple(
        compose_vue(vue, code) for code in (departement, *vue.list_attendus_de(departement))
    )
    adresses = Adresses(lambda territoire, _: territoire.code, lambda code, _: code)
    build_page_departement(tableaux[0], tableaux[1:], vue.territoires, adresses)
    return tableaux


def measure(travail: Callable[[], Rendu]) -> tuple[float, Rendu]:
    """Seconds of processor, and what was made."""
    debut = time.process_time()
    rendu = travail()
    return time.process_time() - debut, rendu


def _say(nombre: float) -> str:
    return f"{nombre:.3g}".replace(".", ",")


def _say_pages(pages: Pages) -> str:
    return (
        f"ouvrir le regard {_say(1000 * pages.ouvertures[0])} ms puis {_say(1000 * pages.ouvertures[1])} ms ;"
        f" la page {_say(pages.premieres[0])} s, à d’autres dates {_say(pages.premieres[1])} s,"
        f" redemandée {_say(1000 * pages.encore)} ms"
    )


def render_resultat(r: Resultat) -> str:
    """The sentence, then the details."""
    tenu = "objectif tenu" if r.premiere_s <= OBJECTIF_S else "OBJECTIF MANQUÉ"
    phrase = (
        f"{r.territoires} territoires, {r.attendus} quartiers attendus, {r.releves} relevés : première page d’un"
        f" département de {r.quartiers} quartiers, {_say(r.premiere_s)} s de processeur ({tenu} : {OBJECTIF_S})"
    )
    lignes = [f"lecture du produit : {_say_pages(r.pages)}"]
    if r.naives is not None:
        naive_s = r.naives.ouvertures[0] + r.naives.premieres[0]
        phrase += f", {_say(naive_s / r.premiere_s)} fois moins que la lecture naïve"
        lignes.append(f"lecture naïve : {_say_pages(r.naives)}")
        lignes.append("les deux disent la même chose" if r.is_egal else "ÉCART : elles diffèrent")
    lignes += [f"tableau de {nom} : {_say(duree)} s" for nom, duree in r.ensembles]
    lignes.append(
        f"dossier construit et indexé en {_say(r.construction_s)} s ; pic de mémoire {r.pic_mio:.0f} Mio"
    )
    return "\n".join([phrase, *lignes])


def main(arguments: list[str] | None = None) -> int:
    """Read the options, run, print."""
    lecteur = argparse.ArgumentParser(
        prog="bench.premiere_page", description="La première page d’un département, en grand."
    )
    lecteur.add_argument("--quartiers", type=int, default=QUARTIERS)
    lecteur.add_argument("--graine", type=int, default=1)
    lecteur.add_argument("--sans-naif", action="store_true", help="sans la lecture naïve")
    options = lecteur.parse_args(arguments)
    resultat = run_premiere_page(options.quartiers, options.graine, avec_naif=not options.sans_naif)
    print(render_resultat(resultat))
    return 0 if resultat.is_egal else 1


if __name__ == "__main__":
    sys.exit(main())
