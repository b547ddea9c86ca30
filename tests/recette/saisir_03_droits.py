"""Saisir 3. The rights: cells judged twice, every route × rôle × inside and outside, rare words never met outside, refused writes."""

from __future__ import annotations

import logging
import multiprocessing
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.core.enumeration_des_droits import compare_droits
from tests.recette.base_demo import open_base
from tests.recette.outils import Atelier, Echec, expect, play
from tests.suite.taille import is_entiere

if TYPE_CHECKING:
    from tests.recette.droits.canaris import Objets
    from tests.recette.droits.matrice import Bilan
    from tests.recette.droits.monde import Monde

CELLULES_AU_MOINS = 18_000
LA_BAS_PETIT = ("prefet", "delegue", "association", "epci", "conseil_regional")
ICI_PETIT = ("prefet", "delegue", "association", "epci", "administrateur")
AUTRES_PETIT = ("association_voisine", "revoque", "sans_mandat")
ECARTS_DITS = 8


def main(atelier: Atelier) -> str:
    """On a base of its own, by the true stack of the site."""
    vu = compare_droits()
    expect(not vu.differences, f"{len(vu.differences)} différences, dont {vu.differences[:1]}")
    expect(vu.cellules >= CELLULES_AU_MOINS, f"{vu.cellules} cellules")
    open_base(atelier)
    logging.disable(logging.CRITICAL)
    lighten_mots_de_passe()
    from tests.recette.droits.canaris import plant
    from tests.recette.droits.matrice import Bilan, play_matrice
    from tests.recette.droits.monde import load_cadre, make_monde, revoke
    from tests.recette.droits.mots import Mots
    from tests.recette.droits.portes import play_portes

    load_cadre(atelier.dossier)
    monde = make_monde(Mots())
    objets = plant(monde, atelier.dossier)
    revoke(monde)
    check_routes()
    bilan = Bilan()
    play_matrice(monde, objets, bilan)
    portes = play_portes(monde, objets, bilan)
    dit = walk_tous(atelier, monde, objets, bilan)
    raise_ecarts(atelier, bilan)
    expect(
        bilan.identiques == bilan.refusees, f"{bilan.identiques} sur {bilan.refusees} identiques"
    )
    return (
        f"{vu.cellules} cellules, 0 différence entre deux mains ; {bilan.cases} réponses de toutes les routes comme "
        f"la table les dit ; {bilan.refusees} refus, tous identiques à un absent ; {bilan.ecritures_refusees + portes} "
        f"écritures refusées, aucune table changée, une ligne chacune ({bilan.ecritures_permises} permises changent) ; {dit}"
    )


def lighten_mots_de_passe() -> None:
    """The same derivation with fewer turns: a million of them prove nothing more here."""
    from django.contrib.auth.hashers import PBKDF2PasswordHasher

    PBKDF2PasswordHasher.iterations = 1_000


def check_routes() -> None:
    """Each route of the site is in the table, and nothing else is."""
    from tests.recette.droits.table_des_routes import parse_routes
    from tests.recette.ecran.pages import list_routes

    oubliees = set(list_routes()) ^ {ligne.route for ligne in parse_routes()}
    expect(
        not oubliees, f"routes que la table ne dit pas, ou qui ne sont plus : {sorted(oubliees)}"
    )


