"""Saisir 3. The rights: cells judged twice, every route × rôle × inside and outside, rare words never met outside, refused writes."""

from __future__ import annotations

import logging
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
    from tests.recette.droits.attendus import JAMAIS, list_fuites
    from tests.recette.droits.monde import ICI, LA_BAS
    from tests.recette.droits.parcours import Bornes, Parcours

    trouves: set[str] = set()
    pages = lecteurs = 0
    for ou, noms in choose_lecteurs(monde):
        gens = {LA_BAS: monde.la_bas, ICI: monde.ici}.get(ou, monde.autres)
        for role in noms:
            parcours = Parcours(gens[role], monde, objets, Bornes(is_entiere()))
            parcours.walk()
            if ou == LA_BAS and role == "prefet":
                bilan.ecarts += [f"la recherche répond à {dit}" for dit in parcours.ask()]
            bilan.ecarts += list_fuites(
                ICI if ou != LA_BAS else LA_BAS, role, gens[role].nom, parcours.vus
            )
            trouves |= parcours.vus.keys()
            pages += sum(parcours.pages.values())
            lecteurs += 1
    plantes = {q for q in monde.mots.dits if not q.startswith(LA_BAS)} | set(objets.octets)
    perdus = {q for q in plantes - trouves if not JAMAIS.fullmatch(q)}
    if not is_entiere():  # what one signs in with is shown to its holder alone
        perdus = {quoi for quoi in perdus if not quoi.endswith(("-identifiant", "-courriel"))}
    bilan.ecarts += [f"{quoi} n’est montré à personne" for quoi in sorted(perdus)]
    atelier.note(f"sans page : {sorted(filter(JAMAIS.fullmatch, plantes))}")
    return f"{len(plantes)} mots rares, {lecteurs} lecteurs, {pages} pages et fichiers, 0 fuite, {len(plantes & trouves)} trouvés du dedans"


def choose_lecteurs(monde: Monde) -> list[tuple[str, tuple[str, ...]]]:
    """All of them in the whole size."""
    if is_entiere():
        return [
            ("la_bas", tuple(monde.la_bas)),
            ("ici", tuple(monde.ici)),
            ("autres", tuple(monde.autres)),
        ]
    return [("la_bas", LA_BAS_PETIT), ("ici", ICI_PETIT), ("autres", AUTRES_PETIT)]


def raise_ecarts(atelier: Atelier, bilan: Bilan) -> None:
    """The first ones are told, and how many."""
    if bilan.ecarts:
        for ecart in bilan.ecarts[:200]:
            atelier.note(ecart)
        raise Echec(f"{len(bilan.ecarts)} écarts : {' ; '.join(bilan.ecarts[:ECARTS_DITS])}")


if __name__ == "__main__":
    play(main)
