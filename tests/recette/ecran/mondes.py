"""The bases whose pages are judged: full, without a record, without anything, with words that never end."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.recette.outils import RACINE, Atelier, Echec
from tests.recette.serveur import serve_atelier

DEMO = RACINE / "data" / "demo"
REFERENTIEL = RACINE / "data" / "referentiel"
LONGS = "mots longs"
"""The base whose words never end: what fits there fits everywhere, and it is judged apart."""
MOT_DE_PASSE = "une phrase assez longue pour la recette"
LETTRES = "interminablementininterrompu" * 2
"""Longer than any French place name, and without a place to fold."""
TERRITOIRES = ("cog", "qpv.geojson", "qrr.geojson", "quartiers.csv")
COLONNES = {
    "LIBELLE", "raison_sociale", "nom_membre", "nom", "lib_fs", "adresse", "lib_com", "motif", "par",
    "source", "commentaire", "base_source", "valide_par",
}  # fmt: skip
CLES = {"lib_qp", "lib_com", "lib_dep", "lib_reg"}
# In one process, the imports of the demonstration, then the command of each account: a line of words on the input.
CHARGER = """
import io
import json
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo
from quartiers.cli.base import prepare_base
prepare_base()
from quartiers.cli.main import main
from quartiers.usecases.charger_demo import load_demo
for ligne in load_demo(dossier=Path(sys.argv[1]), saisi_le=datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Europe/Paris"))):
    print(ligne)
comptes = json.load(sys.stdin)
for commande in comptes:
    sys.stdin = io.StringIO(sys.argv[2])
    if code := main(commande):
        sys.exit(code)
"""


@dataclass(frozen=True, slots=True)
class Compte:
    """An account that a command makes, beside those of the demonstration."""

    identifiant: str
    role: str
    territoire: str = ""
    nom: str = ""


@dataclass(frozen=True, slots=True)
class Monde:
    """A base that is served."""

    nom: str
    site: str
    base: Path


def load(atelier: Atelier, nom: str, fichiers: Path, comptes: tuple[Compte, ...]) -> Atelier:
    """A base of the demonstration's kind (one click signs in), loaded by the ordinary imports."""
    ici = Atelier(atelier.dossier / nom)
    ici.dossier.mkdir()
    ici.variables = {
        **atelier.variables,
        "QUARTIERS_BASE": f"sqlite:///{ici.dossier / 'base.sqlite3'}",
        "QUARTIERS_DEMO": "1",
    }
    call(ici, fichiers, [write_commande(compte) for compte in comptes])
    return ici


def write_commande(compte: Compte) -> list[str]:
    """The words of `quartiers compte creer`, the password being on its standard input."""
    arguments = ["compte", "creer", compte.identifiant, "--role", compte.role]
    arguments += ["--territoire", compte.territoire] if compte.territoire else []
    arguments += ["--nom", compte.nom or compte.identifiant, "--mot-de-passe-entree"]
    return [*arguments, "--organisme", "Organisme d’essai"]


def call(ici: Atelier, fichiers: Path, commandes: list[list[str]]) -> None:
    """Load the files, then play the commands; raises Echec with what was written when one fails."""
    fini = subprocess.run(
        [sys.executable, "-P", "-c", CHARGER, str(fichiers), f"{MOT_DE_PASSE}\n"],
        input=json.dumps(commandes),
        check=False,
        capture_output=True,
        text=True,
        cwd=ici.dossier,
        env=ici.get_environnement(),
    )
    if fini.returncode:
        raise Echec(f"{ici.dossier.name} : {fini.stderr.strip()[-600:] or fini.stdout[-600:]}")


@contextmanager
def open_mondes(ateliers: dict[str, Atelier]) -> Iterator[dict[str, Monde]]:
    """Every base served at once, each on its own port."""
    with ExitStack() as pile:
        yield {
            nom: Monde(
                nom,
                pile.enter_context(serve_atelier(ici)),
                ici.dossier / "base.sqlite3",
            )
            for nom, ici in ateliers.items()
        }


def copy_territoires(cible: Path) -> Path:
    """The territoires of the demonstration and nothing that speaks of them: every figure is unknown."""
    for vague in sorted(DEMO.glob("20*")):
        for nom in TERRITOIRES:
            source = vague / nom
            arrivee = cible / vague.name / nom
            if source.is_dir():
                shutil.copytree(source, arrivee)
            elif source.exists():
                arrivee.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(source, arrivee)
    return cible


def copy_rien(cible: Path) -> Path:
    """A base in which nobody put anything."""
    cible.mkdir(parents=True)
    return cible


def copy_longs(cible: Path) -> Path:
    """The demonstration, every name and every text made one word that never ends."""
    for source in sorted(f for f in DEMO.glob("20*/**/*") if f.is_file()):
        arrivee = cible / source.relative_to(DEMO)
        arrivee.parent.mkdir(parents=True, exist_ok=True)
        texte = source.read_text(encoding="utf-8")
        longs = lengthen_csv(texte) if source.suffix == ".csv" else lengthen_geojson(texte)
        arrivee.write_text(longs, encoding="utf-8")
    return cible


def lengthen(texte: str) -> str:
    """« Les Tilleuls » → « Les-Tilleulsinterminablement… »: still another word for another name."""
    return f"{re.sub(r'[^0-9A-Za-zÀ-ÿ]+', '', texte)}{LETTRES}" if texte else texte


def lengthen_csv(texte: str) -> str:
    """Same columns, same rows; only names and free texts grow."""
    separateur = ";" if ";" in texte.split("\n", 1)[0] else ","
    lignes = list(csv.DictReader(io.StringIO(texte), delimiter=separateur))
    sortie = io.StringIO()
    ecrivain = csv.DictWriter(sortie, list(lignes[0]), delimiter=separateur, lineterminator="\n")
    ecrivain.writeheader()
    is_motif_libre = "lieu" in lignes[0]  # the motif of « sans objet » is a word of a closed list
    for ligne in lignes:
        for nom in COLONNES & set(ligne):
            if nom != "motif" or is_motif_libre:
                ligne[nom] = lengthen(ligne[nom])
        ecrivain.writerow(ligne)
    return sortie.getvalue()


def lengthen_geojson(texte: str) -> str:
    """Same shapes."""
    collection = json.loads(texte)
    for forme in collection["features"]:
        for nom in CLES & set(forme["properties"]):
            forme["properties"][nom] = lengthen(forme["properties"][nom])
    return json.dumps(collection, ensure_ascii=False)


def copy_referentiel(cible: Path) -> Path:
    """The référentiel with labels and texts that never end: what another programme could write."""
    shutil.copytree(REFERENTIEL, cible)
    for fichier in sorted(cible.glob("[0-9]*.toml")):
        texte = fichier.read_text(encoding="utf-8")
        fichier.write_text(
            re.sub(
                r'^(libelle|titre|texte|texte_corrige) = "(.*)"$',
                rf'\1 = "\2 {LETTRES}"',
                texte,
                flags=re.MULTILINE,
            ),
            encoding="utf-8",
        )
    return cible
