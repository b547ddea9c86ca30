"""5. Every kind out and in again, in three formats; and a kind that did not exist, made with one file and its words."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.recette.outils import RACINE, Atelier, expect, play

ESSAIS = "tests/usecases/test_porte_d_enregistrements.py"
ALLERS_RETOURS = {
    f"{ESSAIS}::test_ce_qui_entre_ressort_egal": 39,  # thirteen kinds, three formats
    f"{ESSAIS}::test_un_petit_genre_ressort_egal": 15,  # five small kinds
}
PARTIES = ("quartiers", "data/referentiel")
GENRE = '''"""Equipement: a sports or cultural equipment, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from quartiers.core.contenu import Champ, Contenu, Mot, Sorte


@dataclass(frozen=True, slots=True, kw_only=True)
class Equipement(Contenu):
    """An equipment as it was on the day of the record."""

    GENRE = "equipement"
    DE = "Equipement"
    LIBELLE = "Équipement"
    SORTE = Sorte.ETAT

    nom: Annotated[str, Champ("Nom")]
    tenue_du_bati: Annotated[Mot, Champ("Tenue du bâti", vocabulaire="tenue_du_bati")]
    ouvert: Annotated[date | None, Champ("Ouvert depuis le")] = None
'''
LIGNES = "objet;le;situe;nom;tenue_du_bati;ouvert\nE-1;2026-09-01;{ici};Gymnase;bonne;2020-03-01\n"
ICI = "QC-FICTIF-TILLEULS"
CADRE = RACINE / "data" / "demo" / "2026-01-15"
GESTES = (
    ("cog", "cog"),
    ("qpv", "qpv.geojson"),
    ("qrr", "qrr.geojson"),
    ("quartiers", "quartiers.csv"),
)


def main(atelier: Atelier) -> str:
    """The round trips, then the tree of the product with one more kind, used by its commands."""
    joues = sum(play_allers_retours(essai, lances) for essai, lances in ALLERS_RETOURS.items())
    arbre = copy_arbre(atelier.dossier / "arbre")
    touches = add_genre(arbre)
    dits = use_genre(arbre, atelier.dossier)
    for ligne in (*touches, *dits):
        atelier.note(ligne)
    return (
        f"{joues} allers et retours (treize genres et cinq petits, CSV, XLSX, ODS) : états égaux, rien de nouveau au retour ; "
        f"un genre de plus : {len(touches)} fichiers touchés, {sum(map(count_ajouts, touches))} lignes, "
        "modèle, schéma, import, export et vérification par les commandes"
    )


def play_allers_retours(essai: str, lances: int) -> int:
    """File → base → file → base, drawn at random: how many were played, all equal."""
    fini = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", essai],
        check=False, capture_output=True, text=True, cwd=RACINE, env={**os.environ, "QUARTIERS_BASE": ""},
    )  # fmt: skip
    trouve = re.search(r"(\d+) passed", fini.stdout)
    expect(fini.returncode == 0 and trouve is not None, f"allers et retours : {fini.stdout[-600:]}")
    joues = int(trouve.group(1)) if trouve else 0
    expect(joues == lances, f"{joues} allers et retours, {lances} attendus")
    return joues


def copy_arbre(arbre: Path) -> Path:
    """The product and its référentiel, to be changed."""
    for partie in PARTIES:
        shutil.copytree(
            RACINE / partie, arbre / partie, ignore=shutil.ignore_patterns("__pycache__")
        )
    return arbre


def add_genre(arbre: Path) -> list[str]:
    """One file, its name in the list of kinds, its words in the programme: « file : added lines »."""
    (arbre / "quartiers/core/genres/equipement.py").write_text(GENRE, encoding="utf-8")
    liste = arbre / "quartiers/core/genres/__init__.py"
    texte = liste.read_text(encoding="utf-8")
    texte = texte.replace(
        "from quartiers.core.genres.fiche_action",
        "from quartiers.core.genres.equipement import Equipement\nfrom quartiers.core.genres.fiche_action",
    ).replace("    TableauPublie,\n)", "    TableauPublie,\n    Equipement,\n)")
    liste.write_text(texte, encoding="utf-8")
    programme = arbre / "data/referentiel/programme.toml"
    texte = programme.read_text(encoding="utf-8")
    texte = texte.replace(
        "[mots_ajoutes]\n", '[mots_ajoutes]\ntenue_du_bati = ["bonne", "mauvaise"]\n'
    )
    texte += '\n[mots.tenue_du_bati]\nbonne = "Bonne"\nmauvaise = "Mauvaise"\n'
    programme.write_text(texte, encoding="utf-8")
    return [
        f"{chemin} : {count_lignes(arbre / chemin) - count_lignes(RACINE / chemin)} lignes"
        for chemin in (
            "quartiers/core/genres/equipement.py",
            "quartiers/core/genres/__init__.py",
            "data/referentiel/programme.toml",
        )
    ]


def count_lignes(chemin: Path) -> int:
    """Lines of a file; none when it is not there."""
    return len(chemin.read_text(encoding="utf-8").splitlines()) if chemin.is_file() else 0


def count_ajouts(touche: str) -> int:
    """« fichier : 3 lignes » → 3."""
    return int(touche.rsplit(" ", 2)[1])


def use_genre(arbre: Path, dossier: Path) -> list[str]:
    """Its template, its schema, a file of it in and out, by the commands of the changed tree."""

    def run(*arguments: str) -> str:
        fini = subprocess.run(
            [sys.executable, "-m", "quartiers", *arguments],
            check=False, capture_output=True, text=True, cwd=arbre,
            env={**os.environ, "PYTHONPATH": str(arbre), "QUARTIERS_VAR": str(dossier / "var-genre"),
                 "QUARTIERS_REFERENTIEL": str(arbre / "data/referentiel")},
        )  # fmt: skip
        expect(fini.returncode == 0, f"quartiers {' '.join(arguments)} : {fini.stderr[-600:]}")
        return fini.stdout

    for genre, nom in GESTES:
        run("importer", genre, str(CADRE / nom), "--connu-le", "2026-01-15")
    fichier = dossier / "equipements.csv"
    fichier.write_text(LIGNES.format(ici=ICI), encoding="utf-8")
    modele = dossier / "equipement.xlsx"
    run("modele", "equipement", "-o", str(modele))
    expect(modele.stat().st_size > 0, "le modèle est vide")
    schema = run("schema", "equipement")
    expect("Tenue du bâti" in schema and "mauvaise" in schema, f"schéma : {schema[:300]}")
    importe = run("importer", "equipement", str(fichier), "--connu-le", "2026-10-01")
    exporte = run("exporter", "equipement", ICI)
    expect("Gymnase" in exporte and "2020-03-01" in exporte, f"export : {exporte}")
    verifie = run("verifier")
    return [
        importe.strip().splitlines()[-1],
        exporte.strip().splitlines()[-1],
        verifie.strip().splitlines()[-1],
    ]


if __name__ == "__main__":
    play(main)
