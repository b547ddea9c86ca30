"""Lecture 5. Paper: quartier, département and proof in tagged PDF that keep, and a folder of a hundred."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pikepdf

from bench.papier import NOMBRE, render_resultat, run_papier
from tests.recette.bases import load
from tests.recette.outils import Atelier, expect, play

DEPARTEMENT, QUARTIER, INDICATEUR = "DEP-00", "QC-FICTIF-TILLEULS", "e06-a2-adultes-relais"
DATES = ("--vu-le", "2026-11-23", "--connu-le", "2026-11-23")
OBJECTIF = 5.0  # seconds for a hundred quartiers, on an idle machine of two cores


def main(atelier: Atelier) -> str:
    """The three documents through the commands, then a hundred quartiers timed."""
    load(atelier, "demo", "--sans-serveur")
    atelier.variables["QUARTIERS_BASE"] = f"sqlite:///{atelier.dossier / 'var' / 'demo.sqlite3'}"
    for nom, mots, pages in (
        ("quartier", ("tableau", QUARTIER), 2),
        ("departement", ("tableau", DEPARTEMENT), 2),
        ("preuve", ("constat", QUARTIER, INDICATEUR), None),
    ):
        octets = [write(atelier, f"{nom}-{fois}.pdf", mots) for fois in range(2)]
        expect(octets[0] == octets[1], f"{nom} : les mêmes données donnent d'autres octets")
        judge(atelier, nom, octets[0], pages)
    fichiers = print_dossier(atelier)
    resultat = run_papier()
    for ligne in render_resultat(resultat).split("\n"):
        atelier.note(ligne)
    expect(resultat.identiques, "un processus et plusieurs n'impriment pas les mêmes octets")
    tenu = "tenu" if resultat.equipe_s <= OBJECTIF else f"objectif de {OBJECTIF:.0f} s non tenu ici"
    return (
        f"quartier, département et preuve balisés (PDF/UA-1, PDF/A-2a), mêmes octets deux fois ; "
        f"{fichiers} quartiers en un dossier ; {NOMBRE} quartiers en {resultat.equipe_s:.1f} s ({tenu})"
    )


def write(atelier: Atelier, nom: str, mots: tuple[str, ...]) -> bytes:
    """One document by its command."""
    chemin = atelier.dossier / nom
    atelier.quartiers(*mots, *DATES, "--format", "pdf", "-o", str(chemin))
    return chemin.read_bytes()


def judge(atelier: Atelier, nom: str, octets: bytes, pages: int | None) -> None:
    """What pikepdf reads: tags, language, title, the two marks of conformity, pages."""
    with pikepdf.open(io.BytesIO(octets)) as pdf, pdf.open_metadata() as xmp:
        if nom == "quartier":
            expect(has_plan(pdf), f"{nom} : sans le plan de ses services")
        expect("/StructTreeRoot" in pdf.Root, f"{nom} : aucune balise")
        expect(bool(pdf.Root.MarkInfo.Marked), f"{nom} : non marqué comme balisé")
        expect(str(pdf.Root.Lang).startswith("fr"), f"{nom} : langue {pdf.Root.Lang}")
        expect(bool(xmp.get("dc:title")), f"{nom} : sans titre")
        marques = [str(xmp.get(f"pdf{m}")) for m in ("aid:part", "aid:conformance", "uaid:part")]
        expect(marques == ["2", "A", "1"], f"{nom} : marques de conformité {marques}")
        expect(
            pages in {None, len(pdf.pages)}, f"{nom} : {len(pdf.pages)} pages au lieu de {pages}"
        )
        atelier.note(
            f"{nom} : {len(pdf.pages)} pages, {len(octets) // 1024} Kio, {xmp['dc:title']}"
        )


def has_plan(pdf: pikepdf.Pdf) -> bool:
    """A picture whose sentence says what it shows."""
    return any(
        str(objet.get("/Alt", "")).startswith("Plan du quartier")
        for objet in pdf.objects
        if isinstance(objet, pikepdf.Dictionary)
    )


def print_dossier(atelier: Atelier) -> int:
    """The whole département by one command; how many files."""
    dossier: Path = atelier.dossier / "papier"
    debut = time.monotonic()
    atelier.quartiers("papier", DEPARTEMENT, *DATES, "-o", str(dossier))
    atelier.note(f"quartiers papier {DEPARTEMENT} : {time.monotonic() - debut:.1f} s en tout")
    nombre = len(list(dossier.glob("quartier-*.pdf")))
    expect(nombre == 12, f"{nombre} fichiers au lieu de 12")
    return nombre


if __name__ == "__main__":
    play(main)
