"""Lecture 2. Every page, role and state before axe-core; the keyboard; no script; a console that says nothing."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date

import django

from tests.recette.ecran import pages, sans_script
from tests.recette.ecran.clavier import Marche, walk
from tests.recette.ecran.mondes import (
    DEMO,
    LETTRES,
    LONGS,
    MOT_DE_PASSE,
    Compte,
    Monde,
    copy_longs,
    copy_referentiel,
    copy_rien,
    copy_territoires,
    load,
    open_mondes,
)
from tests.recette.ecran.ossature import choose_a_juger
from tests.recette.ecran.visites import (
    FILS,
    LARGEURS,
    LARGEURS_JUGEES,
    Bilan,
    Role,
    Vue,
    add_session,
    collect,
    join,
    judge_part,
    list_identifiants,
    open_contexte,
)
from tests.recette.outils import Atelier, expect, play
from tests.site import Lecteur, open_navigateur
from tests.suite.taille import is_entiere

VOIT_TOUT = "demo-task-force"
VU_LE = "2026-11-23"
AUTRES = (
    Compte("epci", "epci", "EPCI-999000011"),
    Compte("citoyens", "conseil_citoyen", pages.TILLEULS),
    Compte("administrateur", "administrateur"),
)
LONG = Compte("long", "task_force", "FR", f"Nom{LETTRES}")
MONTREES = 80
PARTS = 2
"""Pages are judged in so many parts, each in one window of one browser."""


def main(atelier: Atelier) -> str:
    """Four bases, every role, then the walks."""
    start_django(atelier)
    oubliees = pages.list_oubliees()
    expect(not oubliees, f"adresses que rien ne visite, ou qui n'existent plus : {oubliees}")
    check_roles()
    ateliers = prepare(atelier)
    with open_mondes(ateliers) as mondes:
        roles = list_roles(mondes, list_preuves(mondes["pleine"]))
        visites, vues = collect(roles)
        atelier.note(f"{len(roles)} lecteurs de {len(mondes)} bases, {visites} visites")
        check_statuts(vues)
        atelier.note(f"{len(vues)} pages distinctes au mot près")
        bilans, marches, parcours, erreurs = judge(mondes, vues)
    fautes = [faute for bilan in bilans for faute in bilan.fautes]
    fautes += [faute for marche in marches for faute in marche.fautes]
    fautes += [*parcours.fautes, *erreurs]
    for faute in fautes[:MONTREES]:
        atelier.note(faute)
    return say(atelier, visites, bilans, marches, parcours, fautes)


def start_django(atelier: Atelier) -> None:
    """The routes and the roles are read in the code of the site; nothing of a base is."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "quartiers.settings"
    os.environ["QUARTIERS_VAR"] = str(atelier.dossier / "var")
    django.setup()


def check_roles() -> None:
    """Every role of the product reads the pages below, or opens the tableaux of the same territoires as one that does.

    Pages know no role, only what it opens: the partners read those of the préfet, of the commune, of the délégué.
    """
    from quartiers.core.droits import MandatConfie, build_droits
    from quartiers.core.territoire import NATION
    from quartiers.storage.models import Mandat
    from quartiers.usecases.acces import can_see
    from quartiers.usecases.creer_compte import GENRES_DU_ROLE
    from quartiers.usecases.creer_comptes_demo import GROUPES

    vus = {compte.role for compte in GROUPES[0][1]} | {autre.role for autre in AUTRES}
    mandats = {role: MandatConfie(role, NATION) for role in Mandat.Role.values}
    jour = date.fromisoformat(VU_LE)
    ouvrent = {
        role
        for role, mandat in mandats.items()
        if can_see(build_droits(None, [mandat], jour, lambda code: [code]), NATION)
    }
    genres = {g for role in vus & ouvrent for g in GENRES_DU_ROLE[Mandat.Role(role)]}
    oublies = [
        role
        for role in mandats.keys() - vus
        if role not in ouvrent or not GENRES_DU_ROLE[Mandat.Role(role)] <= genres
    ]
    expect(vus <= mandats.keys() and not oublies, f"rôles que rien ne visite : {sorted(oublies)}")


def prepare(atelier: Atelier) -> dict[str, Atelier]:
    """Full, without a record, without anything, with words that never end; loaded side by side."""
    dossier = atelier.dossier
    longs = Atelier(dossier)
    longs.variables = {"QUARTIERS_REFERENTIEL": str(copy_referentiel(dossier / "referentiel"))}
    sources = {
        "pleine": (atelier, DEMO, AUTRES),
        "sans relevé": (atelier, copy_territoires(dossier / "fichiers-territoires"), AUTRES),
        "vide": (atelier, copy_rien(dossier / "fichiers-aucun"), list_autres("vide")),
        LONGS: (longs, copy_longs(dossier / "fichiers-longs"), (*AUTRES, LONG)),
    }
    with ThreadPoolExecutor(FILS) as fils:
        attendus: dict[str, Future[Atelier]] = {
            nom: fils.submit(load, parent, nom.replace(" ", "-"), fichiers, comptes)
            for nom, (parent, fichiers, comptes) in sources.items()
        }
        return {nom: attendu.result() for nom, attendu in attendus.items()}


def list_preuves(pleine: Monde) -> list[str]:
    """Proofs of every kind and every statut of the demonstration, as its files list them."""
    lecteur = Lecteur(pleine.site)
    lecteur.sign_in(VOIT_TOUT)
    codes = (pages.TILLEULS, pages.CINQ_CHEMINS, "QC-FICTIF-BEAUREGARD")
    adresses = [f"/territoires/{code}/tableau.json?vu_le={VU_LE}" for code in codes]
    preuves = pages.list_preuves(json.loads(lecteur.follow(a).texte) for a in adresses)
    lecteur.renew()
    return preuves


