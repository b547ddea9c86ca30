"""3. Records to figures beside a second hand that reads raw rows slowly: the same answers at random dates."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache

from quartiers.core.derivation.regle import build_regles
from quartiers.referentiel.charger import DOSSIER_PAR_DEFAUT, load_programme
from tests.core.derivation.comparaison import Comparaison, Comparateur, build_comparateur
from tests.oracle.derivation.mondes import list_codes, make_essai
from tests.oracle.derivation.referentiel import read_programme
from tests.recette.outils import Atelier, expect, play
from tests.suite.taille import is_entiere

PETITE, ENTIERE = 600, 10_200
COMPARAISONS = {False: 5_000, True: 100_000}
PAR_LOT = 100
FAMILLES = ("lecture", "compte", "filtre", "fenetre", "calendrier", "portee")
AU_MOINS = {False: 1, True: 10}
"""How often each must be met in an answer that speaks."""


def main(atelier: Atelier) -> str:
    """Worlds drawn from their seeds, two processes; each question asked of both hands."""
    mondes = ENTIERE if is_entiere() else PETITE
    lots = range(0, mondes, PAR_LOT)
    total: Counter[str] = Counter()
    rencontres: Counter[tuple[str, str]] = Counter()
    differences: list[str] = []
    with ProcessPoolExecutor(min(2, os.cpu_count() or 1)) as ouvriers:
        for comptes, vues, fautes in ouvriers.map(compare_lot, lots):
            total += comptes
            rencontres += vues
            differences += fautes
    for faute in differences[:20]:
        atelier.note(faute)
    expect(not differences, f"{len(differences)} différences, la première : {differences[:1]}")
    for famille in FAMILLES:
        vus = sorted((n, nom) for (f, nom), n in rencontres.items() if f == famille)
        atelier.note(f"{famille} : " + ", ".join(f"{nom} {n}" for n, nom in reversed(vus)))
    check_rencontres(rencontres)
    voulues = COMPARAISONS[is_entiere()]
    expect(total["posées"] >= voulues, f"{total['posées']} comparaisons seulement")
    return (
        f"{mondes} mondes, {total['posées']} comparaisons à des dates tirées au sort, dont "
        f"{total['parlées']} avec une valeur : 0 différence ; "
        f"{len({n for f, n in rencontres if f == 'filtre'})} filtres, "
        f"{len({n for f, n in rencontres if f == 'compte'})} comptes, "
        f"{len({n for f, n in rencontres if f == 'calendrier'})} calendriers rencontrés"
    )


@cache
def get_comparateur() -> Comparateur:
    """The rules of the programme, compiled once a process."""
    referentiel = load_programme(DOSSIER_PAR_DEFAUT)
    return build_comparateur(referentiel, build_regles(referentiel))


def compare_lot(debut: int) -> tuple[Counter[str], Counter[tuple[str, str]], list[str]]:
    """A hundred worlds: how many questions, what was met, each difference."""
    total: Counter[str] = Counter()
    rencontres: Counter[tuple[str, str]] = Counter()
    differences = []
    for graine, comparaison in _list_comparaisons(debut):
        total["posées"] += 1
        total["parlées"] += comparaison.attendue is not None
        rencontres.update(comparaison.rencontres)
        if comparaison.attendue != comparaison.obtenue:
            code, territoire, vu_le, connu_le = comparaison.question
            differences.append(
                f"monde {graine}, {code} à {territoire}, vu le {vu_le}, su le {connu_le},"
                f" fenêtre {comparaison.fenetre} :"
                f" attendu {comparaison.attendue}, obtenu {comparaison.obtenue}"
            )
    return total, rencontres, differences


def _list_comparaisons(debut: int) -> Iterator[tuple[int, Comparaison]]:
    """A world around some indicateurs, then one around each of them in turn, so that the rare ones are met."""
    codes = list_codes(read_programme(), cadre=True)
    for graine in range(debut, debut + PAR_LOT):
        vises = () if graine % 2 else (codes[graine // 2 % len(codes)],)
        for comparaison in get_comparateur().compare(make_essai(graine, vises, cadre=True)):
            yield graine, comparaison


def check_rencontres(rencontres: Counter[tuple[str, str]]) -> None:
    """Every count, filter, window, calendar and reach of the programme was met."""
    programme = read_programme()
    demandes: set[tuple[str, str]] = set()
    for code in list_codes(programme, cadre=True):
        for premiere in programme.indicateurs[code].derivations:
            for derivation in (premiere, *premiere.produit):
                if derivation.de is not None:
                    demandes.add(("compte", str(derivation.compte)))
                    demandes |= {("filtre", filtre) for filtre in derivation.filtre}
                if derivation.calendrier is not None:
                    demandes.add(("calendrier", derivation.calendrier))
    rares = sorted(d for d in demandes if rencontres[d] < AU_MOINS[is_entiere()])
    expect(not rares, f"trop peu rencontrés : {rares}")


if __name__ == "__main__":
    play(main)
