"""Lecture 6. The table in CSV, XLSX and ODS, judged by others: frictionless and LibreOffice."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from frictionless import Resource, Schema
from frictionless.formats import CsvControl

from tests.recette.bases import load
from tests.recette.outils import RACINE, Atelier, Echec, expect, play

DEPARTEMENT = "DEP-00"
DATES = ("--vu-le", "2026-11-23", "--connu-le", "2026-11-23")
DELAI = 180
NATION = "FR"
DECLAREES = ("cibles", "releves")
TEMOINS = (DEPARTEMENT, "QC-FICTIF-TILLEULS", "QC-FICTIF-FONTAINE")
"""Territoires whose tableau must be the same in the base that only our own exports filled."""
# The ordinary imports of the demonstration, from a folder without its declared files.
CADRE = """
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo
from quartiers.cli.base import prepare_base
prepare_base()
from quartiers.usecases.charger_demo import load_demo
list(load_demo(dossier=Path(sys.argv[1]), saisi_le=datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Europe/Paris"))))
"""
# « ; » between cells, double quotes, UTF-8, from the first line, French, quotes only where needed.
FILTRE = "csv:Text - txt - csv (StarCalc):59,34,76,1,,1036,false,false"

# A LibreOffice set to French, as those who open our files have it: thousands apart, decimal comma.
PROFIL = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    '<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">'
    "<value>fr-FR</value></prop></item></oor:items>"
)


def main(atelier: Atelier) -> str:
    """The twelve quartiers of the demonstration, then the whole département through LibreOffice."""
    load(atelier, "demo", "--sans-serveur")
    atelier.variables["QUARTIERS_BASE"] = f"sqlite:///{atelier.dossier / 'var' / 'demo.sqlite3'}"
    quartiers = list_quartiers(atelier)
    expect(len(quartiers) == 12, f"{len(quartiers)} quartiers attendus dans la démonstration")
    schema = read_schema(atelier, "tableau")
    lignes = sum(judge(chemin, schema) for chemin in write_csv(atelier, quartiers))
    declarees = {genre: check_declarees(atelier, genre) for genre in DECLAREES}
    nombre = compare_tableurs(atelier)
    egaux = reload_declarees(atelier, declarees)
    octets = check_octets(atelier)
    for genre, n in declarees.items():
        atelier.note(f"{genre}.csv : {n} lignes, acceptées ; relues, rien ne change")
    atelier.note(
        f"les mêmes dans une base neuve qui n'a que le cadre et les choses déclarées : {egaux} lignes de tableau égales "
        f"({', '.join(TEMOINS)})"
    )
    atelier.note(f"écrits deux fois : {octets}")
    return (
        f"{len(quartiers)} quartiers, {lignes} lignes de CSV acceptées par frictionless ; "
        f"XLSX et ODS ouverts par LibreOffice, {nombre} lignes identiques entre eux et au CSV ; "
        f"relevés et cibles exportés puis relus dans une base neuve : {egaux} lignes égales ; CSV, XLSX, ODS : mêmes octets"
    )


def list_quartiers(atelier: Atelier) -> list[str]:
    """The quartiers cibles of the invented département, as its own GeoJSON lists them."""
    rendu = json.loads(atelier.quartiers("tableau", DEPARTEMENT, *DATES, "--format", "geojson"))
    proprietes = [feature["properties"] for feature in rendu["features"]]
    return [p["code"] for p in proprietes if p["genre"] == "quartier"]


def write(atelier: Atelier, code: str, forme: str) -> Path:
    """The tableau of a territoire in a file."""
    chemin = atelier.dossier / f"{code}.{forme}"
    atelier.quartiers("tableau", code, *DATES, "--format", forme, "-o", str(chemin))
    return chemin


def write_csv(atelier: Atelier, codes: Sequence[str]) -> list[Path]:
    """The tableaux of several territoires, each in its CSV, in one process."""
    chemins = [atelier.dossier / f"{code}.csv" for code in codes]
    atelier.read_ensemble(
        *(
            ("tableau", code, *DATES, "--format", "csv", "-o", str(chemin))
            for code, chemin in zip(codes, chemins, strict=True)
        )
    )
    return chemins


def read_schema(atelier: Atelier, genre: str) -> dict[str, Any]:
    """The schema as the command gives it."""
    schema: dict[str, Any] = json.loads(atelier.quartiers("schema", genre))
    return schema


def judge(chemin: Path, schema: dict[str, Any]) -> int:
    """How many lines frictionless read and accepted."""
    ressource = Resource(
        path=chemin.name,
        basepath=str(chemin.parent),
        schema=Schema.from_descriptor(schema),
        control=CsvControl(delimiter=schema["dialect"]["delimiter"]),
        encoding=schema["encoding"],
    )
    fautes = ressource.validate().flatten(["rowNumber", "fieldName", "note"])
    expect(not fautes, f"{chemin.name} refusé par frictionless : {fautes[:3]}")
    nombre = len(read_csv(chemin)) - 1
    expect(nombre > 0, f"{chemin.name} est vide")
    return nombre


def check_declarees(atelier: Atelier, genre: str) -> int:
    """What was declared: accepted by frictionless, and the import finds nothing new in it."""
    chemin = atelier.dossier / f"{genre}.csv"
    atelier.quartiers("exporter", genre, DEPARTEMENT, "-o", str(chemin))
    nombre = judge(chemin, read_schema(atelier, genre))
    dit = atelier.quartiers("importer", genre, str(chemin))
    expect("rien ne change" in dit, f"{genre}.csv relu change la base : {dit.splitlines()[0]}")
    return nombre


def reload_declarees(atelier: Atelier, declarees: dict[str, int]) -> int:
    """Our exports in a new base that holds the same frame and nothing declared: every line is new, the tableaux are one.

    Without that, a file that lost half of its lines would be told apart from nothing. How many lines were compared.
    """
    neuve = make_cadre(atelier)
    vides = read_csv(write(neuve, DEPARTEMENT, "csv"))
    for genre, nombre in declarees.items():
        # The département's file, then the nation's: what is said above the département is all that it adds.
        nation = atelier.dossier / f"{genre}-{NATION}.csv"
        atelier.quartiers("exporter", genre, NATION, "-o", str(nation))
        reload_fichier(neuve, genre, atelier.dossier / f"{genre}.csv", 0)
        reload_fichier(neuve, genre, nation, nombre)
    for genre in list_genres_des_gestes():
        chemin = atelier.dossier / f"{genre}.csv"
        atelier.quartiers("exporter", genre, NATION, "-o", str(chemin))
        neuve.quartiers("importer", genre, str(chemin), "--connu-le", DATES[-1])
    lignes = 0
    relus = [[read_csv(chemin) for chemin in write_csv(a, TEMOINS)] for a in (neuve, atelier)]
    for code, vus, dits in zip(TEMOINS, *relus, strict=True):
        expect(vus != vides, f"{code} : le tableau du cadre seul est déjà celui de la base")
        expect(vus == dits, f"{code} dans une base neuve : {find_ecart(vus, dits)}")
        lignes += len(dits) - 1
    return lignes


def list_genres_des_gestes() -> list[str]:
    """The kinds of the things that the accounts of the demonstration declared: no file of it holds them."""
    gestes = tomllib.loads((RACINE / "data" / "demo" / "gestes.toml").read_text(encoding="utf-8"))
    return sorted({chose["genre"] for chose in gestes["chose"]})


def reload_fichier(neuve: Atelier, genre: str, chemin: Path, connues: int) -> None:
    """Every line is new, but those that an earlier file gave."""
    dit = neuve.quartiers("importer", genre, str(chemin), "--connu-le", DATES[-1])
    nouvelles = len(read_csv(chemin)) - 1 - connues
    dits = re.search(
        r": (\d+) nouvelles?, 0 corrigée, 0 retirée, (\d+) inchangées?, 0 écartée", dit
    )
    lus = None if dits is None else (int(dits[1]), int(dits[2]))
    expect(
        lus == (nouvelles, connues), f"{chemin.name} dans une base neuve : {dit.splitlines()[0]}"
    )


def make_cadre(atelier: Atelier) -> Atelier:
    """A base of its own with territoires, quartiers, places and « sans objet », not a relevé nor a target."""
    cadre, ou = atelier.dossier / "cadre", atelier.dossier / "neuve"
    declares = shutil.ignore_patterns(*(f"{genre}.csv" for genre in DECLAREES), "*.py")
    shutil.copytree(RACINE / "data" / "demo", cadre, ignore=declares)
    ou.mkdir()
    neuve = Atelier(ou, variables={"QUARTIERS_BASE": f"sqlite:///{ou / 'neuve.sqlite3'}"})
    fini = subprocess.run(
        [sys.executable, "-c", CADRE, str(cadre)],
        check=False, capture_output=True, text=True, cwd=RACINE, env=neuve.get_environnement(),
    )  # fmt: skip
    expect(fini.returncode == 0, f"cadre : {fini.stderr.strip()[-300:]}")
    return neuve


def check_octets(atelier: Atelier) -> str:
    """The same tableau once more, seconds later: the same bytes, archives of the workbooks included."""
    dits = []
    for forme in ("csv", "xlsx", "ods"):
        chemin = atelier.dossier / f"{DEPARTEMENT}.{forme}"
        avant, ecrit = chemin.read_bytes(), chemin.stat().st_mtime
        # The clock of a zip counts by two seconds.
        while time.time() < ecrit + 2:
            time.sleep(0.1)
        apres = write(atelier, DEPARTEMENT, forme).read_bytes()
        expect(avant == apres, f"{chemin.name} écrit deux fois : d'autres octets")
        dits.append(f"{forme.upper()} {len(apres)} octets, les mêmes")
    return ", ".join(dits)


def compare_tableurs(atelier: Atelier) -> int:
    """Both workbooks through LibreOffice: one and the same CSV, and ours."""
    convertis = [
        read_csv(convert(atelier, write(atelier, DEPARTEMENT, forme))) for forme in ("xlsx", "ods")
    ]
    expect(convertis[0] == convertis[1], f"XLSX et ODS diffèrent : {find_ecart(*convertis)}")
    notre = read_csv(write(atelier, DEPARTEMENT, "csv"))
    vus, dits = ([normalize(ligne) for ligne in lignes] for lignes in (convertis[0], notre))
    expect(vus == dits, f"LibreOffice et notre CSV diffèrent : {find_ecart(vus, dits)}")
    return len(notre) - 1


def normalize(ligne: list[str]) -> list[str]:
    """A line whose numbers, shares and days are written in one way: LibreOffice shows them as cells are shown."""
    nombres, part, jours = (7, 9), 13, (10, 11, 12)
    # The apostrophe that keeps a text from being a formula is only needed where cells have no type.
    rendue = [c[1:] if re.match(r"'[=+@\t\r-]", c) else c for c in ligne]
    if ligne[0] == "territoire":
        return rendue
    for rang in nombres:
        if ligne[rang]:
            nombre = re.sub(r"\s", "", ligne[rang])  # thousands stand apart in a cell
            rendue[rang] = f"{float(nombre.replace(',', '.')):.4f}"
    if texte := ligne[part].replace(",", "."):
        valeur = float(texte.rstrip("% ")) / 100 if "%" in texte else float(texte)
        rendue[part] = f"{100 * valeur:.0f} %"
    for rang in jours:
        if trouve := re.fullmatch(r"(\d{2})/(\d{2})/(\d{4})", ligne[rang]):
            rendue[rang] = "-".join(reversed(trouve.groups()))
    return rendue


def find_ecart(a: list[list[str]], b: list[list[str]]) -> str:
    """The first line that differs."""
    if len(a) != len(b):
        return f"{len(a)} et {len(b)} lignes"
    return next(
        (f"ligne {n} : {x} et {y}" for n, (x, y) in enumerate(zip(a, b, strict=True), 1) if x != y),
        "",
    )


def convert(atelier: Atelier, chemin: Path) -> Path:
    """The first sheet by LibreOffice without a screen, with a profile of its own."""
    programme = shutil.which("soffice") or shutil.which("libreoffice")
    if programme is None:
        msg = "LibreOffice absent (paquet libreoffice-calc-nogui)"
        raise Echec(msg)
    sortie = atelier.dossier / f"libreoffice-{chemin.suffix[1:]}"
    profil = make_profil(atelier).as_uri()
    fini = subprocess.run(
        [programme, f"-env:UserInstallation={profil}", "--headless", "--convert-to", FILTRE,
         "--outdir", str(sortie), str(chemin)],
        check=False, capture_output=True, text=True, timeout=DELAI,
    )  # fmt: skip
    converti = sortie / f"{chemin.stem}.csv"
    expect(
        converti.is_file(), f"LibreOffice n'ouvre pas {chemin.name} : {fini.stderr.strip()[:300]}"
    )
    return converti


def make_profil(atelier: Atelier) -> Path:
    """The folder of a French LibreOffice that nobody has used."""
    profil = atelier.dossier / "profil-libreoffice"
    reglages = profil / "user" / "registrymodifications.xcu"
    if not reglages.exists():
        reglages.parent.mkdir(parents=True)
        reglages.write_text(PROFIL, encoding="utf-8")
    return profil


def read_csv(chemin: Path) -> list[list[str]]:
    """Lines of a CSV with `;`."""
    texte = chemin.read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(texte, newline=""), delimiter=";"))


if __name__ == "__main__":
    play(main)