def walk_tous(atelier: Atelier, monde: Monde, objets: Objets, bilan: Bilan) -> str:
    """Who is outside meets no rare word; each is met by somebody inside, but those that no page shows."""
    from tests.recette.droits.attendus import JAMAIS
    from tests.recette.droits.monde import LA_BAS
    from tests.recette.droits.parcours import Bornes, Parcours

    trouves: set[str] = set()
    pages = lecteurs = 0
    prefet = Parcours(monde.la_bas["prefet"], monde, objets, Bornes(is_entiere()))
    bilan.ecarts += [f"la recherche répond à {dit}" for dit in prefet.ask()]
    for lu in walk_lecteurs(monde, objets, choose_lecteurs(monde)):
        bilan.ecarts += lu.fuites
        trouves |= lu.vus
        pages += lu.pages
        lecteurs += 1
    plantes = {q for q in monde.mots.dits if not q.startswith(LA_BAS)} | set(objets.octets)
    perdus = {q for q in plantes - trouves if not JAMAIS.fullmatch(q)}
    if not is_entiere():  # what one signs in with is shown to its holder alone
        perdus = {quoi for quoi in perdus if not quoi.endswith(("-identifiant", "-courriel"))}
    bilan.ecarts += [f"{quoi} n’est montré à personne" for quoi in sorted(perdus)]
    atelier.note(f"sans page : {sorted(filter(JAMAIS.fullmatch, plantes))}")
    return f"{len(plantes)} mots rares, {lecteurs} lecteurs, {pages} pages et fichiers, 0 fuite, {len(plantes & trouves)} trouvés du dedans"


@dataclass(frozen=True, slots=True)
class Lecture:
    """What one reader was shown."""

    vus: frozenset[str]
    fuites: list[str]
    pages: int


def walk_lecteurs(
    monde: Monde, objets: Objets, lecteurs: Sequence[tuple[str, str]]
) -> Iterator[Lecture]:
    """One after the other; in the whole size, two at a time, each told when it is over: it takes an hour or more."""
    if not is_entiere():
        yield from (walk_un(monde, objets, *lecteur) for lecteur in lecteurs)
        return
    from django.db import connection

    connection.close()  # each process opens its own, and has what is planted since it is born of this one
    _PLANTE.append((monde, objets))
    contexte = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(2, mp_context=contexte) as fils:
        attendues = {fils.submit(walk_plante, *lecteur): lecteur for lecteur in lecteurs}
        for attendue in as_completed(attendues):
            lu = attendue.result()
            dit = f"{' '.join(attendues[attendue])} : {lu.pages} pages, {len(lu.fuites)} fuites"
            sys.stderr.write(f"{dit}\n")
            yield lu


_PLANTE: list[tuple[Monde, Objets]] = []


def walk_plante(ou: str, role: str) -> Lecture:
    """In a process of its own."""
    return walk_un(*_PLANTE[0], ou, role)


def walk_un(monde: Monde, objets: Objets, ou: str, role: str) -> Lecture:
    """All that one reaches."""
    from tests.recette.droits.attendus import list_fuites
    from tests.recette.droits.monde import ICI, LA_BAS
    from tests.recette.droits.parcours import Bornes, Parcours

    gens = {LA_BAS: monde.la_bas, ICI: monde.ici}.get(ou, monde.autres)
    parcours = Parcours(gens[role], monde, objets, Bornes(is_entiere()))
    parcours.walk()
    fuites = list_fuites(LA_BAS if ou == LA_BAS else ICI, role, gens[role].nom, parcours.vus)
    return Lecture(frozenset(parcours.vus), fuites, sum(parcours.pages.values()))


def choose_lecteurs(monde: Monde) -> list[tuple[str, str]]:
    """Where and who; all of them in the whole size."""
    gens: Mapping[str, Iterable[str]] = (
        {"la_bas": monde.la_bas, "ici": monde.ici, "autres": monde.autres}
        if is_entiere()
        else {"la_bas": LA_BAS_PETIT, "ici": ICI_PETIT, "autres": AUTRES_PETIT}
    )
    return [(ou, role) for ou, roles in gens.items() for role in roles]


def raise_ecarts(atelier: Atelier, bilan: Bilan) -> None:
    """The first ones are told, and how many."""
    if bilan.ecarts:
        for ecart in bilan.ecarts[:200]:
            atelier.note(ecart)
        raise Echec(f"{len(bilan.ecarts)} écarts : {' ; '.join(bilan.ecarts[:ECARTS_DITS])}")


if __name__ == "__main__":
    play(main)
