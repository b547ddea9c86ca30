"""The demonstration with as many quartiers as wanted: fewer of them, or copies of those there are under other codes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

DEMO = Path(__file__).resolve().parent.parent / "data" / "demo"
SAISI_LE = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Europe/Paris"))
TEMOINS = ("QC-FICTIF-TILLEULS", "QC-FICTIF-FONTAINE")  # the accounts of the demonstration see them


def write_dossier(ou: Path, nombre: int) -> Path:
    """A folder like `data/demo` whose département has `nombre` quartiers, TEMOINS among them."""
    shutil.copytree(DEMO, ou, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    premiere = min(p for p in ou.iterdir() if p.is_dir())
    lignes = (premiere / "quartiers.csv").read_text("utf-8").splitlines()[1:]
    codes = sorted((ligne.split(";")[0] for ligne in lignes), key=lambda code: code not in TEMOINS)
    for fichier in ou.glob("*/*.csv"):
        if "france-services" not in fichier.name and "cog" not in fichier.parts:
            textes = fichier.read_text("utf-8").splitlines()
            suite = list(_multiply(textes[1:], codes, nombre))
            if suite:
                fichier.write_text("\n".join([textes[0], *suite, ""]), "utf-8")
            else:
                fichier.unlink()
    return ou


def _multiply(lignes: Iterable[str], codes: list[str], nombre: int) -> Iterator[str]:
    """Each line once for each quartier that its own stands for; a line of no quartier stays alone."""
    for ligne in lignes:
        cellules = ligne.split(";")
        rangs = [rang for rang, code in enumerate(codes) if _is_dit(code, cellules)]
        if not rangs:
            yield ligne
            continue
        for numero in range(1 + (nombre - 1) // len(codes)):
            # What serves several quartiers serves those of its copy that there are.
            gardes = [rang for rang in rangs if rang + numero * len(codes) < nombre]
            if gardes:
                yield _copy(cellules, [codes[r] for r in rangs], [codes[r] for r in gardes], numero)


def _is_dit(code: str, cellules: list[str]) -> bool:
    return any(code in cellule.split(" | ") for cellule in cellules)


def _copy(cellules: list[str], codes: list[str], gardes: list[str], numero: int) -> str:
    """A line with the codes and the names of a copy."""
    copies = []
    for cellule in cellules:
        parties = cellule.split(" | ")
        if any(code in parties for code in codes):
            parties = [partie for partie in parties if partie in gardes]
        texte = " | ".join(parties)
        for code in codes if numero else ():
            texte = texte.replace(code, f"{code}-{numero:02d}")
        copies.append(texte)
    if numero and cellules[0] in codes:
        copies[1] = f"{numero + 1}e {copies[1]}"
    return ";".join(copies)


def load_departement(dossier: Path, nombre: int) -> None:
    """A base of its own in `dossier`, with that département; Django must not be configured yet."""
    os.environ["QUARTIERS_BASE"] = f"sqlite:///{dossier / 'base.sqlite3'}"
    os.environ["QUARTIERS_VAR"] = str(dossier)
    os.environ["QUARTIERS_DEMO"] = "1"
    os.environ["DJANGO_SETTINGS_MODULE"] = "quartiers.settings"
    from quartiers.cli.base import prepare_base

    prepare_base()
    from quartiers.usecases.charger_demo import load_demo

    list(load_demo(dossier=write_dossier(dossier / "fichiers", nombre), saisi_le=SAISI_LE))
