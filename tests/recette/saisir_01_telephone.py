"""Saisir 1. A délégué on a phone: a count with a photo, a post; taps, fields typed, weight, seconds on a slow line."""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, CDPSession, Page

from tests.recette.outils import Atelier, expect, play
from tests.recette.serveur import serve_atelier
from tests.site import open_navigateur

COMPTE = "demo-deleguee"
TAPES_D_UN_COMPTE, TAPES_D_UN_POSTE = 4, 7
PATIENCE_S = 20
DEBIT, LATENCE_MS = 1_000_000 / 8, 100
POSTE = "e06-a2-adultes-relais"
QUARTIER = "QC-FICTIF-TILLEULS"


@dataclass(slots=True)
class Telephone:
    """A page of 390 × 844 on a line of 1 Mbit/s and 100 ms; it counts what a thumb does."""

    page: Page
    cdp: CDPSession
    avec_script: bool
    tapes: int = 0
    ecrits: list[str] = field(default_factory=list)
    octets: float = 0

    def tap(self, quoi: str) -> None:
        """One tap."""
        self.tapes += 1
        self.page.locator(quoi).first.click()
        self.page.wait_for_load_state()

    def choose(self, quoi: str, rang: int) -> None:
        """Open a list, choose in it: two taps."""
        self.tapes += 2
        self.page.locator(quoi).select_option(index=rang)

    def type(self, quoi: str, texte: str) -> None:
        """One field typed."""
        self.ecrits.append(quoi)
        self.page.locator(quoi).fill(texte)


def main(atelier: Atelier) -> str:
    """With script and without."""
    dits = []
    with (
        serve_atelier(atelier, "demo") as site,
        open_navigateur() as navigateur,
        tempfile.TemporaryDirectory() as dossier,
    ):
        photo = make_photo(Path(dossier))
        for avec_script in (True, False):
            with open_telephone(navigateur, site, avec_script=avec_script) as telephone:
                dits.append(play_compte(atelier, telephone, photo))
                play_poste(atelier, telephone, photo)
    return f"un chiffre en {TAPES_D_UN_COMPTE} gestes au plus, un poste en {TAPES_D_UN_POSTE} au plus, avec et sans script ; {dits[0]}"


def make_photo(dossier: Path) -> Path:
    """A drawn picture of the size that a phone takes."""
    chemin = dossier / "poste.jpg"
    Image.effect_noise((2000, 1500), 40).convert("RGB").save(chemin, "JPEG", quality=70)
    return chemin


@contextmanager
def open_telephone(navigateur: Browser, site: str, *, avec_script: bool) -> Iterator[Telephone]:
    """Signed in, then slowed down."""
    contexte = navigateur.new_context(
        base_url=site, viewport={"width": 390, "height": 844}, locale="fr-FR",
        java_script_enabled=avec_script, has_touch=True, is_mobile=True,
    )  # fmt: skip
    page = contexte.new_page()
    page.goto("/connexion/")
    page.locator(f"form:has(input[value={COMPTE}]) button").click()
    cdp = contexte.new_cdp_session(page)
    cdp.send("Network.enable")
    cdp.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCE_MS,
            "downloadThroughput": DEBIT,
            "uploadThroughput": DEBIT,
        },
    )
    telephone = Telephone(page, cdp, avec_script)

    def weigh(fini: dict[str, float]) -> None:
        telephone.octets += fini["encodedDataLength"]

    cdp.on("Network.loadingFinished", weigh)
    yield telephone
    contexte.close()


def play_compte(atelier: Atelier, telephone: Telephone, photo: Path) -> str:
    """An action never said is said with its photo; the next page already says the new statut."""
    page = telephone.page
    page.goto("/a-declarer/")
    adresse = find_non_renseigne(page)
    telephone.tapes, telephone.octets, telephone.ecrits = 0, 0, []
    debut = time.perf_counter()
    telephone.tap(f'a.faire[href="{adresse}"]')
    telephone.tap(".choix label:nth-child(2)")
    send_photo(telephone, photo)
    telephone.tap(".barre-action .bouton")
    duree = time.perf_counter() - debut
    page.wait_for_url(re.compile("/declarations/"))
    dit = page.locator("main").inner_text()
    expect(
        "Non renseigné" in dit and "devient" in page.content(),
        f"le statut n’a pas changé : {dit[:300]}",
    )
    expect("photo" in dit, "la photo n’est pas dite")
    expect(telephone.tapes <= TAPES_D_UN_COMPTE, f"{telephone.tapes} gestes")
    expect(not telephone.ecrits, f"{telephone.ecrits} écrits")
    poids = telephone.octets / 1024
    page.locator(".taches .faire").first.click()
    page.wait_for_url(re.compile("/preuves/"))
    preuve = page.locator("main").inner_text()
    expect("déclaration à valider" in preuve, "la preuve ne dit pas « à valider »")
    expect("photo" in preuve, "la preuve ne montre pas la photo")
    phrase = (
        f"{telephone.tapes} gestes, 0 champ écrit, {poids:.0f} Kio reçus, {duree:.1f} s à 1 Mbit/s"
    )
    script = "avec" if telephone.avec_script else "sans"
    atelier.note(f"un chiffre, {script} script : {phrase}")
    return phrase


def send_photo(telephone: Telephone, photo: Path) -> None:
    """Choose it; with script, it is small before anybody could tap the button."""
    telephone.page.set_input_files("#preuve", str(photo))
    limite = time.perf_counter() + PATIENCE_S
    while telephone.avec_script and time.perf_counter() < limite:
        taille = telephone.page.evaluate("() => document.querySelector('#preuve').files[0].size")
        if taille < photo.stat().st_size:
            return
        time.sleep(0.05)
    expect(not telephone.avec_script, "le script ne réduit pas la photo")


def find_non_renseigne(page: Page) -> str:
    """The first task whose form offers values to choose."""
    for lien in page.locator("a.faire:has-text('Déclarer')").all():
        adresse = str(lien.get_attribute("href"))
        reponse = page.request.get(adresse)
        if 'class="choix"' in reponse.text():
            return adresse
    expect(False, "aucune action non renseignée ne se dit d’un choix")
    return ""


def play_poste(atelier: Atelier, telephone: Telephone, photo: Path) -> None:
    """A post, from the page of the figure that counts it."""
    page = telephone.page
    page.goto(f"/preuves/{QUARTIER}/{POSTE}/")
    avant = page.locator(".figure-cle .chiffre").inner_text()
    telephone.tapes, telephone.octets, telephone.ecrits = 0, 0, []
    debut = time.perf_counter()
    telephone.tap("text=Déclarer une valeur")
    telephone.tap("a.bouton:has-text('Poste')")
    telephone.choose("#employeur-choisi", 1)
    telephone.type("#pourvu_depuis", "2026-11-02")
    send_photo(telephone, photo)
    telephone.tap(".barre-action .bouton")
    duree = time.perf_counter() - debut
    page.wait_for_url(re.compile("/declarations/"))
    page.goto(f"/preuves/{QUARTIER}/{POSTE}/")
    apres = page.locator(".figure-cle .chiffre").inner_text()
    expect(apres != avant, f"le poste ne compte pas : {avant}")
    expect(telephone.tapes <= TAPES_D_UN_POSTE, f"{telephone.tapes} gestes")
    expect(telephone.ecrits == ["#pourvu_depuis"], f"{telephone.ecrits} écrits")
    atelier.note(
        f"un poste : {telephone.tapes} gestes, la date écrite, {telephone.octets / 1024:.0f} Kio reçus, {duree:.1f} s ; {avant} puis {apres}"
    )


if __name__ == "__main__":
    play(main)
