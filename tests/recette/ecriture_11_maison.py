"""11. The house: what a new kind, indicateur, rôle, statut, source or page touches; lines since the writes were begun.

The six are added to a copy of the product (`exemples_d_ajouts.py`); the files that differ afterwards are counted, and
the tests concerned are played there: one file forgotten and they fail. With `--entier`, each file is taken back in
turn and the tests must fail. What was before is in docs/essais.md.
"""

from __future__ import annotations

import filecmp
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.architecture.arbre import list_fichiers
from tests.architecture.test_citations import CHERCHER, list_citants
from tests.recette.entree_06_duree import PARTIES, read_durees
from tests.recette.exemples_d_ajouts import AJOUTS, CODE_INDICATEUR, CODE_SOURCE
from tests.recette.outils import RACINE, Atelier, expect, play
from tests.suite.taille import is_entiere

COMMENCEMENT = "c5059a5"
"""The last commit before the journal of writes."""
MINUTES_AU_PLUS = 30
PRODUIT = ("quartiers/", "data/")
CONTROLES = (
    "tests/architecture/test_glossaire.py",
    "tests/architecture/test_migrations.py",
    "tests/core/test_droits.py",
    "tests/core/test_genres.py",
    "tests/referentiel",
    "tests/reports/papier/test_glyphes.py",
    "tests/sources/test_maisons_sport_sante.py",
    "tests/spec/test_formats.py",
    "tests/spec/test_regles.py::test_le_document_dit_ce_que_disent_les_tables",
    "tests/usecases/test_acces.py::test_chaque_role_est_dans_la_matrice",
    "tests/web/test_gabarits.py::test_one_sign_per_statut",
    "tests/test_ajouts.py",
)
ACCEPTE = f'''"""What the product itself does with what was added."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from quartiers.cli.main import main
from quartiers.core.droits import FAMILLES
from quartiers.core.genres import GENRES_DE_FICHIER
from quartiers.core.statut import DU_MOINS_FAVORABLE, FAMILLES as MONTRES, LIBELLES, Statut
from quartiers.sources import list_sources


def test_le_genre_a_son_schema_et_sa_famille(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "equipement"]) == 0
    sortie = capsys.readouterr().out
    assert "Tenue du bâti" in sortie
    assert "mauvaise" in sortie
    assert set(GENRES_DE_FICHIER) <= set(FAMILLES)


def test_l_indicateur_se_montre(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["referentiel", "montrer", "{CODE_INDICATEUR}"]) == 0
    assert "Permanences tenues" in capsys.readouterr().out


def test_la_source_est_trouvee() -> None:
    assert "{CODE_SOURCE}" in [source.code for source in list_sources()]


def test_le_statut_a_son_mot_et_sa_famille() -> None:
    assert LIBELLES[Statut("suspendu")] == "Suspendu"
    assert Statut("suspendu") in DU_MOINS_FAVORABLE
    assert any(Statut("suspendu") in statuts for _, statuts in MONTRES)
    with open("docs/domaine.md", encoding="utf-8") as domaine:
        assert "`suspendu`" in domaine.read()


@pytest.mark.django_db
def test_la_page_s_ouvre_avec_un_compte() -> None:
    client = Client()
    assert client.get("/aide/").status_code == 302
    client.force_login(User.objects.create(username="lecteur"))
    assert "<h1>Aide</h1>" in client.get("/aide/").content.decode()
'''


def main(atelier: Atelier) -> str:
    """The additions, the citations, the lines, the parts of the last whole run."""
    touches = add_tout(atelier.dossier)
    for quoi, fichiers in touches.items():
        atelier.note(f"{quoi} : {len(fichiers)} fichiers, {', '.join(sorted(fichiers))}")
    for ligne in read_histoire():
        atelier.note(ligne)
    absents = [
        cite for chercher in CHERCHER.values() for _, t in list_citants() for cite in chercher(t)
    ]
    expect(not absents, f"{len(absents)} citations sans document : {absents[:3]}")
    comptes = ", ".join(
        f"{quoi} {len(fichiers)} dont {sum(nom.startswith(PRODUIT) for nom in fichiers)} du produit"
        for quoi, fichiers in touches.items()
    )
    return (
        f"fichiers touchés : {comptes} (avant : docs/essais.md), leurs tests verts ; "
        f"0 citation sans document ; {say_duree(atelier)}"
    )


def add_tout(dossier: Path) -> Mapping[str, set[str]]:
    """Each addition and the files it touched, those that commands write among them; all accepted by their tests."""
    depart, arbre, temoin = dossier / "depart", dossier / "arbre", dossier / "temoin"
    copy_depot(depart)
    shutil.copytree(depart, arbre)
    touches = {}
    for quoi, (ajouter, commandes) in AJOUTS.items():
        shutil.copytree(arbre, temoin, dirs_exist_ok=True)
        ajouter(arbre)
        for commande in commandes:
            run(arbre, dossier, *commande)
        touches[quoi] = set(list_differents(temoin, arbre))
    (arbre / "tests/test_ajouts.py").write_text(ACCEPTE, encoding="utf-8")
    fini = play_controles(arbre, dossier)
    expect(fini.returncode == 0, f"les tests refusent : {list_echecs(fini.stdout)}")
    if is_entiere():
        check_chacun(arbre, dossier, set().union(*touches.values()))
    return touches


