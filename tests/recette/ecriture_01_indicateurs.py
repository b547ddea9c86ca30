"""1. A line per indicateur: its derivation in words, what feeds it, how it is read, its figure in the demonstration."""

from __future__ import annotations

import csv
import io
from collections import Counter

from tests.oracle.derivation.referentiel import Indicateur, read_programme
from tests.recette.bases import load
from tests.recette.outils import Atelier, expect, play

DEPARTEMENT, JOUR = "DEP-00", "2026-11-23"
INDICATEURS = 150
SANS_DERIVATION = {
    "e02-a3-attributions-hors-qpv-q1",
    "e02-a4-etablissements-nouveaux",
    "e04-a6-plan-10000-nation",
    "e07-a9-solutions-offertes",
    "e08-o2-enquete",
    "e10-a4-ecart-qrr-qpv",
    "e10-o3-effort",
}
"""Those that no record can tell: they are declared, or read elsewhere."""
DERRIERE = ("enregistrements", "constats", "releves")
Ligne = dict[str, str]


def main(atelier: Atelier) -> str:
    """The table of the programme alone, then with the figures of the demonstration, in CSV and in text."""
    nues = read_table(atelier.quartiers("referentiel", "indicateurs", "--format", "csv"))
    load(atelier, "demo", "--sans-serveur")
    atelier.variables["QUARTIERS_BASE"] = f"sqlite:///{atelier.dossier / 'var' / 'demo.sqlite3'}"
    appel = ("referentiel", "indicateurs", DEPARTEMENT, "--vu-le", JOUR, "--connu-le", JOUR)
    texte, ecrit = atelier.read_ensemble(appel, (*appel, "--format", "csv"))
    lignes = read_table(ecrit)
    check_lignes(nues, lignes)
    sans = {ligne["indicateur"] for ligne in lignes if ligne["derivation"].startswith("Déclaré")}
    expect(
        sans == SANS_DERIVATION,
        f"sans dérivation : {sorted(sans ^ SANS_DERIVATION)} de trop ou de moins",
    )
    check_texte(texte, lignes)
    return say(atelier, lignes)


def read_table(ecrit: str) -> list[Ligne]:
    """The lines of a CSV."""
    return list(csv.DictReader(io.StringIO(ecrit.lstrip("\ufeff")), delimiter=";"))


def check_lignes(nues: list[Ligne], lignes: list[Ligne]) -> None:
    """As many as the files of the programme hold, in the same words with and without figures; none silent."""
    ecrits = read_programme().indicateurs
    expect(
        len(lignes) == len(ecrits) == INDICATEURS,
        f"{len(lignes)} lignes, {len(ecrits)} indicateurs",
    )
    expect({ligne["indicateur"] for ligne in lignes} == set(ecrits), "d’autres indicateurs")
    memes = [{nom: ligne[nom] for nom in nue} for nue, ligne in zip(nues, lignes, strict=True)]
    expect(nues == memes, "d’autres mots quand un territoire est nommé")
    for ligne in lignes:
        code = ligne["indicateur"]
        check_mots(ligne, ecrits[code])
        expect(ligne["statut"] != "", f"{code} : rien n’est dit de son chiffre")
        has_derriere = any(ligne[nom] != "0" for nom in DERRIERE)
        is_dit = ligne["valeur"] == "" or has_derriere or ligne["valeur"] == "0"
        expect(is_dit, f"{code} : {ligne['valeur']} sans rien derrière")


def check_mots(ligne: Ligne, ecrit: Indicateur) -> None:
    """Every derivation of the file is in the line: its kinds, a question for each of its filters."""
    code = ligne["indicateur"]
    tous = [f for d in ecrit.derivations for f in (d, *d.produit)]
    genres = {d.de for d in tous if d.de is not None}
    dits = set(ligne["genres"].split(", ")) - {""}
    expect(len(dits) == len(genres), f"{code} : {len(dits)} genres dits, {len(genres)} écrits")
    voulues = sum(len(d.filtre) for d in tous)
    distinctes = len({(d.role, cle, repr(v)) for d in tous for cle, v in d.filtre.items()})
    posees = sum(len(role.split(" ; ")) for role in ligne["filtres"].split(" / ") if role)
    expect(
        distinctes <= posees <= voulues, f"{code} : {posees} questions dites, {distinctes} écrites"
    )
    expect(bool(ligne["mode"]) == bool(genres), f"{code} : comment il se lit n’est pas dit")


def check_texte(texte: str, lignes: list[Ligne]) -> None:
    """The text says the same, and names at its end those that no derivation feeds."""
    manquants = [
        c["derivation"] for c in lignes if f"  Dérivation : {c['derivation']}\n" not in texte
    ]
    expect(not manquants, f"absent du texte : {manquants[:2]}")
    derniere = texte.rstrip("\n").rpartition("\n")[2]
    expect(derniere.startswith(f"{len(SANS_DERIVATION)} sans dérivation : "), derniere)
    expect(all(code in derniere for code in SANS_DERIVATION), derniere)


def say(atelier: Atelier, lignes: list[Ligne]) -> str:
    """The table itself, then the counts."""
    for ligne in lignes:
        derriere = ", ".join(f"{ligne[nom]} {nom}" for nom in DERRIERE if ligne[nom] != "0")
        chiffre = f"{ligne['valeur']} {ligne['unite']}" if ligne["valeur"] else ligne["statut"]
        atelier.note(
            f"{ligne['indicateur']} | {ligne['derivation']} | {ligne['filtres'] or '—'} | "
            f"{ligne['mode'] or '—'} | {chiffre} | {derriere or 'rien derrière'}"
        )
    derives = [ligne for ligne in lignes if ligne["indicateur"] not in SANS_DERIVATION]
    nourris = Counter(nom for ligne in derives for nom in DERRIERE if ligne[nom] != "0")
    chiffres = sum(ligne["valeur"] != "" for ligne in lignes)
    return (
        f"{len(lignes)} indicateurs, aucun muet : {len(derives)} dérivés, "
        f"{len(SANS_DERIVATION)} déclarés et nommés ; {chiffres} ont un chiffre dans la démonstration, "
        f"{nourris['enregistrements']} d’enregistrements, {nourris['constats']} de constats, "
        f"{nourris['releves']} de relevés"
    )


if __name__ == "__main__":
    play(main)