def list_roles(mondes: dict[str, Monde], preuves: Sequence[str]) -> list[Role]:
    """Who reads what: the first accounts of the demonstration, other roles, and nobody."""
    base = pages.flatten(pages.ESSENTIELLES)
    suites, refus = pages.flatten(pages.SUITES), pages.flatten(pages.REFUS)
    pleine = mondes["pleine"]
    roles = [
        Role(pleine, compte, join(base, refus, *([suites, preuves] if compte == VOIT_TOUT else [])))
        for compte in list_identifiants(pleine.site)
    ]
    for monde in mondes.values():
        if monde is not pleine:
            roles += [Role(monde, compte, join(base)) for compte in list_identifiants(monde.site)]
        autres = list_autres(monde.nom)
        roles += [Role(monde, autre.identifiant, join(base), MOT_DE_PASSE) for autre in autres]
        roles.append(Role(monde, "", join(base, refus)))
    longues = [*suites[:4], *(a for a in suites if "engagements" in a or "/preuves/" in a)]
    roles.append(Role(mondes[LONGS], LONG.identifiant, join(base, refus, longues), MOT_DE_PASSE))
    return roles


def list_autres(monde: str) -> tuple[Compte, ...]:
    """An empty base knows no territoire to give: nobody holds one there."""
    return tuple(autre for autre in AUTRES if monde != "vide" or not autre.territoire)


def check_statuts(vues: Sequence[Vue]) -> None:
    """A base that opens nothing, or a site in error, would be judged without a fault."""
    for vue in vues:
        expect(vue.statut in {200, 400, 404}, f"{vue.adresse} répond {vue.statut}")
    ouvertes = {vue.adresse for vue in vues if vue.statut == 200 and vue.role.compte == VOIT_TOUT}
    manquent = set(pages.flatten(pages.SUITES)) - ouvertes
    expect(not manquent, f"pages que la démonstration n'ouvre pas : {sorted(manquent)}")


def judge(
    mondes: dict[str, Monde], vues: Sequence[Vue]
) -> tuple[list[Bilan], list[Marche], sans_script.Parcours, list[str]]:
    """The walks beside the pages, since they mostly wait for the screen; the broken base last of all."""
    site = mondes["pleine"].site
    with ThreadPoolExecutor(FILS + 2) as fils:
        marches = [fils.submit(walk_at, site, largeur) for largeur in LARGEURS[:2]]
        parcours = fils.submit(read_without, mondes["pleine"], vues)
        jugees = vues if is_entiere() else choose_a_juger(vues)
        bilans = [fils.submit(judge_part, jugees[rang::PARTS]) for rang in range(PARTS)]
        rendus = [b.result() for b in bilans]
        return (
            rendus,
            [m.result() for m in marches],
            parcours.result(),
            judge_erreurs(mondes["vide"]),
        )


def walk_at(site: str, largeur: int) -> Marche:
    """The walk of the keyboard in a window of this width."""
    with open_navigateur() as navigateur:
        contexte = navigateur.new_context(
            viewport={"width": largeur, "height": 900}, base_url=site, locale="fr-FR"
        )
        return walk(contexte.new_page())


def read_without(pleine: Monde, vues: Sequence[Vue]) -> sans_script.Parcours:
    """The journey without a script, compared with what the same account reads with scripts."""
    session = next(vue for vue in vues if is_de(vue, pleine, VOIT_TOUT))
    with open_navigateur() as navigateur:
        contexte = open_contexte(navigateur)
        add_session(contexte, pleine.site, session.cookies)
        page = contexte.new_page()
        lire: Callable[[str], str] = lambda a: sans_script.read_text(page, f"{pleine.site}{a}")  # noqa: E731
        return sans_script.read_without(navigateur, pleine.site, lire)


def is_de(vue: Vue, monde: Monde, compte: str) -> bool:
    """Received by this account of this base."""
    return vue.role.monde is monde and vue.role.compte == compte


def judge_erreurs(vide: Monde) -> list[str]:
    """The pages of error; the base does not outlive them."""
    from tests.recette.ecran.erreurs import judge_erreurs

    with open_navigateur() as navigateur:
        return list(judge_erreurs(navigateur, vide))


def say(
    atelier: Atelier,
    visites: int,
    bilans: Sequence[Bilan],
    marches: Sequence[Marche],
    parcours: sans_script.Parcours,
    fautes: Sequence[str],
) -> str:
    """The sentence, or the number of faults."""
    from tests.recette.ecran.erreurs import ERREURS

    distinctes = sum(bilan.pages for bilan in bilans)
    jugees = sum(bilan.jugements for bilan in bilans) // len(LARGEURS_JUGEES)
    arrets = " et ".join(str(marche.arrets) for marche in marches)
    compares = sum(marche.compares for marche in marches)
    atelier.note(f"clavier : {' → '.join(marches[0].etapes)} ; {compares} focus vus au pixel")
    atelier.note(f"axe : {jugees} pages, chacune jugée aux largeurs {LARGEURS_JUGEES}")
    expect(jugees == distinctes, f"{jugees} pages jugées par axe, {distinctes} distinctes")
    expect(not fautes, f"{len(fautes)} fautes d'accessibilité, la première : {fautes[:1]}")
    return (
        f"{visites} visites, {distinctes} pages d'ossature distincte et {len(ERREURS)} pages d'erreur : axe 0 violation, "
        f"console 0 message sous la politique stricte, 0 débordement de {LARGEURS[-1]} à {LARGEURS[0]} px ; "
        f"clavier {arrets} arrêts visibles ; sans script {parcours.gestes} gestes et {parcours.compares} pages "
        f"au même texte"
    )


if __name__ == "__main__":
    play(main)
