"""What each page weighs, and how many questions it asks of the base, for a département of a given size.

    python -m bench.poids [--quartiers N] [--json]

Weight: the HTML as sent (gzip), and the style sheets, scripts and icon that it names; fonts are kept by the reader.
The map that moves is loaded only when asked for: it is told apart.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.client import open_client
from bench.departement_invente import TEMOINS, load_departement

OBJECTIF_OCTETS = 100_000
INDICATEUR = "e06-a1-educateurs-etp"
QUARTIER = TEMOINS[0]
PAGES = (
    "/territoires/FR/",
    "/territoires/REG-00/",
    "/departements/DEP-00/",
    "/territoires/COM-00003/",
    f"/quartiers/{QUARTIER}/",
    f"/quartiers/{QUARTIER}/engagements/E03/",
    f"/preuves/{QUARTIER}/{INDICATEUR}/",
    f"/preuves/DEP-00/{INDICATEUR}/",
    "/recherche/?q=saint",
    "/regles/",
    "/sources/",
    "/plan-du-site/",
    "/accessibilite/",
    "/mentions/",
    "/donnees-personnelles/",
)
VUE = "?vu_le=2026-11-23"
FICHIERS = re.compile(r'(?:href|src)="(/static/[^"]+)"')
A_LA_DEMANDE = re.compile(r'data-(?:moteur|feuille)="(/static/[^"]+)"')


@dataclass(frozen=True, slots=True)
class Poids:
    """A page. `requetes`: asked of the base when the process already holds the data; bytes as sent."""

    adresse: str
    requetes: int
    html: int
    html_clair: int
    fichiers: int
    a_la_demande: int

    @property
    def total(self) -> int:
        """What a reader who holds the fonts downloads at a first visit."""
        return self.html + self.fichiers


def run_poids(quartiers: int) -> list[Poids]:
    """Every page of a private base, for an account of the nation."""
    with tempfile.TemporaryDirectory(prefix="quartiers-bench-") as nom:
        load_departement(Path(nom), quartiers)
        return weigh()


def weigh() -> list[Poids]:
    """Each page read twice, the second counted; Django is ready and the base loaded."""
    import gzip

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = open_client("demo-task-force", **{"accept-encoding": "gzip"})

    def read(adresse: str) -> bytes:
        reponse = client.get(adresse)
        assert reponse.status_code == 200, f"{adresse} : {reponse.status_code}"
        return b"".join(reponse) if reponse.streaming else bytes(reponse.content)

    poids = []
    for page in PAGES:
        adresse = page if "?" in page else page + VUE
        read(adresse)
        with CaptureQueriesContext(connection) as requetes:
            envoye = read(adresse)
        html = gzip.decompress(envoye).decode()
        poids.append(
            Poids(
                adresse=page,
                requetes=len(requetes),
                html=len(envoye),
                html_clair=len(html.encode()),
                fichiers=sum(len(read(f)) for f in set(FICHIERS.findall(html))),
                a_la_demande=sum(len(read(f)) for f in set(A_LA_DEMANDE.findall(html))),
            )
        )
    return poids


def render_poids(poids: list[Poids]) -> str:
    """The sentence, then one line a page; those too heavy are named."""
    lourdes = [p for p in poids if p.total > OBJECTIF_OCTETS]
    plus_lourde = max(poids, key=lambda p: p.total)
    phrase = (
        f"{len(poids)} pages, la plus lourde {plus_lourde.total // 1000} ko ({plus_lourde.adresse})"
    )
    lignes = [f"{phrase} ; {len(lourdes)} au-dessus de {OBJECTIF_OCTETS // 1000} ko"]
    for p in sorted(poids, key=lambda p: -p.total):
        carte = f", carte à la demande {p.a_la_demande / 1000:.1f} ko" if p.a_la_demande else ""
        lourde = "OBJECTIF MANQUÉ " if p in lourdes else ""
        lignes.append(
            f"{lourde}{p.adresse} : {p.total / 1000:.1f} ko (HTML {p.html / 1000:.1f} de {p.html_clair / 1000:.1f},"
            f" styles et scripts {p.fichiers / 1000:.1f}{carte}), {p.requetes} requêtes"
        )
    return "\n".join(lignes).replace(".", ",")


def main(arguments: list[str] | None = None) -> int:
    """Read the options, run, print."""
    lecteur = argparse.ArgumentParser(prog="bench.poids", description="Le poids de chaque page.")
    lecteur.add_argument("--quartiers", type=int, default=50)
    lecteur.add_argument("--json", action="store_true", help="pour un programme")
    options = lecteur.parse_args(arguments)
    poids = run_poids(options.quartiers)
    print(json.dumps([asdict(p) for p in poids]) if options.json else render_poids(poids))
    return 0


if __name__ == "__main__":
    sys.exit(main())
