"""Lecture 1. Every page in pictures at three widths and in grey print, three pages in both looks.

The list of pages is the list of addresses of the site: a new one is taken by itself, or the program fails
and asks for an example. Pictures go to `var/images/`; what a machine can judge on them is judged here.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Any

from tests.recette import images
from tests.recette.outils import RACINE, Atelier, expect, play
from tests.recette.serveur import serve_atelier
from tests.site import open_navigateur

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, Route

SORTIE = RACINE / "var" / "images"
LARGEURS = (1280, 390, 320)
QUARTIER, DEPARTEMENT = "QC-FICTIF-TILLEULS", "DEP-00"
ANONYME = ""
COMPTES = ("demo-prefet", "demo-deleguee", "demo-task-force", "demo-commune", ANONYME)
POLICES = {"": "Source Sans 3", "-etat": "Marianne"}
# What the parts of an address may hold; the first that gives a page is the example of its route.
CONTESTE = "QC-FICTIF-ECLUSES/e06-a2-adultes-relais"
EXEMPLE = RACINE / "docs" / "guide" / "exemple.csv"
VALEURS = {
    "code": (QUARTIER, DEPARTEMENT, "FR"),
    "engagement": ("E06",),
    "indicateur": ("e03-a1-france-services",),
    "theme": ("07-trajectoire", "04-presence"),
    "forme": ("csv",),
    "cle": ("releve-0",),
    "numero": ("1", "3"),
    "role": ("delegue",),
    "genre": ("releves",),
}
# Pages that one address draws in several ways: route, name of the picture, account, address.
AUTRES = (
    ("territoire", "nation", "demo-task-force", "/territoires/FR/"),
    ("territoire", "region", "demo-region", "/territoires/REG-00/"),
    ("territoire", "commune", "demo-prefet", "/territoires/COM-00004/"),
    ("preuve", "preuve-compte", "demo-prefet", f"/preuves/{QUARTIER}/e06-a2-adultes-relais/"),
    (
        "preuve",
        "preuve-remontee",
        "demo-prefet",
        f"/preuves/{DEPARTEMENT}/e06-a2-adultes-relais/",
    ),
    ("recherche", "recherche-trouve", "demo-prefet", "/recherche/?q=port"),
    ("connexion", "connexion", ANONYME, "/connexion/"),
    ("invitation", "invitation-fermee", ANONYME, "/invitations/inconnue/"),
    (
        "declarer",
        "declarer",
        "demo-deleguee",
        f"/territoires/{QUARTIER}/declarer/e06-a2-adultes-relais/",
    ),
    (
        "enregistrer",
        "enregistrer",
        "demo-deleguee",
        f"/territoires/{QUARTIER}/declarer/e06-a2-adultes-relais/poste/",
    ),
    ("declaration", "declaration-introuvable", "demo-deleguee", "/declarations/releve-0/"),
    ("valider", "valider", "demo-sous-prefete", "/valider/"),
    ("contester", "contester", "demo-commune", f"/preuves/{CONTESTE}/contester/"),
    ("contestation", "contestation", "demo-commune", "/contestations/1/"),
    ("trancher", "trancher", "demo-sous-prefete", "/contestations/1/trancher/"),
    ("preuve", "preuve-contestee", "demo-prefet", f"/preuves/{CONTESTE}/"),
    ("importer", "importer", "demo-commune", "/importer/"),
    ("essai", "importer-essai", "demo-commune", "/importer/1/"),
    ("colonnes_d_import", "importer-colonnes", "demo-commune", "/importer/1/colonnes/"),
    ("piece", "piece-introuvable", "demo-prefet", "/pieces/0/"),
    ("", "introuvable", "demo-prefet", "/rien/"),
    ("", "date-impossible", "demo-prefet", f"/quartiers/{QUARTIER}/?vu_le=hier"),
    ("", "pas-encore-connu", "demo-prefet", f"/quartiers/{QUARTIER}/?connu_le=2020-01-01"),
)
# Pages that only a form sent before them opens, and where they are looked at.
APRES_UN_ENVOI = {"second_facteur_connexion": "après un mot de passe : tests/e2e/test_comptes.py"}
# Pages that only a mistake or a failure brings (lecture 2 brings them about): drawn from their templates.
REFUS = ("400", "403", "403_csrf", "429", "500")
DEUX_HABILLAGES = ("quartier", "preuve", "nation")
Vue = tuple[str, str, str]  # name of the picture, account, address


def main(atelier: Atelier) -> str:
    """Two sites on one base, the list of pages, then the pictures and their measures."""
    debut = time.monotonic()
    shutil.rmtree(SORTIE, ignore_errors=True)
    SORTIE.mkdir(parents=True)
    with (
        serve(atelier, "neutre") as neutre,
        serve(atelier, "etat") as etat,
        # Date fields are written in the order of the system's language, which a test machine lacks.
        open_navigateur() as navigateur,
    ):
        studio = Studio(navigateur, neutre)
        contest_et_importe(studio)
        vues, fichiers = list_vues(studio, atelier)
        for vue in vues:
            studio.take(vue)
        officiel = Studio(navigateur, etat, suffixe="-etat")
        for vue in (v for v in vues if v[0] in DEUX_HABILLAGES):
            officiel.take(vue)
    expect(len(officiel.prises) == len(DEUX_HABILLAGES) * 3, "il manque l'habillage de l'État")
    fautes = studio.fautes + officiel.fautes + images.list_confondus(studio.signes)
    for ligne in [*fautes, *studio.notes, *officiel.notes]:
        atelier.note(ligne)
    expect(len(studio.signes) >= 9, f"{len(studio.signes)} signes seulement sur les impressions")
    bilan = (
        f"{len(vues)} pages, {len(studio.prises) + len(officiel.prises)} images à "
        f"{', '.join(map(str, LARGEURS))} px dont {len(officiel.prises)} dans l'habillage de l'État, "
        f"{studio.feuilles + officiel.feuilles} feuilles imprimées en gris, {len(studio.signes)} signes distincts, "
        f"{fichiers} adresses sans page, {time.monotonic() - debut:.0f} s"
    )
    expect(not fautes, f"{len(fautes)} défauts vus par la machine sur {bilan}")
    return f"aucun défaut vu par la machine : {bilan}"


@contextmanager
def serve(atelier: Atelier, habillage: str) -> Iterator[str]:
    """The demonstration served in a look; the second site reads the base of the first."""
    verbe = "demo" if habillage == "neutre" else "serveur"
    base = f"sqlite:///{atelier.dossier / 'var' / 'demo.sqlite3'}"
    variables = {"QUARTIERS_HABILLAGE": habillage, "QUARTIERS_ADMINISTRATION": "Préfet|de Brume"}
    if verbe == "serveur":
        variables |= {"QUARTIERS_BASE": base, "QUARTIERS_DEMO": "1"}
    ici = replace(atelier, variables={**atelier.variables, **variables})
    with serve_atelier(ici, verbe) as site:
        yield site


def list_routes() -> list[tuple[str, str]]:
    """Name and pattern of every address of the site, included ones too."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "quartiers.settings")
    import django
    from django.urls import URLPattern, get_resolver

    django.setup()

    def descend(motifs: Any, debut: str) -> Iterator[tuple[str, str]]:
        for motif in motifs:
            chemin = debut + str(motif.pattern)
            if isinstance(motif, URLPattern):
                yield str(motif.name), "/" + chemin
            else:
                yield from descend(motif.url_patterns, chemin)

    return list(descend(get_resolver("quartiers.urls").url_patterns, ""))