def copy_depot(arbre: Path) -> None:
    """The files of the project, and no other."""
    for fichier in list_fichiers():
        copie = arbre / fichier.relative_to(RACINE)
        copie.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(fichier, copie)


def list_differents(avant: Path, apres: Path) -> Iterator[str]:
    """Files that are new or are not what they were."""
    for fichier in apres.rglob("*"):
        nom = fichier.relative_to(apres)
        if fichier.is_file() and "__pycache__" not in nom.parts:
            ancien = avant / nom
            if not ancien.is_file() or not filecmp.cmp(ancien, fichier, shallow=False):
                yield str(nom)


def run(arbre: Path, dossier: Path, *arguments: str) -> None:
    """A Python command of the copy, which must succeed."""
    fini = start(arbre, dossier, *arguments)
    expect(fini.returncode == 0, f"{' '.join(arguments)} : {fini.stderr[-400:]}")


def start(arbre: Path, dossier: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The same, whatever its code."""
    propre = {nom: v for nom, v in os.environ.items() if not nom.startswith("QUARTIERS_")}
    return subprocess.run(
        [sys.executable, *arguments],
        check=False, capture_output=True, text=True, encoding="utf-8", cwd=arbre,
        env={**propre, "PYTHONPATH": str(arbre), "QUARTIERS_VAR": str(dossier / "var-ajouts")},
    )  # fmt: skip


def play_controles(arbre: Path, dossier: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """The tests concerned, in the copy."""
    pytest = ("-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider")
    return start(arbre, dossier, *pytest, *options, *CONTROLES)


def list_echecs(sortie: str) -> list[str]:
    """The tests that failed."""
    return re.findall(r"^(?:FAILED|ERROR) (\S+)", sortie, re.MULTILINE) or [sortie[-400:]]


def check_chacun(arbre: Path, dossier: Path, touches: set[str]) -> None:
    """Each file taken back in turn: the tests must object."""
    inutiles = []
    for nom in sorted(touches):
        fichier, ancien = arbre / nom, dossier / "depart" / nom
        contenu = fichier.read_bytes()
        if ancien.is_file():
            shutil.copy2(ancien, fichier)
        else:
            fichier.unlink()
        if play_controles(arbre, dossier, "-x").returncode == 0:
            inutiles.append(nom)
        fichier.write_bytes(contenu)
    expect(not inutiles, f"les tests passent sans : {', '.join(inutiles)}")


def read_histoire() -> Iterator[str]:
    """Lines added and deleted since the writes were begun, and the modules that are gone."""
    try:
        nombres = git("diff", "--numstat", "--no-renames", COMMENCEMENT, "HEAD")
        partis = git(
            "diff", "--diff-filter=D", "--name-only", COMMENCEMENT, "HEAD", "--", "quartiers"
        )
    except subprocess.CalledProcessError:
        yield "lignes : l’histoire n’est pas là (copie superficielle)"
        return
    for dossier in ("quartiers", "tests", "data", "docs", "bench"):
        lignes = re.findall(rf"^(\d+)\t(\d+)\t{dossier}/", nombres, re.MULTILINE)
        ajoutees, otees = (sum(int(ligne[rang]) for ligne in lignes) for rang in (0, 1))
        yield f"depuis le journal des écritures, {dossier}/ : {ajoutees} lignes ajoutées, {otees} ôtées"
    noms = [nom for nom in partis.splitlines() if nom.endswith(".py")]
    yield f"modules qui n’y sont plus : {len(noms)} ({', '.join(noms)})"


def git(*arguments: str) -> str:
    """What git answers; CalledProcessError when it does not know."""
    return subprocess.run(
        ["git", *arguments], check=True, capture_output=True, text=True, encoding="utf-8", cwd=RACINE
    ).stdout  # fmt: skip


def say_duree(atelier: Atelier) -> str:
    """The parts of the suite just played; the whole of `.ci/run` ends after this program, so it is told by its parts."""
    bilan = RACINE / "var" / "tests.txt"
    if not bilan.is_file():
        return "durée de .ci/run : la suite n’a pas été jouée ici"
    texte = bilan.read_text(encoding="utf-8")
    durees = read_durees(texte[texte.rfind("═════") :])
    for nom in PARTIES:
        atelier.note(f"{nom} : {durees.get(nom, 'absente')} s")
    secondes = sum(float(duree) for duree in durees.values())
    expect(secondes < MINUTES_AU_PLUS * 60, f"la suite seule prend {secondes:.0f} s")
    return f"suite : {secondes:.0f} s en {len(durees)} parties, {MINUTES_AU_PLUS} minutes au plus"


if __name__ == "__main__":
    play(main)
