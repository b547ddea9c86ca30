"""The site served for real by its own command, the system's Chromium, and a reader without a browser.

For the browser tests and the recette: one way to start a site, to wait for it and to sign in.
"""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO
from urllib.parse import urlencode

from playwright.sync_api import Browser, Request, sync_playwright

from tests.codes_tires import ADRESSE, SECOURS, draw_code, read_cle
from tests.conftest import NAVIGATEUR_ABSENT, find_chromium

ATTENTE_S = 300
"""A first start may prepare an environment."""
AILLEURS = "ailleurs.test"
"""A name that leads to this machine, and that no site of ours serves."""
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--host-resolver-rules=MAP {AILLEURS} 127.0.0.1",
]
QUARTIERS = (sys.executable, "-P", "-m", "quartiers")
JETON = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
SUITES_MAX = 3


class SiteMuet(Exception):  # noqa: N818 - French noun
    """The site does not answer as it must."""


def find_port() -> int:
    """A free port of this machine."""
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])


@contextmanager
def serve(
    commande: Sequence[str], dossier: Path, environnement: Mapping[str, str]
) -> Iterator[str]:
    """Address of the site that a command serves on a free port, until the block ends.

    `commande` without its port; `dossier`: where it runs.
    """
    port = find_port()
    with TemporaryFile("w+", encoding="utf-8", errors="replace") as journal:
        processus = subprocess.Popen(
            [*commande, "--port", str(port)],
            cwd=dossier,
            env=dict(environnement),
            stdout=journal,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(port, processus, journal)
            yield f"http://127.0.0.1:{port}"
        finally:
            processus.terminate()  # its workers stop with it
            processus.wait(timeout=30)


def wait_for(port: int, processus: subprocess.Popen[bytes], journal: IO[str]) -> None:
    """Until the sign-in page answers; what the command printed is told when it does not."""
    lecteur = Lecteur(f"http://127.0.0.1:{port}")
    limite = time.monotonic() + ATTENTE_S
    while processus.poll() is None and time.monotonic() < limite:
        try:
            if lecteur.read("/connexion/").code == 200:
                return
        except OSError:
            time.sleep(0.2)
        finally:
            lecteur.renew()
    journal.seek(0)
    msg = f"le site ne répond pas : {journal.read()[-600:]}"
    raise SiteMuet(msg)


@contextmanager
def open_navigateur() -> Iterator[Browser]:
    """The Chromium of the system."""
    chemin = find_chromium()
    if chemin is None:
        raise SiteMuet(NAVIGATEUR_ABSENT)
    with sync_playwright() as playwright:
        navigateur = playwright.chromium.launch(executable_path=chemin, args=OPTIONS)
        yield navigateur
        navigateur.close()


def is_faute(requete: Request) -> bool:
    """A request given up because the reader went on to another page is none."""
    return requete.failure != "net::ERR_ABORTED"


@dataclass(frozen=True, slots=True)
class Lu:
    """An answer. `adresse`: of what was read, after redirections; headers in small letters; bytes as sent."""

    code: int
    adresse: str
    entetes: Mapping[str, str]
    octets: bytes
    duree_ms: float

    @property
    def texte(self) -> str:
        """The words of an answer sent without compression."""
        return self.octets.decode("utf-8")


@dataclass(slots=True)
class Lecteur:
    """A browser without pictures: one connection kept open, cookies kept."""

    site: str
    cookies: dict[str, str] = field(default_factory=dict)
    _lien: HTTPConnection | None = None

    def read(
        self, adresse: str, entetes: Mapping[str, str] | None = None, corps: bytes | None = None
    ) -> Lu:
        """GET, or POST when there is a body; redirections are not followed."""
        envoyes = dict(entetes or {})
        if self.cookies:
            envoyes["Cookie"] = "; ".join(f"{nom}={v}" for nom, v in self.cookies.items())
        debut = time.perf_counter()
        try:
            reponse = self._send(adresse, envoyes, corps)
        except ConnectionError:  # the server closes a connection that was idle for long
            self.renew()
            reponse = self._send(adresse, envoyes, corps)
        octets = reponse.read()
        duree = (time.perf_counter() - debut) * 1000
        self._keep_cookies(reponse)
        recus = {nom.lower(): valeur for nom, valeur in reponse.headers.items()}
        return Lu(reponse.status, adresse, recus, octets, duree)

    def _send(self, adresse: str, entetes: Mapping[str, str], corps: bytes | None) -> HTTPResponse:
        if self._lien is None:
            self._lien = HTTPConnection(self.site.removeprefix("http://"), timeout=120)
        self._lien.request("GET" if corps is None else "POST", adresse, corps, dict(entetes))
        return self._lien.getresponse()

    def _keep_cookies(self, reponse: HTTPResponse) -> None:
        for recu in reponse.headers.get_all("Set-Cookie") or ():
            for nom, morceau in SimpleCookie(recu).items():
                self.cookies[nom] = morceau.value

    def renew(self) -> None:
        """Another connection: another worker may take it."""
        if self._lien is not None:
            self._lien.close()
            self._lien = None

    def follow(self, adresse: str) -> Lu:
        """The page, after a few redirections."""
        for _ in range(SUITES_MAX):
            lu = self.read(adresse)
            if lu.code not in {301, 302}:
                return lu
            adresse = lu.entetes["location"]
        msg = f"{adresse} : trop de redirections"
        raise SiteMuet(msg)

    def post(self, adresse: str, champs: Mapping[str, str]) -> Lu:
        """A form, with the token that the sign-in page gives."""
        jeton = JETON.search(self.follow("/connexion/").octets)
        if jeton is None:
            raise SiteMuet("la page de connexion n'a pas de jeton")
        envoi = {**champs, "csrfmiddlewaretoken": jeton[1].decode()}
        entetes = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Referer": f"{self.site}/connexion/",
        }
        return self.read(adresse, entetes, urlencode(envoi).encode())

    def sign_in(self, compte: str, mot: str = "") -> None:
        """By a password, or by one click of the demonstration."""
        if mot:
            lu = self.post("/connexion/", {"username": compte, "password": mot})
        else:
            lu = self.post("/connexion/demonstration/", {"compte": compte})
        if lu.code != 302:
            msg = f"{compte} n'entre pas : {lu.code}"
            raise SiteMuet(msg)
        if mot and self.read("/regles/").code == 302:
            self.set_up_facteur()

    def set_up_facteur(self) -> list[str]:
        """As the holder of an account that must have one does, at the first sign-in; the codes for a lost telephone."""
        self.post(ADRESSE, {"geste": "preparer"})
        cle = read_cle(self.read(ADRESSE).texte)
        lu = self.post(ADRESSE, {"geste": "confirmer", "code": draw_code(cle)})
        secours: list[str] = SECOURS.findall(lu.texte)
        if not secours:
            msg = f"le second facteur ne se met pas en place : {lu.code}"
            raise SiteMuet(msg)
        return secours
