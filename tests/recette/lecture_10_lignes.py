"""Lecture 10. Each item has its program and its line; one that lacks, fails or is misnamed turns the recette red."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path
from unittest import mock

from tests.recette import lancer_recette
from tests.recette.outils import Atelier, expect, play

POINTS = {"item": 10, "lecture": 10, "entree": 7, "ecriture": 13, "saisir": 11}
EN_COURS = ("confiance",)
"""Series whose points come one after the other: those that have come have their program."""
VERT, ROUGE = "print('vu')\n", "print('pas vu')\nraise SystemExit(1)\n"


def main(atelier: Atelier) -> str:
    """The real folder first, then stand-ins in a folder of their own."""
    points = [(s, n) for s, numeros in lancer_recette.SERIES.items() for n in numeros]
    sans = [f"{s} {n}" for s, n in points if not lancer_recette.list_programmes(s, n)]
    expect(not sans, f"points sans programme : {', '.join(sans)}")
    attendus = {serie: tuple(range(1, nombre + 1)) for serie, nombre in POINTS.items()}
    tous = {s: n for s, n in lancer_recette.SERIES.items() if s not in EN_COURS}
    expect(tous == attendus, f"une série saute un de ses points : {tous}")
    faux = lancer_recette.list_inattendus()
    expect(not faux, f"noms inattendus : {', '.join(faux)}")
    dossier = make_remplacants(atelier.dossier / "tous", points)
    code, lignes = play_dossier(dossier)
    expect(code == 0, "tous les programmes sont verts, et la recette est rouge")
    for serie, numero in points:
        dites = [li for li in lignes if li.lstrip().startswith(f"{serie} {numero}. ok ")]
        expect(len(dites) == 1, f"{serie} {numero} : {len(dites)} lignes")
    for quoi, dit in break_dossier(atelier, points):
        atelier.note(f"{quoi} : « {dit} »")
    return (
        f"{len(points)} points, chacun son programme et sa ligne ; "
        "un programme qui manque, qui rate ou mal nommé est dit et rend la recette rouge"
    )


def make_remplacants(dossier: Path, points: list[tuple[str, int]]) -> Path:
    """A green program for each item."""
    dossier.mkdir()
    for serie, numero in points:
        (dossier / f"{serie}_{numero:02d}_remplacant.py").write_text(VERT)
    return dossier


def break_dossier(atelier: Atelier, points: list[tuple[str, int]]) -> list[tuple[str, str]]:
    """What is said of each fault, one at a time."""
    serie, numero = points[-1]
    nom = f"{serie}_{numero:02d}_remplacant.py"
    dits = []
    for rang, (quoi, attendu) in enumerate(
        [
            ("manque", f"{serie} {numero}. ÉCHEC"),
            ("rate", f"{serie} {numero}. ÉCHEC"),
            ("mal nommé", "ÉCHEC tests/recette/lecture_x.py"),
        ]
    ):
        dossier = make_remplacants(atelier.dossier / f"faute-{rang}", points)
        if quoi == "manque":
            (dossier / nom).unlink()
        elif quoi == "rate":
            (dossier / nom).write_text(ROUGE)
        else:
            (dossier / "lecture_x.py").write_text(VERT)
        code, lignes = play_dossier(dossier)
        dites = [ligne.strip() for ligne in lignes if attendu in ligne]
        expect(code == 1, f"un programme {quoi}, et la recette reste verte")
        expect(bool(dites), f"un programme {quoi}, et rien ne le dit")
        dits.append((quoi, dites[0]))
    return dits


def play_dossier(dossier: Path) -> tuple[int, list[str]]:
    """The recette on that folder: exit code, lines printed."""
    sortie = io.StringIO()
    with (
        mock.patch.object(lancer_recette, "DOSSIER", dossier),
        mock.patch.object(lancer_recette, "RACINE", dossier),
        contextlib.redirect_stdout(sortie),
    ):
        code = lancer_recette.main([])
    return code, sortie.getvalue().splitlines()


if __name__ == "__main__":
    play(main)
