"""The web server, started by the real command: it answers, with its headers, and stops on request."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest

from quartiers.settings import RACINE
from tests.site import find_port


def fetch(adresse: str) -> tuple[int, Message]:
    """Status and headers, errors included; redirections are not followed."""

    class Sans(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_args: object) -> None:
            return None

    ouvreur = urllib.request.build_opener(Sans, urllib.request.ProxyHandler({}))
    try:
        with ouvreur.open(adresse, timeout=10) as reponse:
            return reponse.status, reponse.headers
    except urllib.error.HTTPError as erreur:
        with erreur:
            return erreur.code, erreur.headers


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    port = find_port()
    propre = {nom: v for nom, v in os.environ.items() if not nom.startswith("QUARTIERS_")}
    env = {**propre, "QUARTIERS_VAR": str(tmp_path), "PYTHONPATH": str(RACINE)}
    commande = [sys.executable, "-m", "quartiers", "serveur", "--port", str(port)]
    with subprocess.Popen(
        commande, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as serveur:
        adresse = f"http://127.0.0.1:{port}"
        limite = time.monotonic() + 60
        while serveur.poll() is None and time.monotonic() < limite:
            try:
                fetch(adresse)
                break
            except OSError:
                time.sleep(0.1)
        yield adresse, serveur
        if serveur.poll() is None:
            serveur.terminate()  # its workers stop with it; a kill would orphan them
            try:
                serveur.wait(timeout=30)
            except subprocess.TimeoutExpired:
                serveur.kill()  # told as an error, not waited for without end
                raise


def test_the_site_answers_with_its_headers_and_stops(
    site: tuple[str, "subprocess.Popen[str]"],
) -> None:
    adresse, serveur = site
    for page in ("/", "/cette/page/n-existe-pas", "/static/rien.css"):
        code, entetes = fetch(adresse + page)
        assert code in {200, 302, 404}, page
        assert "default-src 'self'" in entetes["Content-Security-Policy"].split("; "), page
        assert "unsafe" not in entetes["Content-Security-Policy"]
        assert entetes["X-Content-Type-Options"] == "nosniff"
        assert entetes["X-Frame-Options"] == "DENY"
        assert entetes["Referrer-Policy"] == "same-origin"
        assert entetes["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "geolocation=()" in entetes["Permissions-Policy"]
    serveur.send_signal(signal.SIGTERM)
    assert serveur.wait(timeout=30) in {0, -signal.SIGTERM, 128 + signal.SIGTERM}
    assert serveur.stdout is not None
    assert "Le site est servi sur http://127.0.0.1:" in serveur.stdout.read()