def contest_et_importe(studio: Studio) -> None:
    """What the commune of the demonstration has not done yet: the first contest, the first file that waits."""
    page = studio.get_contexte("demo-commune").new_page()
    page.goto(f"/preuves/{CONTESTE}/contester/")
    page.get_by_role("textbox", name="Valeur").fill("6")
    page.get_by_label("Il en manque").check()
    page.get_by_label("Comment le savez-vous").fill("Deux contrats signés en octobre.")
    page.get_by_role("button", name="Contester").click()
    page.wait_for_url("**/contestations/1/")
    page.goto("/importer/")
    page.locator("input[type=file]").set_input_files(EXEMPLE)
    page.get_by_role("button", name="Essayer ce fichier").click()
    page.wait_for_url("**/importer/1/")
    page.close()


def list_vues(studio: Studio, atelier: Atelier) -> tuple[list[Vue], int]:
    """One picture a page, more for those drawn in several ways; how many addresses are no page."""
    vues: list[Vue] = [(nom, compte, adresse) for _, nom, compte, adresse in AUTRES]
    vues += [(f"refus-{nom}", ANONYME, f"/refus/{nom}/") for nom in REFUS]
    dits = {route for route, *_ in AUTRES if route not in {"preuve", "recherche"}}
    fichiers = 0
    for nom, motif in list_routes():
        if nom in dits:
            continue
        if nom in APRES_UN_ENVOI:
            atelier.note(f"sans image : {nom} ({APRES_UN_ENVOI[nom]})")
            fichiers += 1
            continue
        trouve, genre = find_exemple(studio, motif)
        if trouve is None:
            expect(
                genre != "", f"page « {nom} » ({motif}) sans exemple : compléter VALEURS ou AUTRES"
            )
            fichiers += 1
            atelier.note(f"sans image : {nom} ({genre})")
        else:
            vues.append((nom, *trouve))
    return vues, fichiers


