"""Two doors before all others: a form without its token, an account without the second factor that its rôle asks for."""

from __future__ import annotations

from django.test import Client

from tests.recette.droits.adresses import build_envoi, list_adresses
from tests.recette.droits.canaris import Objets
from tests.recette.droits.matrice import (
    Bilan,
    count_refus,
    hash_tables,
    list_changees,
    undo,
)
from tests.recette.droits.monde import ICI, SANS_FACTEUR, Monde, make_client
from tests.recette.droits.table_des_routes import LigneDeRoute, parse_routes

SANS_FACTEUR_AUSSI = frozenset(
    {
        *("connexion", "connexion_demo", "second_facteur_connexion", "deconnexion", "invitation"),
        *("mot_de_passe", "second_facteur", "fermer_session"),
    }
)
"""The pages open to all, and those of one's own account: how one gets a factor, and leaves."""


def play_portes(monde: Monde, objets: Objets, bilan: Bilan) -> int:
    """What is sent to every route that takes something; how many refusals."""
    refus = 0
    juge, sans = monde.ici["sous_prefet_ville"], monde.autres[SANS_FACTEUR]
    sans_jeton = make_client(csrf=True)
    sans_jeton.cookies = juge.client.cookies
    for ligne in parse_routes():
        if ligne.is_sans_methode("POST"):
            continue
        adresse = list_adresses(ligne, objets)[ICI]
        refus += judge_refus(bilan, sans_jeton, ligne, adresse, juge.compte)
        if ligne.route not in SANS_FACTEUR_AUSSI:
            refus += judge_refus(bilan, sans.client, ligne, adresse, sans.compte)
    return refus


def judge_refus(
    bilan: Bilan, client: Client, ligne: LigneDeRoute, adresse: str, compte: int
) -> int:
    """403, no table changed, one line."""
    with undo():
        lignes = count_refus()
        reponse = client.post(adresse, build_envoi(ligne, ICI, compte))
        nom = f"sans {'jeton' if client.handler.enforce_csrf_checks else 'facteur'} POST {adresse}"
        bilan.expect(reponse.status_code == 403, f"{nom} : {reponse.status_code}")
        changees = list_changees(bilan.tables, hash_tables())
        bilan.expect(not changees, f"{nom} : {sorted(changees)} ont changé")
        une = count_refus() - lignes
        bilan.expect(une == 1, f"{nom} : {une} ligne(s) de refus")
    return 1
