"""10. The rights: every cell against a second hand, each letter of the table, and the pages of today's roles."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from unittest import mock

from quartiers.core import droits
from quartiers.core.droits import FAMILLES
from quartiers.core.genres import GENRES_IMPORTABLES
from quartiers.core.table_des_droits import TABLE, TEXTE, TableRefusee, parse_table
from tests.core.enumeration_des_droits import (
    FICHIER,
    compare_droits,
    list_differences,
    render_droits,
)
from tests.recette.outils import RACINE, Atelier, expect, play

CELLULES_AU_MOINS = 18_144
MATRICE_HTTP = (
    "tests/web/test_portes.py",
    "tests/web/test_droits_d_aujourd_hui.py",
    "tests/web/test_etiquette.py",
    "tests/web/test_roles.py",
    "tests/usecases/test_acces.py",
)
_LETTRES = re.compile(r"(?<=:)[LEVPNlevn]+")
_GENRE = re.compile(r"^### `([a-z_]+)`$", re.MULTILINE)


def main(atelier: Atelier) -> str:
    """Count the cells, the answers and the mutations; then play the matrix of the pages."""
    vu = compare_droits()
    expect(not vu.differences, f"{len(vu.differences)} différences, dont {vu.differences[:1]}")
    expect(vu.cellules >= CELLULES_AU_MOINS, f"{vu.cellules} cellules")
    ecrit = FICHIER.read_text(encoding="utf-8")
    expect(ecrit == render_droits(), "le fichier des réponses n’est plus ce que la table répond")
    note_genres(atelier)
    vues, refusees = judge_mutations(atelier)
    essais = play_matrice(atelier)
    return (
        f"{vu.cellules} cellules, {vu.reponses} réponses dont {vu.accordees} oui, {vu.nominations} nominations, 0 différence "
        f"avec la seconde main ; {vues} lettres changées, toutes vues, {refusees} refusées à la lecture ; "
        f"matrice des pages : {essais}"
    )


def note_genres(atelier: Atelier) -> None:
    """Every kind of the contract has its family; how many kinds each family holds."""
    familles = Counter(famille.value for famille in FAMILLES.values())
    atelier.note(f"{len(FAMILLES)} genres : {dict(familles)}")
    contrat = (RACINE / "docs" / "formats.md").read_text(encoding="utf-8")
    mots = set(_GENRE.findall(contrat))
    expect(mots == set(GENRES_IMPORTABLES), f"genres du contrat : {sorted(mots)}")
    genres = {GENRES_IMPORTABLES[mot].GENRE for mot in mots}
    expect(genres <= set(FAMILLES), f"sans famille : {sorted(genres - set(FAMILLES))}")
    atelier.note(f"{len(genres)} genres du contrat, tous dans une famille")


def list_mutations() -> Iterator[tuple[str, str]]:
    """The table with one letter taken away, or of the other size: (what was done, the table)."""
    for trouvee in _LETTRES.finditer(TEXTE):
        for rang, lettre in enumerate(trouvee[0]):
            place = trouvee.start() + rang
            for autre in ("", lettre.swapcase()):
                dit = f"{TEXTE[:place].count(chr(10))} {trouvee[0]} : {lettre} → {autre or 'rien'}"
                yield dit, TEXTE[:place] + autre + TEXTE[place + 1 :]


def judge_mutations(atelier: Atelier) -> tuple[int, int]:
    """Each is refused when the table is read, or answers differently from the second hand."""
    vues, refusees = 0, 0
    for dite, texte in list_mutations():
        vues += 1
        try:
            table = parse_table(texte)
        except TableRefusee:
            refusees += 1
            continue
        role = next(r for r, ligne in table.items() if ligne != TABLE[r])
        with mock.patch.object(droits, "TABLE", table):
            differentes = next(list_differences(role), None)
        expect(differentes is not None, f"une lettre changée que rien ne voit : {dite}")
    atelier.note(f"{vues} mutations d’une lettre : {refusees} refusées, {vues - refusees} vues")
    return vues, refusees


def play_matrice(atelier: Atelier) -> str:
    """The matrix of the pages, role by role, in its own process; the sentence of its end."""
    fini = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *MATRICE_HTTP],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=RACINE,
        env=atelier.get_environnement(),
    )
    lignes = fini.stdout.strip().splitlines() or [fini.stderr.strip()]
    expect(fini.returncode == 0, f"matrice des pages : {lignes[-1]}")
    passes = re.search(r"(\d+) passed", lignes[-1])
    expect(passes is not None and "skipped" not in lignes[-1], f"matrice des pages : {lignes[-1]}")
    return f"{passes[1] if passes else 0} essais verts"


if __name__ == "__main__":
    play(main)