def find_exemple(studio: Studio, motif: str) -> tuple[tuple[str, str] | None, str]:
    """The first account and address that give a page of this route; else what it answers instead."""
    parties = re.findall(r"<(?:\w+:)?(\w+)>", motif)
    inconnues = [p for p in parties if p not in VALEURS]
    expect(not inconnues, f"{motif} : aucune valeur d'exemple pour {inconnues}")
    genre = ""
    for valeurs in product(*(VALEURS[p] for p in parties)):
        adresse = motif
        for valeur in valeurs:
            adresse = re.sub(r"<[^>]+>", valeur, adresse, count=1)
        for compte in COMPTES:
            reponse = studio.get_contexte(compte).request.get(adresse, max_redirects=0)
            contenu = reponse.headers.get("content-type", "")
            if reponse.status == 200 and contenu.startswith("text/html"):
                return (compte, adresse), ""
            if reponse.status == 200:
                return None, contenu.split(";")[0]
            if reponse.status == 405:
                genre = "un geste"
    return None, genre


def draw_refus(route: Route) -> None:
    """The page of an error, at an address of its own."""
    from django.template.loader import render_to_string

    nom = route.request.url.rstrip("/").rsplit("/", 1)[1]
    corps = render_to_string(f"{nom}.html")
    route.fulfill(body=corps, content_type="text/html; charset=utf-8")


