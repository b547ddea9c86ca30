"""The site as it is served, and a reader who signs in without a browser (the browser then takes the session)."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, sync_playwright

from tests.conftest import find_chromium
from tests.e2e.conftest import OPTIONS, find_port
from tests.recette.outils import Echec

ATTENTE_S = 60
AILLEURS = "ailleurs.test"
"""A name that leads to this machine, and that no site of ours serves."""
JETON = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


@contextmanager
def serve(dossier: Path, environnement: Mapping[str, str]) -> Iterator[str]:
    """Address of `quartiers serveur` on a base that is ready, for as long as it is looked at."""
    port = find_port()
    journal = dossier / f"serveur-{port}.txt"
    with journal.open("w") as sortie:
        processus = subprocess.Popen(
            [sys.executable, "-P", "-m", "quartiers", "serveur", "--port", str(port)],
            cwd=dossier,
            env=dict(environnement),
            stdout=sortie,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(port, processus, journal)
            yield f"http://127.0.0.1:{port}"
        finally:
            processus.terminate()
            processus.wait(timeout=20)


def wait_for(port: int, processus: subprocess.Popen[bytes], journal: Path) -> None:
    """Until the sign-in page answers."""
    limite = time.monotonic() + ATTENTE_S
    while time.monotonic() < limite and processus.poll() is None:
        try:
            if Lecteur(f"http://127.0.0.1:{port}").get("/connexion/").statut == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise Echec(f"le site ne répond pas : {journal.read_text(encoding='utf-8')[-500:]}")


@dataclass(frozen=True, slots=True)
class Reponse:
    """A page as it came."""

    statut: int
    adresse: str
    corps: bytes


@dataclass(slots=True)
class Lecteur:
    """A reader with cookies: signs in and reads pages in milliseconds."""

    site: str
    cookies: dict[str, str] = field(default_factory=dict)

    def send(self, methode: str, adresse: str, champs: Mapping[str, str] | None = None) -> Reponse:
        """One exchange; cookies are kept."""
        liaison = HTTPConnection(self.site.removeprefix("http://"), timeout=60)
        entetes = {"Cookie": "; ".join(f"{nom}={v}" for nom, v in self.cookies.items())}
        if champs is not None:
            entetes["Content-Type"] = "application/x-www-form-urlencoded"
        liaison.request(methode, adresse, urlencode(champs or {}), entetes)
        reponse = liaison.getresponse()
        corps = reponse.read()
        for biscuit in reponse.msg.get_all("Set-Cookie", []):
            nom, _, valeur = biscuit.split(";")[0].partition("=")
            self.cookies[nom] = valeur
        lieu = reponse.getheader("Location", adresse)
        liaison.close()
        return Reponse(reponse.status, lieu, corps)

    def get(self, adresse: str) -> Reponse:
        """The page, after at most three redirections."""
        for _ in range(3):
            reponse = self.send("GET", adresse)
            if reponse.statut not in {301, 302}:
                return Reponse(reponse.statut, adresse, reponse.corps)
            adresse = reponse.adresse
        raise Echec(f"{adresse} : trop de redirections")

    def post(self, adresse: str, champs: Mapping[str, str]) -> Reponse:
        """A form of the sign-in page, with its token."""
        jeton = JETON.search(self.get("/connexion/").corps)
        if jeton is None:
            raise Echec("la page de connexion n'a pas de jeton")
        return self.send("POST", adresse, {**champs, "csrfmiddlewaretoken": jeton[1].decode()})

    def sign_in(self, compte: str, mot: str = "") -> None:
        """By one click of the demonstration, or by a password."""
        if mot:
            reponse = self.post("/connexion/", {"username": compte, "password": mot})
        else:
            reponse = self.post("/connexion/demonstration/", {"compte": compte})
        if reponse.statut != 302:
            raise Echec(f"{compte} n'entre pas : {reponse.statut}")


@contextmanager
def open_navigateur() -> Iterator[Browser]:
    """The Chromium of the system."""
    chemin = find_chromium()
    if chemin is None:
        raise Echec("Chromium absent (QUARTIERS_CHROMIUM)")
    options = [*OPTIONS, f"--host-resolver-rules=MAP {AILLEURS} 127.0.0.1"]
    with sync_playwright() as playwright:
        navigateur = playwright.chromium.launch(executable_path=chemin, args=options)
        yield navigateur
        navigateur.close()
