"""The demonstration, served for real by its own command, and Debian's Chromium to look at it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

RACINE = Path(__file__).resolve().parents[2]
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ATTENTE_S = 120


def find_port() -> int:
    """A free port of this machine."""
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of `quartiers demo`, in a var folder of its own."""
    port = find_port()
    journal = tmp_path_factory.mktemp("journal") / "demo.txt"
    env = {**os.environ, "QUARTIERS_VAR": str(tmp_path_factory.mktemp("var"))}
    for nom in ("QUARTIERS_BASE", "QUARTIERS_DEMO", "DJANGO_SETTINGS_MODULE"):
        env.pop(nom, None)
    adresse = f"http://127.0.0.1:{port}"
    with journal.open("w") as sortie:
        processus = subprocess.Popen(
            [sys.executable, "-m", "quartiers", "demo", "--port", str(port)],
            cwd=RACINE,
            env=env,
            stdout=sortie,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(adresse, processus, journal)
            yield adresse
        finally:
            processus.terminate()
            processus.wait(timeout=20)


def wait_for(adresse: str, processus: subprocess.Popen[bytes], journal: Path) -> None:
    """Until the sign-in page answers; the output of the command is told when it stops before."""
    limite = time.monotonic() + ATTENTE_S
    while time.monotonic() < limite:
        if processus.poll() is not None:
            pytest.fail(f"quartiers demo s’est arrêté :\n{journal.read_text(encoding='utf-8')}")
        try:
            with closing(HTTPConnection(adresse.removeprefix("http://"), timeout=5)) as demande:
                demande.request("GET", "/connexion/")
                if demande.getresponse().status == 200:
                    return
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"pas de réponse en {ATTENTE_S} s :\n{journal.read_text(encoding='utf-8')}")


@pytest.fixture(scope="session")
def navigateur(chromium: Path) -> Iterator[Browser]:
    """The system's Chromium, started once."""
    with sync_playwright() as playwright:
        lance = playwright.chromium.launch(executable_path=chromium, args=OPTIONS)
        yield lance
        lance.close()


def is_faute(requete: Request) -> bool:
    """A request given up because the test went on to another page is none."""
    return requete.failure != "net::ERR_ABORTED"


@pytest.fixture
def open_page(navigateur: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """A page of a width, signed in by one click unless `compte` is empty; console errors fail the test."""
    contextes: list[BrowserContext] = []
    fautes: list[str] = []

    def ouvrir(largeur: int = 1280, compte: str = "demo-prefet") -> Page:
        contexte = navigateur.new_context(
            viewport={"width": largeur, "height": 900}, locale="fr-FR", base_url=site
        )
        contextes.append(contexte)
        page = contexte.new_page()
        page.on(
            "console", lambda m: fautes.append(m.text) if m.type in {"error", "warning"} else None
        )
        page.on("pageerror", lambda erreur: fautes.append(str(erreur)))
        page.on("requestfailed", lambda r: fautes.append(r.url) if is_faute(r) else None)
        if compte:
            page.goto("/connexion/")
            page.locator(f"form:has(input[value={compte}]) button").click()
        return page

    yield ouvrir
    for contexte in contextes:
        contexte.close()
    assert fautes == []