class Studio:
    """A browser on one site: contexts signed in once, pictures, measures."""

    def __init__(self, navigateur: Browser, site: str, *, suffixe: str = "") -> None:
        self.navigateur, self.site, self.suffixe = navigateur, site, suffixe
        self.contextes: dict[str, BrowserContext] = {}
        self.prises: list[str] = []
        self.fautes: list[str] = []
        self.notes: list[str] = []
        self.signes: dict[str, Any] = {}
        self.feuilles = 0

    def get_contexte(self, compte: str) -> BrowserContext:
        """Signed in by one click, unless it is nobody."""
        if compte not in self.contextes:
            contexte = self.navigateur.new_context(locale="fr-FR", base_url=self.site)
            self.contextes[compte] = contexte
            contexte.route("**/refus/*/", draw_refus)
            page = contexte.new_page()
            page.on("console", self.hear)
            page.on("response", self.receive)
            if compte:
                page.goto("/connexion/")
                page.locator(f"form:has(input[value={compte}]) button").click()
        return self.contextes[compte]

    def hear(self, message: ConsoleMessage) -> None:
        """An error of the console: a refused style, a broken script."""
        if message.type == "error":
            self.report("console", message.text)

    def receive(self, reponse: Response) -> None:
        """A missing font or image; a page that answers 404 or 400 was asked for."""
        if reponse.status >= 400 and reponse.request.resource_type != "document":
            self.report("fichier", f"{reponse.status} {reponse.url}")

    def report(self, ou: str, quoi: str) -> None:
        """A fault, once."""
        dit = f"{ou} : {quoi}"
        if "Failed to load resource" not in quoi and dit not in self.fautes:  # told by `receive`
            self.fautes.append(dit)

    def take(self, vue: Vue) -> None:
        """The page at each width, then printed in grey."""
        nom, compte, adresse = vue
        page = self.get_contexte(compte).pages[0]
        page.set_viewport_size({"width": LARGEURS[0], "height": 900})
        page.goto(adresse)
        for largeur in LARGEURS:
            page.set_viewport_size({"width": largeur, "height": 900})
            page.evaluate("document.fonts.ready")
            mesures = page.evaluate(images.MESURES, largeur)
            octets = page.screenshot(
                path=SORTIE / f"{nom}{self.suffixe}-{largeur}.png", full_page=True
            )
            self.prises.append(f"{nom}{self.suffixe}-{largeur}")
            ou = self.prises[-1]
            for faute in mesures["fautes"]:
                self.report(ou, faute)
            if images.is_blank(octets):
                self.report(ou, "image vide")
            if POLICES[self.suffixe] not in mesures["polices"]:
                self.report(ou, f"une autre police que celle de l'habillage : {mesures['polices']}")
        self.print_page(page, f"{nom}{self.suffixe}")

    def print_page(self, page: Page, nom: str) -> None:
        """A4, no background, then read back from the PDF."""
        attendus = page.evaluate(images.SIGNES)  # as the screen shows them: the print may hide none
        page.set_viewport_size({"width": 703, "height": 900})  # the width of an A4 without margins
        page.emulate_media(media="print")
        ou = f"{nom} (papier)"
        for faute in page.evaluate(images.PAPIER, images.PLUS_PETIT_PAPIER):
            self.report(ou, faute)
        perdus = Counter(attendus) - Counter(page.evaluate(images.SIGNES))
        if perdus:
            self.report(ou, f"signes qui ne s'impriment pas : {dict(perdus)}")
        self.keep_signes(page, attendus)
        impression = images.read_impression(
            page.pdf(format="A4", print_background=False, prefer_css_page_size=True)
        )
        page.emulate_media(media="screen")
        impression.image.save(SORTIE / f"{nom}-gris.png")
        self.feuilles += impression.feuilles
        self.notes.append(f"{nom} : {impression.feuilles} feuilles")
        carres = [signe for signe in attendus if signe != "sans_objet"]
        if impression.traces < len(carres):
            self.report(
                ou, f"{impression.traces} signes dessinés sur le papier, {len(carres)} attendus"
            )
        if images.compute_encre(impression.image) < images.ENCRE_MINIMALE:
            self.report(ou, "papier vide")

    def keep_signes(self, page: Page, presents: list[str]) -> None:
        """One grey picture of each sign, as the print draws it."""
        for signe in set(presents) - set(self.signes):
            dessin = page.locator(f"main svg.g:has(use[href='#g-{signe}'])").locator("visible=true")
            if dessin.count():
                self.signes[signe] = images.make_empreinte(dessin.first.screenshot())


if __name__ == "__main__":
    play(main)
