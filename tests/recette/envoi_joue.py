"""A file sent to a site that is served, and what other readers of the same site wait for meanwhile."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from tests.recette.outils import Echec, expect
from tests.site import JETON, Lecteur, Lu

FRONTIERE = "quartiers-en-actes-recette"
CONDENSAT = re.compile(r'name="condensat" value="([0-9a-f]{64})"')
KIO_PAR_MIO = 1024
T = TypeVar("T")


def post_fichier(
    lecteur: Lecteur, adresse: str, champs: Mapping[str, str], nom: str, octets: bytes
) -> Lu:
    """A form with its file, as a browser sends it."""
    jeton = JETON.search(lecteur.follow("/compte/").octets)
    if jeton is None:
        raise Echec("la page du compte n’a pas de jeton")
    morceaux = [
        f'--{FRONTIERE}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode()
        for n, v in {**champs, "csrfmiddlewaretoken": jeton[1].decode()}.items()
    ]
    tete = f'--{FRONTIERE}\r\nContent-Disposition: form-data; name="fichier"; filename="{nom}"\r\n'
    morceaux += [f"{tete}Content-Type: application/octet-stream\r\n\r\n".encode(), octets]
    corps = b"".join([*morceaux, f"\r\n--{FRONTIERE}--\r\n".encode()])
    entetes = {
        "Content-Type": f"multipart/form-data; boundary={FRONTIERE}",
        "Referer": f"{lecteur.site}/importer/",
    }
    return lecteur.read(adresse, entetes, corps)


def try_fichier(lecteur: Lecteur, nom: str, octets: bytes, genre: str = "releves") -> Lu:
    """Send a file to be tried."""
    return post_fichier(lecteur, "/importer/", {"genre": genre}, nom, octets)


def apply_essai(lecteur: Lecteur, adresse: str) -> Lu:
    """Read a trial, then « Appliquer cet essai », every risk being taken."""
    condensat = CONDENSAT.search(lecteur.read(adresse).texte)
    if condensat is None:
        raise Echec(f"{adresse} ne s’applique pas")
    champs = {"condensat": condensat[1], "dix_fois": "oui", "retrait": "oui"}
    return lecteur.post(adresse, champs)


@dataclass(slots=True)
class Autres:
    """What others wait for, in milliseconds; `ratees`: answers that were none."""

    durees: list[float] = field(default_factory=list)
    ratees: list[int] = field(default_factory=list)

    @property
    def p50(self) -> float:
        """The middle one."""
        return sorted(self.durees)[len(self.durees) // 2] if self.durees else 0.0

    @property
    def pire(self) -> float:
        """The longest."""
        return max(self.durees, default=0.0)


@contextmanager
def reading(lecteur: Lecteur, *adresses: str) -> Iterator[Autres]:
    """Somebody reads these pages again and again until the block ends."""
    autres, fini = Autres(), threading.Event()

    def read() -> None:
        while not fini.is_set():
            for adresse in adresses:
                lu = lecteur.read(adresse)
                autres.durees.append(lu.duree_ms)
                if lu.code != 200:
                    autres.ratees.append(lu.code)
            time.sleep(0.05)

    fil = threading.Thread(target=read, daemon=True)
    fil.start()
    try:
        yield autres
    finally:
        fini.set()
        fil.join(timeout=60)


def measure(geste: Callable[[], T]) -> tuple[T, float]:
    """What a gesture gives, and its seconds."""
    debut = time.perf_counter()
    rendu = geste()
    return rendu, time.perf_counter() - debut


def read_memoire(site: str) -> int:
    """Mio: the greatest memory that a process of the site has held so far."""
    port = site.rpartition(":")[2]
    parents, tailles = {}, {}
    for dossier in Path("/proc").iterdir():
        if not dossier.name.isdigit():
            continue
        try:
            commande = (dossier / "cmdline").read_bytes().decode(errors="replace")
            etat = (dossier / "status").read_text()
        except OSError:
            continue  # it ended meanwhile
        numero = int(dossier.name)
        pere = re.search(r"PPid:\s+(\d+)", etat)
        taille = re.search(r"VmHWM:\s+(\d+)", etat)
        parents[numero] = (int(pere[1]) if pere else 0, f"\0{port}\0" in f"{commande}\0")
        tailles[numero] = int(taille[1]) if taille else 0
    siens = {n for n, (_, is_site) in parents.items() if is_site}
    siens |= {n for n, (pere, _) in parents.items() if pere in siens}
    expect(bool(siens), "aucun processus du site")
    return max(tailles[n] for n in siens) // KIO_PAR_MIO
