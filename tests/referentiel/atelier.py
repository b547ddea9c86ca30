"""Programmes to test: the one that comes with the product, a small invented one, and broken copies of it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from quartiers.core.referentiel import Action, Objectif, Referentiel

RACINE = Path(__file__).resolve().parent.parent.parent
LIVRE = RACINE / "data" / "referentiel"
RURAL = RACINE / "tests" / "programmes" / "charte-rurale"


def copy_rural(cible: Path) -> Path:
    """The small programme, in a folder that a test may break."""
    dossier = cible / "charte-rurale"
    dossier.mkdir()
    for fichier in RURAL.glob("*.toml"):
        shutil.copy(fichier, dossier)
    return dossier


def replace_in(dossier: Path, fichier: str, avant: str, apres: str) -> None:
    """Change one place of one file; the place must be there, or the test means nothing."""
    chemin = dossier / fichier
    texte = chemin.read_text(encoding="utf-8")
    assert avant in texte, f"{fichier} ne contient pas {avant!r}"
    chemin.write_text(texte.replace(avant, apres, 1), encoding="utf-8")


def read_officiel(chemin: Path) -> str:
    """An official text on one line: bold marks, bullets and arrows at the head of a line, line breaks gone."""
    lignes = chemin.read_text(encoding="utf-8").replace("**", "").splitlines()
    return " ".join(
        propre for ligne in lignes if (propre := re.sub(r"^[-→]\s+", "", ligne.strip()))
    )


def list_textes(referentiel: Referentiel) -> list[str]:
    """Every official wording, in the order of the text."""
    textes = []
    for engagement in referentiel.engagements:
        textes.append(engagement.texte)
        textes += [o.texte for o in engagement.objectifs]
        textes += [a.texte for a in engagement.actions]
    return textes


def list_restes(officiel: str, textes: list[str]) -> list[str]:
    """What stands before, between and after the wordings, each found after the one before it."""
    restes, debut = [], 0
    for texte in textes:
        place = officiel.find(texte, debut)
        assert place >= 0, f"introuvable à sa place : « {texte} »"
        restes.append(officiel[debut:place].strip())
        debut = place + len(texte)
    return [*restes, officiel[debut:].strip()]


def list_porteurs(referentiel: Referentiel) -> list[Objectif | Action]:
    """What carries indicateurs, in the order of the programme."""
    porteurs: list[Objectif | Action] = []
    for engagement in referentiel.engagements:
        porteurs += engagement.objectifs
        porteurs += engagement.actions
    return porteurs
