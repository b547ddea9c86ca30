"""No dead link: from the home page of each role, every address answers 200, and none breaks."""

from __future__ import annotations

import re
from collections import Counter, deque
from html import unescape
from urllib.parse import parse_qs, urldefrag
from zlib import crc32

import pytest
from django.db import connection
from django.test import Client

from quartiers.usecases.charger_demo import VU_LE_DEMO
from quartiers.usecases.creer_comptes_demo import GROUPES
from tests.suite.taille import is_entiere
from tests.web.conftest import DEMO, SignIn

LIEN = re.compile(r'\shref="([^"]*)"')
FICHIER = re.compile(r"\.(?:csv|json|xlsx|ods|pdf|geojson)(?:\?|$)")
FICHIERS_ENTIERS = 60
ID = re.compile(r'\sid="([^"]+)"')
AUTRES_JOURS = sorted(jour.name for jour in DEMO.glob("20*"))
"""The other days that the pages propose to look at: those on which something was learnt."""


def follow(
    client: Client, depart: str, limite: int, passe: int, choisies: str = "/"
) -> dict[str, int]:
    """Pages reached from `depart`, each with its statut.

    At most `limite` proofs, as many filtered lists and forms, `passe` pages as they were known on an earlier day,
    as many forms of a thing said already, and as many PDF: each is a document to print, much longer to make than a
    page. Of the files, the first
    `FICHIERS_ENTIERS` are made whole, the others only say that they are there. The pages whose address begins
    with `choisies` are opened at the day of the demonstration and at one other (`is_de_ses_jours`).
    """
    vus: dict[str, int] = {}
    reperes: dict[str, set[str]] = {}
    ancres: set[tuple[str, str]] = set()
    fichiers = 0
    file = deque([depart])
    restes = {
        "/papier.pdf": passe,
        "connu_le=": passe,
        "objet=": passe,
        "/preuves/": limite,
        "statut=": limite,
        "/declarer/": limite,
    }
    while file:
        adresse = file.popleft()
        if adresse in vus:
            continue
        genre = next((genre for genre in restes if genre in adresse), None)
        if adresse.startswith(choisies) and not is_de_ses_jours(adresse):
            continue
        if genre is not None:
            restes[genre] -= 1
            if restes[genre] < 0:
                continue
        entier = True
        if FICHIER.search(adresse):
            fichiers += 1
            entier = fichiers <= FICHIERS_ENTIERS
        reponse = (client.get if entier else client.head)(adresse, follow=True)
        vus[adresse] = reponse.status_code
        if not reponse.headers["Content-Type"].startswith("text/html"):
            continue
        texte = reponse.content.decode()
        ids = reperes[adresse] = set(ID.findall(texte))
        for lien in LIEN.findall(texte):
            cible, ancre = urldefrag(unescape(lien))
            if cible.startswith("/static/"):
                continue
            assert not cible or cible.startswith(("/", "?")), f"{adresse} : {lien}"
            if not cible:
                assert ancre in ids, f"{adresse} : {lien}"
                continue
            cible = cible if cible.startswith("/") else adresse.partition("?")[0] + cible
            if ancre:
                ancres.add((cible, ancre))
            file.append(cible)
    perdues = {(page, ancre) for page, ancre in ancres if ancre not in reperes.get(page, {ancre})}
    assert perdues == set()
    return vus


def is_de_ses_jours(adresse: str) -> bool:
    """Whether this page is opened at the day its address looks at: that of the demonstration, or its own other day.

    The six days of one page show the same links; each day is that of many pages. As it was known on an earlier day
    (`connu_le`), a page is another one. At full size, all days are opened.
    """
    page, _, question = adresse.partition("?")
    dits = parse_qs(question)
    if is_entiere() or "vu_le" not in dits or "connu_le" in dits:
        return True
    siens = {VU_LE_DEMO.isoformat(), AUTRES_JOURS[crc32(page.encode()) % len(AUTRES_JOURS)]}
    return dits["vu_le"][0] in siens


TASK_FORCE = "demo-task-force"
"""It follows every link below: the same journey, further."""


@pytest.mark.parametrize(
    "compte",
    [*(c.identifiant for c in GROUPES[0][1] if c.identifiant != TASK_FORCE), "demo-association"],
)
def test_no_dead_link(sign_in: SignIn, compte: str) -> None:
    vus = follow(sign_in(compte), "/", limite=60, passe=20)
    assert {adresse: statut for adresse, statut in vus.items() if statut != 200} == {}
    assert len(vus) > 60


@pytest.mark.lent
def test_no_dead_link_at_all(sign_in: SignIn) -> None:
    """The whole demonstration, down to the last proof; on the second base, some proofs of each kind."""
    is_tout = connection.vendor == "sqlite"
    limite, passe = (20_000, 400) if is_tout else (300, 100)
    vus = follow(sign_in(TASK_FORCE), "/", limite=limite, passe=passe, choisies="/preuves/")
    assert {adresse: statut for adresse, statut in vus.items() if statut != 200} == {}
    preuves = {adresse.partition("?")[0] for adresse in vus if adresse.startswith("/preuves/")}
    assert len(preuves) > (1700 if is_tout else 250)
    jours = Counter(
        jour
        for adresse in vus
        if adresse.startswith("/preuves/")
        for jour in parse_qs(adresse.partition("?")[2]).get("vu_le", [])
    )
    assert not is_tout or min(jours[jour] for jour in AUTRES_JOURS) > 200


def test_the_way_back_in_time_has_no_dead_link_either(sign_in: SignIn) -> None:
    vus = follow(
        sign_in("demo-deleguee"), "/?vu_le=2026-06-30&connu_le=2026-07-10", limite=40, passe=150
    )
    assert {adresse: statut for adresse, statut in vus.items() if statut != 200} == {}
