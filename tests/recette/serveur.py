"""The site of an atelier: its base served by `quartiers serveur`, and an account with a password."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from tests.recette.outils import Atelier, expect
from tests.site import QUARTIERS, Lecteur, serve

PHRASE_DE_PASSE = "une-phrase-longue-pour-la-recette"


@contextmanager
def serve_atelier(atelier: Atelier, verbe: str = "serveur", *options: str) -> Iterator[str]:
    """Its address, until the block ends."""
    commande = (*QUARTIERS, verbe, *options)
    with serve(commande, atelier.dossier, atelier.get_environnement()) as site:
        yield site


@contextmanager
def open_lecteur(atelier: Atelier, processus: int = 1) -> Iterator[Lecteur]:
    """A reader of the base of the atelier, served by that many workers."""
    with serve_atelier(atelier, "serveur", "--processus", str(processus)) as site:
        lecteur = Lecteur(site)
        yield lecteur
        lecteur.renew()


def create_compte(atelier: Atelier, identifiant: str, role: str, territoire: str) -> None:
    """An account whose password is PHRASE_DE_PASSE, made by the command."""
    commande = ["compte", "creer", identifiant, "--role", role, "--territoire", territoire]
    fini = subprocess.run(
        [*QUARTIERS, *commande, "--mot-de-passe-entree"],
        input=f"{PHRASE_DE_PASSE}\n",
        check=False,
        capture_output=True,
        text=True,
        cwd=atelier.dossier,
        env=atelier.get_environnement(),
    )
    expect(fini.returncode == 0, f"compte : {fini.stderr.strip()}")
