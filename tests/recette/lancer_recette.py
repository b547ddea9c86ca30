"""Play the recette: one program per item that the product must show, one line per item at the end.

    python -m tests.recette.lancer_recette [--entier] [NUMÉRO …]

A missing program is a failure like any other, printed with its number. Programs are played two at a time, and
those that measure by the clock alone, after the others; they share the bases loaded from the official files.
`--entier`: the full size (a million lines, ten thousand worlds, every page under axe), for which nobody waits at
each change; docs/essais.md keeps its figures.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from tests.recette import bases
from tests.suite.taille import ENTIERE, OPTION, is_entiere

DOSSIER = Path(__file__).resolve().parent
RACINE = DOSSIER.parent.parent
NUMEROS = range(1, 14)
DIX = tuple(range(1, 11))
# What the product must show first, then « la lecture », « l'entrée », « l'écriture », and « la saisie », and what of « la confiance » has its program.
SERIES = {
    "item": DIX,
    "lecture": DIX,
    "entree": tuple(range(1, 8)),
    "ecriture": tuple(range(1, 14)),
    "saisir": tuple(range(1, 12)),
    "confiance": (1, 2, 3, 4, 5, 6, 8, 9),
}
DERNIER = "ecriture 13"
"""It says of the earlier series what became of them: played when all the others are over."""
RESULTATS = "RECETTE_RESULTATS"
"""The file where it reads that."""
MESURES = frozenset({"item 9", "lecture 5", "lecture 8"})
"""They measure a time by the clock: alone, once the others are over."""
LONGS = (
    "lecture 2",
    "item 8",
    "entree 1",
    "entree 3",
    "lecture 1",
    "lecture 7",
    "entree 5",
    "entree 2",
    "item 2",
    "lecture 3",
    "entree 4",
    "lecture 6",
    "confiance 4",
    "saisir 3",
    "item 1",
)
"""They begin first, so that none is left alone at the end."""
FILS = 2
DELAI = 2400  # seconds; an item that takes longer is stuck
DELAI_ENTIER = 4 * 3600
_ecran = Lock()


@dataclass(frozen=True, slots=True)
class Resultat:
    """What one item showed."""

    numero: str
    commande: str
    phrase: str
    reussi: bool
    duree: float = 0.0

    def __str__(self) -> str:
        verdict = "ok   " if self.reussi else "ÉCHEC"
        return f"{self.numero:>10}. {verdict} {self.commande} : {self.phrase}"


def list_programmes(serie: str, numero: int) -> list[Path]:
    """Programs of an item (one is expected, several may share a number)."""
    return sorted(DOSSIER.glob(f"{serie}_{numero:02d}_*.py"))


def list_inattendus() -> list[str]:
    """Programs whose name is not understood: a typing mistake must not hide an item."""
    connus = {p for serie, ns in SERIES.items() for n in ns for p in list_programmes(serie, n)}
    tous = (p for serie in SERIES for p in DOSSIER.glob(f"{serie}*.py"))
    return sorted(p.name for p in tous if p not in connus)


def get_phrase(sortie: str) -> str:
    """First line of the output, which is the result."""
    lignes = [ligne.strip() for ligne in sortie.splitlines() if ligne.strip()]
    return lignes[0] if lignes else "(rien n'a été écrit)"


def play_programme(numero: str, programme: Path) -> Resultat:
    """Run one program; its whole output is shown, its first line kept."""
    commande = f"python {programme.relative_to(RACINE)}"
    debut = time.monotonic()
    chemin = os.pathsep.join(filter(None, [str(RACINE), os.environ.get("PYTHONPATH")]))
    try:
        fini = subprocess.run(
            [sys.executable, str(programme)],
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            cwd=RACINE,
            env={**os.environ, "PYTHONPATH": chemin, "PYTHONIOENCODING": "utf-8"},
            timeout=get_delai(),
        )
    except subprocess.TimeoutExpired:
        return Resultat(
            numero, commande, f"rien au bout de {get_delai()} s", reussi=False, duree=get_delai()
        )
    duree = time.monotonic() - debut
    with _ecran:
        print(f"── {commande}\n{fini.stdout.rstrip()}\n({duree:.0f} s)", flush=True)
    return Resultat(numero, commande, get_phrase(fini.stdout), fini.returncode == 0, duree)


def get_delai() -> int:
    """Seconds after which an item is stuck."""
    return DELAI_ENTIER if is_entiere() else DELAI


def play_item(serie: str, numero: int) -> list[Resultat]:
    """Every program of an item; none is a failure."""
    programmes = list_programmes(serie, numero)
    nom = f"{serie} {numero}"
    if not programmes:
        attendu = f"tests/recette/{serie}_{numero:02d}_*.py"
        return [Resultat(nom, attendu, "programme absent", reussi=False)]
    return [play_programme(nom, programme) for programme in programmes]


def get_nom(voulu: tuple[str, int]) -> str:
    """`item 8`."""
    return f"{voulu[0]} {voulu[1]}"


def get_rang(voulu: tuple[str, int]) -> int:
    """The place of an item in the queue: the long ones first."""
    nom = get_nom(voulu)
    return LONGS.index(nom) if nom in LONGS else len(LONGS)


def play_items(voulus: Sequence[tuple[str, int]]) -> list[Resultat]:
    """Two at a time, then alone those that measure, then the last one; the results in the order that was asked for."""
    mesures = [voulu for voulu in voulus if get_nom(voulu) in MESURES]
    derniers = [voulu for voulu in voulus if get_nom(voulu) == DERNIER]
    autres = sorted((v for v in voulus if v not in mesures and v not in derniers), key=get_rang)
    with ThreadPoolExecutor(FILS) as fils:
        rendus = dict(zip(autres, fils.map(lambda v: play_item(*v), autres), strict=True))
    rendus |= {voulu: play_item(*voulu) for voulu in mesures}
    for voulu in derniers:
        rendus[voulu] = play_dernier(voulu, [r for joues in rendus.values() for r in joues])
    return [resultat for voulu in voulus for resultat in rendus[voulu]]


def play_dernier(voulu: tuple[str, int], joues: Sequence[Resultat]) -> list[Resultat]:
    """An item that reads the results of the others."""
    reussis = {r.numero: all(x.reussi for x in joues if x.numero == r.numero) for r in joues}
    with tempfile.TemporaryDirectory(prefix="quartiers-resultats-") as dossier:
        fichier = Path(dossier) / "resultats.json"
        fichier.write_text(json.dumps(reussis), encoding="utf-8")
        os.environ[RESULTATS] = str(fichier)
        try:
            return play_item(*voulu)
        finally:
            del os.environ[RESULTATS]


def print_durees(resultats: Sequence[Resultat], debut: float) -> None:
    """The time of each item, the longest first: .ci/run shows these lines again at its end."""
    print("\nDurées de la recette :")
    for resultat in sorted(resultats, key=lambda r: -r.duree):
        seul = " (seul)" if resultat.numero in MESURES else ""
        print(f"{resultat.duree:7.0f} s  {resultat.numero}{seul}")
    print(f"{time.monotonic() - debut:7.0f} s  en tout, deux programmes à la fois")


def main(arguments: list[str]) -> int:
    """Play all items, or the given numbers; 0 only when every one is shown."""
    if OPTION in arguments:
        os.environ[ENTIERE] = "1"
    arguments = [a for a in arguments if a != OPTION]
    if faux := [a for a in arguments if not re.fullmatch(r"\d+", a) or int(a) not in NUMEROS]:
        print(f"Numéros attendus de 1 à {NUMEROS[-1]} : {' '.join(faux)}", file=sys.stderr)
        return 2
    numeros = [int(a) for a in arguments] or list(NUMEROS)
    voulus = [(s, n) for s, connus in SERIES.items() for n in connus if n in numeros]
    debut = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="quartiers-bases-") as dossier:
        os.environ[bases.VARIABLE] = dossier
        resultats = play_items(voulus)
        del os.environ[bases.VARIABLE]
    inattendus = list_inattendus()
    print_durees(resultats, debut)
    print("\nCe que le produit doit montrer :")
    print("\n".join(str(resultat) for resultat in resultats))
    for nom in inattendus:
        print(f"ÉCHEC tests/recette/{nom} : nom attendu SÉRIE_NN_sujet.py ({', '.join(SERIES)})")
    rates = [r for r in resultats if not r.reussi]
    print(f"{len(resultats) - len(rates)} sur {len(resultats)} montrés.")
    return 1 if rates or inattendus else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
