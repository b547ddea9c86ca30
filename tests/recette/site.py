"""The site served for real, by its own command, and a reader who signs in with a password."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tests.recette.outils import Atelier, Echec, expect

PHRASE_DE_PASSE = "une-phrase-longue-pour-la-recette"
ATTENTE_S = 120


@dataclass(slots=True)
class Lu:
    """An answer: its code, headers (names in small letters), bytes as sent, and the milliseconds it took."""

    code: int
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

    hote: str
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    _lien: HTTPConnection | None = None

    def read(
        self, adresse: str, entetes: Mapping[str, str] | None = None, corps: bytes | None = None
    ) -> Lu:
        """GET, or POST when there is a body; redirections are not followed."""
        if self._lien is None:
            self._lien = HTTPConnection(self.hote, self.port, timeout=120)
        envoyes = dict(entetes or {})
        if self.cookies:
            envoyes["Cookie"] = "; ".join(f"{nom}={v}" for nom, v in self.cookies.items())
        debut = time.perf_counter()
        methode = "GET" if corps is None else "POST"
        try:
            self._lien.request(methode, adresse, corps, envoyes)
            reponse = self._lien.getresponse()
        except ConnectionError:  # the server closes a connection that was idle for long
            self._lien.close()
            self._lien.request(methode, adresse, corps, envoyes)
            reponse = self._lien.getresponse()
        octets = reponse.read()
        duree = (time.perf_counter() - debut) * 1000
        self._keep_cookies(reponse)
        entetes_recus = {nom.lower(): valeur for nom, valeur in reponse.headers.items()}
        return Lu(reponse.status, entetes_recus, octets, duree)

    def _keep_cookies(self, reponse: HTTPResponse) -> None:
        for recu in reponse.headers.get_all("Set-Cookie") or ():
            for nom, morceau in SimpleCookie(recu).items():
                self.cookies[nom] = morceau.value

    def renew(self) -> None:
        """Another connection: another worker may take it."""
        if self._lien is not None:
            self._lien.close()
            self._lien = None

    def sign_in(self, identifiant: str) -> None:
        """By the form, as anyone does."""
        formulaire = self.read("/connexion/").texte
        jeton = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', formulaire)
        expect(jeton is not None, "la page de connexion n'a pas de formulaire")
        champs = {
            "csrfmiddlewaretoken": jeton.group(1) if jeton else "",
            "username": identifiant,
            "password": PHRASE_DE_PASSE,
        }
        reponse = self.read(
            "/connexion/",
            {
                "Content-Type": "application/x-www-form-urlencoded",
                "Referer": f"http://{self.hote}:{self.port}/connexion/",
            },
            urlencode(champs).encode(),
        )
        expect(reponse.code == 302, f"connexion refusée ({reponse.code})")


def create_compte(atelier: Atelier, identifiant: str, role: str, territoire: str) -> None:
    """An account with a password, made by the command."""
    commande = ["compte", "creer", identifiant, "--role", role, "--territoire", territoire]
    fini = subprocess.run(
        [sys.executable, "-P", "-m", "quartiers", *commande, "--mot-de-passe-entree"],
        input=f"{PHRASE_DE_PASSE}\n",
        check=False,
        capture_output=True,
        text=True,
        cwd=atelier.dossier,
        env=atelier.get_environnement(),
    )
    expect(fini.returncode == 0, f"compte : {fini.stderr.strip()}")


def find_port() -> int:
    """A free port of this machine."""
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])


@contextmanager
def serve(atelier: Atelier, processus: int = 1) -> Iterator[Lecteur]:
    """`quartiers serveur` on a free port, until the block ends; gives a reader of it."""
    port = find_port()
    commande = ["serveur", "--port", str(port), "--processus", str(processus)]
    journal = atelier.dossier / f"serveur-{port}.txt"
    with ExitStack() as pile:
        sortie = pile.enter_context(journal.open("w", encoding="utf-8"))
        serveur = subprocess.Popen(
            [sys.executable, "-P", "-m", "quartiers", *commande],
            cwd=atelier.dossier,
            env=atelier.get_environnement(),
            stdout=sortie,
            stderr=subprocess.STDOUT,
        )
        pile.callback(serveur.wait, timeout=30)
        pile.callback(serveur.terminate)  # its workers stop with it
        lecteur = Lecteur("127.0.0.1", port)
        limite = time.monotonic() + ATTENTE_S
        while True:
            if serveur.poll() is not None or time.monotonic() > limite:
                raise Echec(f"le serveur n'a pas démarré : {journal.read_text('utf-8')[-500:]}")
            try:
                lecteur.read("/connexion/")
            except OSError:
                lecteur.renew()
                time.sleep(0.2)
            else:
                break
        pile.callback(lecteur.renew)
        yield lecteur
