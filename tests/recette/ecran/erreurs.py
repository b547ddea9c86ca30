"""The pages that only a mistake or a failure brings: each is brought about for real, then judged like any other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page, Response

from tests.recette.ecran.mondes import Monde
from tests.recette.ecran.visites import Surveillee, judge_page
from tests.recette.outils import Echec
from tests.site import AILLEURS, Lecteur

ESSAIS = 10
"""As many wrong passwords as the site takes before it asks to wait."""


@dataclass(frozen=True, slots=True)
class Erreur:
    """A page of error: its status, words that it says, and what brings it about."""

    nom: str
    statut: int
    dit: str
    provoke: Callable[[Page, Monde], Response | None]


def send(page: Page, monde: Monde, identifiant: str, mot: str) -> Response | None:
    """The form of the sign-in page, filled so."""
    page.goto(f"{monde.site}/connexion/")
    page.locator("form.connexion").evaluate("e => { e.noValidate = true; }")
    page.locator("#identifiant").fill(identifiant)
    page.locator("#mot").fill(mot)
    with page.expect_navigation() as arrivee:
        page.get_by_role("button", name="Se connecter").click()
    return arrivee.value


def send_wrong(page: Page, monde: Monde) -> Response | None:
    """A wrong password."""
    return send(page, monde, "personne", "rien du tout, vraiment rien")


def send_empty(page: Page, monde: Monde) -> Response | None:
    """The form sent without a word, past what the browser asks."""
    return send(page, monde, "", "")


def lose_cookies(page: Page, monde: Monde) -> Response | None:
    """The token of the form without its cookie: the request cannot be trusted."""
    page.goto(f"{monde.site}/connexion/")
    page.context.clear_cookies()
    with page.expect_navigation() as arrivee:
        page.locator(".comptes button").first.click()
    return arrivee.value


def insist(page: Page, monde: Monde) -> Response | None:
    """Too many wrong passwords on one account, the last in the browser."""
    lecteur = Lecteur(monde.site)
    for _ in range(ESSAIS):
        lecteur.post("/connexion/", {"username": "insistant", "password": "faux"})
    lecteur.renew()
    return send(page, monde, "insistant", "faux")


def ask_elsewhere(page: Page, monde: Monde) -> Response | None:
    """A name that the site does not serve."""
    return page.goto(f"http://{AILLEURS}:{monde.site.rsplit(':', 1)[1]}/mentions/")


def deny(page: Page, monde: Monde) -> Response | None:
    """No page of today answers 403 but the one of the token; its words are judged in its place."""
    corps = render_to_string("403.html")
    politique = page.goto(f"{monde.site}/mentions/")
    if politique is None:
        raise Echec("les mentions ne viennent pas")
    adresse = f"{monde.site}/refus/"
    entetes = {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": politique.headers["content-security-policy"],
    }
    page.route(adresse, lambda route: route.fulfill(status=403, body=corps, headers=entetes))
    return page.goto(adresse)


def break_base(page: Page, monde: Monde) -> Response | None:
    """The base is no longer one: the site fails, and says so in French."""
    for suffixe in ("-wal", "-shm"):
        monde.base.with_name(monde.base.name + suffixe).unlink(missing_ok=True)
    monde.base.write_bytes(b"ceci n'est pas une base\n" * 400)
    page.context.add_cookies([{"name": "session", "value": "x" * 32, "url": monde.site}])
    return page.goto(f"{monde.site}/regles/")


ERREURS = (
    Erreur("mot de passe refusé", 200, "incorrect", send_wrong),
    Erreur("formulaire vide", 200, "incorrect", send_empty),
    Erreur("jeton perdu", 403, "n’a pas pu être vérifiée", lose_cookies),
    Erreur("trop d’essais", 429, "Trop d’essais", insist),
    Erreur("hôte inconnu", 400, "Demande illisible", ask_elsewhere),
    Erreur("accès refusé", 403, "Accès refusé", deny),
    Erreur("panne", 500, "Erreur de notre fait", break_base),
)
"""In this order: the last one leaves the base broken."""


def judge_erreurs(navigateur: Browser, monde: Monde) -> Iterator[str]:
    """Every fault of every page of error."""
    for erreur in ERREURS:
        contexte = navigateur.new_context(
            viewport={"width": 1280, "height": 900}, locale="fr-FR", base_url=monde.site
        )
        surveillee = Surveillee(contexte)
        reponse = erreur.provoke(surveillee.page, monde)
        texte = surveillee.page.locator("main").inner_text()
        if erreur.dit not in texte:
            yield f"[{erreur.nom}] la page dit : {texte[:200]}"
        for faute in judge_page(surveillee, reponse, erreur.statut):
            yield f"[{erreur.nom}] {faute}"
        contexte.close()
