"""P4 and P3 on pages: a département of fifty quartiers, computed, beside an empty answer of the same Django.

    python -m bench.departement [--quartiers N] [--repetitions N]

The département is the demonstration's, its quartiers copied under other codes. Everything runs in one process, through
all the middleware, for a signed-in account that takes gzip; the works take turns. The first line is the result; the
exit code is 1 when two ways to the same page or table do not give the same bytes. No time is required.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bench.client import open_client
from bench.departement_invente import load_departement

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from quartiers.reports.presentation.departement import Rangee

PAGE = "/departements/DEP-00/"
VIDE = "/reponse-vide/"
VU_LE = date(2026, 11, 23)
ALORS = date(2026, 7, 31)
OBJECTIF_PAGE, OBJECTIF_TABLE, OBJECTIF_RETOUR = 8, 10, 2
JETON = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
# The body of the matrix as a template writes it, one node visited for each piece of each cell.
GABARIT = (
    '{% load francais %}{% for rangee in rangees %}<tr role="row">'
    '<th role="rowheader" scope="row"><a href="{{ rangee.adresse }}">{{ rangee.nom }}</a><small>{{ rangee.communes }}</small>'
    '<span class="su"><b>{{ rangee.couverture }}</b> {% barre_couverture rangee.couverture 57 6 %}'
    "<span>{{ rangee.renseignes }} sur {{ rangee.applicables }}</span></span></th>"
    '{% for case in rangee.cases %}<td role="cell" class="c"><a href="{{ case.adresse }}">{% signe case.statut %}<span>'
    '<span class="hors-vue">{{ case.statut|mot }}, {{ case.renseignes }} sur {{ case.applicables }} à jour</span>'
    '<span class="fr" aria-hidden="true">{{ case.renseignes }}/{{ case.applicables }}</span>'
    '<span class="mini">{% barre_couverture case.couverture 29 5 %}</span></span></a></td>{% endfor %}</tr>\n{% endfor %}'
)


@dataclass(frozen=True, slots=True)
class Resultat:
    """Milliseconds of processor, medians. `gardee`: the constats were worked out by an earlier page."""

    quartiers: int
    cases: int
    octets: int
    vide: float
    calculee: float
    gardee: float
    retour: float
    fragments: float
    gabarit: float
    ecarts: tuple[str, ...]


def run_departement(quartiers: int = 50, repetitions: int = 7) -> Resultat:
    """A private base, then the works by turns."""
    with tempfile.TemporaryDirectory(prefix="quartiers-bench-") as nom:
        load_departement(Path(nom), quartiers)
        return _measure(repetitions)


def _measure(repetitions: int) -> Resultat:
    from django.template import engines

    from quartiers.usecases.charger_dossier import MEMOIRE
    from quartiers.web.fragments import join_rangees

    lire = open_lecture()
    rangees = list_rangees()
    gabarit = engines["django"].from_string(GABARIT)

    def calculer(suite: str = "") -> bytes:
        MEMOIRE.forget_vues()
        return lire(PAGE + suite)

    ensemble = f"?vu_le={ALORS}"
    travaux: Sequence[Callable[[], object]] = (
        lambda: lire(VIDE),
        calculer,
        lambda: lire(PAGE),
        lambda: calculer(f"{ensemble}&connu_le={VU_LE}"),
        lambda: calculer(f"{ensemble}&connu_le={ALORS}"),
        lambda: join_rangees(rangees),
        lambda: gabarit.render({"rangees": rangees}),
    )
    ecarts = []
    if calculer() != lire(PAGE):
        ecarts.append("la page gardée n'est pas la page calculée")
    if join_rangees(rangees) != gabarit.render({"rangees": rangees}):
        ecarts.append("les fragments ne sont pas le gabarit")
    vide, calculee, gardee, simple, double, fragments, modele = time_tour_a_tour(
        travaux, repetitions
    )
    return Resultat(
        quartiers=len(rangees),
        cases=sum(len(rangee.cases) for rangee in rangees),
        octets=len(lire(PAGE)),
        vide=vide,
        calculee=calculee,
        gardee=gardee,
        retour=double / simple,
        fragments=fragments,
        gabarit=modele,
        ecarts=tuple(ecarts),
    )


def open_lecture() -> Callable[[str], bytes]:
    """Reads a page as the account of the département, without the token that changes each time."""
    import gzip

    from django.conf import settings

    settings.ROOT_URLCONF = "bench.adresses"
    client = open_client("demo-prefet", **{"accept-encoding": "gzip"})

    def lire(adresse: str) -> bytes:
        reponse = client.get(adresse)
        assert reponse.status_code == 200, f"{adresse} : {reponse.status_code}"
        octets = bytes(reponse.content)
        if reponse.headers.get("Content-Encoding") == "gzip":
            octets = gzip.decompress(octets)
        return JETON.sub(b"", octets)

    return lire


def list_rangees() -> tuple[Rangee, ...]:
    """The rows of the matrix."""
    from quartiers.core.composition import compose_vue
    from quartiers.core.vue import Vue
    from quartiers.reports.presentation.departement import Adresses, build_page_departement
    from quartiers.usecases.charger_dossier import load_dossier
    from quartiers.web.adresses import get_adresse, get_adresse_engagement
    from quartiers.web.regard import Regard

    vue = Vue(load_dossier(), VU_LE, VU_LE)
    regard = Regard(VU_LE, VU_LE)
    page = build_page_departement(
        compose_vue(vue, "DEP-00"),
        [compose_vue(vue, code) for code in vue.list_attendus_de("DEP-00")],
        vue.territoires,
        Adresses(
            lambda q, engagement: (
                get_adresse_engagement(q.code, engagement, regard)
                if engagement
                else get_adresse(q, regard)
            ),
            lambda *_: "/",
        ),
    )
    return page.rangees


def time_tour_a_tour(travaux: Sequence[Callable[[], object]], tours: int) -> list[float]:
    """Median milliseconds of processor of each, one after the other so that all meet the same machine."""
    durees: list[list[float]] = [[] for _ in travaux]
    for tour in range(tours + 1):
        for rang, travail in enumerate(travaux):
            debut = time.process_time()
            travail()
            if tour:  # the first turn warms
                durees[rang].append((time.process_time() - debut) * 1000)
    return [median(lues) for lues in durees]


def show_vide(request: HttpRequest) -> HttpResponse:
    """The least that this Django can answer to a signed-in reader."""
    from django.http import HttpResponse

    return HttpResponse(request.user.get_username())


def judge(vrai: bool) -> str:  # noqa: FBT001 -- one word from one fact
    """Said, never asserted."""
    return "objectif tenu" if vrai else "OBJECTIF MANQUÉ"


def _say(nombre: float) -> str:
    return f"{nombre:.1f}".replace(".", ",")


def render_resultat(r: Resultat) -> str:
    """The sentence, then the details."""
    page, gardee, table = r.calculee / r.vide, r.gardee / r.vide, r.gabarit / r.fragments
    lignes = []
    lignes.append(
        f"P4 : {r.quartiers} quartiers, page calculée {_say(page)} fois une réponse vide"
        f" ({judge(page <= OBJECTIF_PAGE)} : {OBJECTIF_PAGE}), {_say(gardee)} fois quand ses constats sont gardés"
        f" ({judge(gardee <= OBJECTIF_PAGE)}) ; sa table en fragments {_say(table)} fois plus vite qu'en gabarit"
        f" ({judge(table >= OBJECTIF_TABLE)} : {OBJECTIF_TABLE})"
    )
    lignes.append(
        f"P3 : la page à deux dates coûte {_say(r.retour)} fois celle à une date"
        f" ({judge(r.retour <= OBJECTIF_RETOUR)} : {OBJECTIF_RETOUR})"
    )
    lignes.append(
        f"processeur : réponse vide {_say(r.vide)} ms, page calculée {_say(r.calculee)} ms, gardée {_say(r.gardee)} ms,"
        f" table de {r.cases} cases {_say(r.fragments)} ms en fragments, {_say(r.gabarit)} ms en gabarit ;"
        f" page de {r.octets} octets sans compression"
    )
    return "\n".join([*lignes, *(f"ÉCART : {ecart}" for ecart in r.ecarts)])


def main(arguments: list[str] | None = None) -> int:
    """Read the options, run, print."""
    lecteur = argparse.ArgumentParser(
        prog="bench.departement", description="La page d'un département."
    )
    lecteur.add_argument("--quartiers", type=int, default=50)
    lecteur.add_argument("--repetitions", type=int, default=7)
    options = lecteur.parse_args(arguments)
    resultat = run_departement(options.quartiers, options.repetitions)
    print(render_resultat(resultat))
    return 1 if resultat.ecarts else 0


if __name__ == "__main__":
    sys.exit(main())
