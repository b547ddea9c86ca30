"""Lecture 4. The same numbers everywhere: for twelve quartiers, page, PDF, XLSX, ODS, CSV and JSON say one thing."""

from __future__ import annotations

import io
import json
import re
import tomllib
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from tests.recette import (
    engagement_dit,
    lecteur,
    lire_page,
    lire_papier,
    lire_tables,
    preuves_dites,
)
from tests.recette.bases import load
from tests.recette.departement_dit import judge_departement
from tests.recette.memes_nombres import (
    INCONNU,
    Echelles,
    Juge,
    judge_comptes,
    judge_courtes,
    judge_distances,
    judge_ligne,
    judge_papier,
    judge_tables,
)
from tests.recette.nombres_dits import Case, squash
from tests.recette.outils import RACINE, Atelier, Echec, expect, play

DEPARTEMENT, COMPTE, JOUR = "DEP-00", "demo-prefet", "2026-11-23"
DATES = ("--vu-le", JOUR, "--connu-le", JOUR)
REQUETE = f"?vu_le={JOUR}&connu_le={JOUR}"
FORMES = ("json", "csv", "xlsx", "ods")
ECARTS_MONTRES = 30
LE_JOUR = date.fromisoformat(JOUR)
PASSEES_LUES, DISTANCES_LUES = 1000, 4
"""Fewer values of the past, or metres of the map, and the program has read nothing: it must not say otherwise."""
# Where a number of the page of an engagement stands, for each kind that is changed on purpose.
DANS_UN_ENGAGEMENT = {
    "valeur d’un objectif": r'Mesure de l’objectif.*?data-nom="Valeur actuelle"><b>(?P<nombre>\d+)',
    "valeur initiale": r'data-nom="Valeur initiale">(?P<nombre>\d+)',
    "jour de péremption": r'data-nom="Périme le">[^<]*?(?P<nombre>\d{4})<',
    "valeur passée": r'class="dense passees">.*?class="num">(?P<nombre>\d+)',
    "jour où elle fut sue": r'class="dense passees">.*?class="num">[^<]*</td><td>[^<]*?(?P<nombre>\d{4})<',
    "courbe": r'class="courbe"><svg[^>]*aria-label="(?:De )?(?P<nombre>\d+)',
}
ENGAGEMENTS = [f"E{n:02d}" for n in range(1, 11)]


@dataclass(frozen=True, slots=True)
class Sorties:
    """All that was read of a quartier."""

    code: str
    page: lire_page.Page
    papier: lire_papier.Papier
    tableau: dict[str, Any]
    tables: dict[str, list[lire_tables.Source]]
    dites: list[engagement_dit.Dite]
    histoires: engagement_dit.Histoires


@dataclass(slots=True)
class Lus:
    """How many of the things that could be missing without a word were compared."""

    distances: int = 0
    passees: int = 0


def main(atelier: Atelier) -> str:
    """Read everything, judge, then check that one number changed anywhere is seen."""
    load(atelier, "demo", "--sans-serveur")
    atelier.variables["QUARTIERS_BASE"] = f"sqlite:///{atelier.dossier / 'var' / 'demo.sqlite3'}"
    quartiers = list_quartiers(atelier)
    expect(len(quartiers) == 12, f"{len(quartiers)} quartiers attendus dans la démonstration")
    fetch_tout(atelier, quartiers)
    echelles = read_echelles()
    histoires = fetch_histoires(atelier, quartiers)
    juge, lus = Juge(), Lus()
    lues = [read_sorties(atelier.dossier, code, histoires) for code in quartiers]
    for sorties in lues:
        judge_sorties(juge, sorties, echelles, lus)
    preuves = preuves_dites.judge_preuves(
        juge, atelier, lues_par_quartier(lues), fetch, DATES, echelles
    )
    noms = {s.tableau["territoire"]["nom"]: (s.code, s.page) for s in lues}
    tableau = lire_tables.read_json(atelier.dossier / f"{DEPARTEMENT}.json")
    cases = judge_departement(juge, atelier.dossier / f"{DEPARTEMENT}.html", tableau, noms)
    for ecart in juge.ecarts[:ECARTS_MONTRES]:
        atelier.note(ecart)
    expect(not juge.ecarts, f"{len(juge.ecarts)} écarts, dont {juge.ecarts[:1]}")
    expect(lus.passees >= PASSEES_LUES, f"{lus.passees} valeurs passées comparées")
    expect(lus.distances >= DISTANCES_LUES, f"{lus.distances} distances de la carte comparées")
    vues = list_alterations(atelier.dossier, lues, echelles)
    expect(all(vues.values()), f"un nombre changé n'est pas vu : {vues}")
    note_bilan(atelier, juge, lues, lus)
    atelier.note(f"département : dix intervalles, {cases} cases de la matrice, page et papier")
    return (
        f"{len(lues)} quartiers, {preuves} preuves et leur département : {juge.nombres} nombres lus deux fois "
        f"(page, PDF, XLSX, ODS, CSV, JSON), {juge.inconnus} inconnus restés inconnus, 0 écart ; "
        f"{len(vues)} nombres changés exprès, {sum(vues.values())} vus"
    )


def list_quartiers(atelier: Atelier) -> list[str]:
    """The quartiers cibles of the invented département, as its own GeoJSON lists them."""
    rendu = json.loads(atelier.quartiers("tableau", DEPARTEMENT, *DATES, "--format", "geojson"))
    proprietes = [feature["properties"] for feature in rendu["features"]]
    return [p["code"] for p in proprietes if p["genre"] == "quartier"]


def fetch(atelier: Atelier, adresses: dict[str, str]) -> None:
    """Read addresses at the dates of the recette; each answer in the file named."""
    lecteur.fetch(atelier, COMPTE, {a + REQUETE: nom for a, nom in adresses.items()})


def fetch_tout(atelier: Atelier, quartiers: list[str]) -> None:
    """Page, paper and files of every quartier."""
    adresses: dict[str, str] = {}
    for code in quartiers:
        adresses[f"/quartiers/{code}/"] = f"{code}.html"
        for engagement in ENGAGEMENTS:
            adresses[f"/quartiers/{code}/engagements/{engagement}/"] = f"{code}-{engagement}.html"
        adresses[f"/quartiers/{code}/papier.pdf"] = f"{code}.pdf"
        adresses |= {f"/territoires/{code}/tableau.{f}": f"{code}.{f}" for f in FORMES}
    adresses[f"/departements/{DEPARTEMENT}/"] = f"{DEPARTEMENT}.html"
    adresses[f"/departements/{DEPARTEMENT}/papier.pdf"] = f"{DEPARTEMENT}.pdf"
    adresses[f"/territoires/{DEPARTEMENT}/tableau.json"] = f"{DEPARTEMENT}.json"
    fetch(atelier, adresses)


def fetch_histoires(atelier: Atelier, quartiers: list[str]) -> engagement_dit.Histoires:
    """All that was ever known of each indicateur of each quartier."""
    paires = [
        (code, vu["code"])
        for code in quartiers
        for *_, vu in lire_tables.list_indicateurs(
            lire_tables.read_json(atelier.dossier / f"{code}.json")
        )
    ]
    return engagement_dit.read_histoires(atelier, paires, DATES)


def read_echelles() -> Echelles:
    """The steps of each indicateur of the programme, from its own files."""
    echelles: Echelles = {}
    for fichier in sorted((RACINE / "data" / "referentiel").glob("*.toml")):
        _collect(tomllib.loads(fichier.read_text(encoding="utf-8")), echelles)
    expect(bool(echelles), "les échelles du référentiel n'ont pas été lues")
    return echelles


def _collect(noeud: Any, echelles: Echelles) -> None:
    if isinstance(noeud, list):
        for enfant in noeud:
            _collect(enfant, echelles)
    elif isinstance(noeud, dict):
        if "echelle" in noeud:
            echelles[noeud["code"]] = noeud["echelle"]
        for enfant in noeud.values():
            _collect(enfant, echelles)


def read_sorties(dossier: Path, code: str, histoires: engagement_dit.Histoires) -> Sorties:
    """The outputs of a quartier, each by its own reader."""
    suites = [dossier / f"{code}-{e}.html" for e in ENGAGEMENTS]
    return Sorties(
        code,
        lire_page.read_page(dossier / f"{code}.html", suites),
        lire_papier.read_papier(dossier / f"{code}.pdf"),
        lire_tables.read_json(dossier / f"{code}.json"),
        {forme: lire_tables.read_sources(dossier / f"{code}.{forme}") for forme in FORMES},
        [engagement_dit.read_dite(suite) for suite in suites],
        histoires,
    )


def judge_sorties(juge: Juge, sorties: Sorties, echelles: Echelles, lus: Lus) -> None:
    """Everything against everything."""
    code, page, dits = sorties.code, sorties.page, sorties.tables["json"]
    for forme in FORMES[1:]:
        judge_tables(juge, code, dits, forme, sorties.tables[forme])
    actions = {
        action["code"]: f"{rang}.{numero}"
        for rang, engagement in enumerate(sorties.tableau["engagements"], 1)
        for numero, action in enumerate(engagement["actions"], 1)
    } | {
        objectif["code"]: f"objectif {rang}.{numero}"
        for rang, engagement in enumerate(sorties.tableau["engagements"], 1)
        for numero, objectif in enumerate(engagement["objectifs"], 1)
    }
    cles = {
        (actions[partie], squash(vu["libelle"])): vu["code"]
        for _, partie, vu in lire_tables.list_indicateurs(sorties.tableau)
    }
    lignes = [*page.principales, *page.autres, *page.objectifs]
    montrees = {(ligne.numero, ligne.libelle) for ligne in lignes}
    juge.compare(f"{code}, indicateurs de la page", sorted(montrees), sorted(cles))
    juge.compare(f"{code}, indicateurs de la page", len(lignes), len(cles))
    for forme, sources in sorties.tables.items():
        par_code = {source.code: source for source in sources}
        for ligne in lignes:
            if (indicateur := cles.get((ligne.numero, ligne.libelle))) in par_code:
                source = par_code[indicateur or ""]
                ou = f"{code}, page et {forme}, {indicateur}"
                echelle = echelles.get(source.code, [])
                judge_ligne(juge, ou, ligne, source, echelle, LE_JOUR)
    judge_courtes(juge, code, page)
    judge_comptes(juge, code, page, sorties.tableau)
    judge_papier(juge, code, page, sorties.papier)
    judge_engagements(juge, sorties, echelles, lus)
    faits = [fait for (q, _), dits in sorties.histoires.items() if q == code for fait in dits]
    lus.distances += judge_distances(juge, code, page, faits)


def judge_engagements(juge: Juge, sorties: Sorties, echelles: Echelles, lus: Lus) -> None:
    """The ten pages of a quartier: what they say outside of their tables, then their values of the past."""
    for dite, engagement in zip(sorties.dites, sorties.tableau["engagements"], strict=True):
        ou = f"{sorties.code}, page {engagement['code']}"
        engagement_dit.judge_engagement(juge, ou, dite, engagement)
        for article, action in zip(dite.articles, engagement["actions"], strict=False):
            passees = {p.libelle: p for p in article.passees}
            for vu in action["indicateurs"]:
                lus.passees += engagement_dit.judge_passees(
                    juge,
                    f"{ou}, {vu['code']}",
                    passees.get(squash(vu["libelle"])),
                    sorties.histoires[sorties.code, vu["code"]],
                    vu,
                    echelles.get(vu["code"], []),
                    LE_JOUR,
                )


def lues_par_quartier(lues: list[Sorties]) -> dict[str, list[dict[str, Any]]]:
    """The indicateurs of each quartier, as the JSON has them."""
    return {s.code: [vu for _, _, vu in lire_tables.list_indicateurs(s.tableau)] for s in lues}


def list_alterations(dossier: Path, lues: list[Sorties], echelles: Echelles) -> dict[str, bool]:
    """One number changed in one output, each time: is it seen?"""
    sorties = next(s for s in lues if pick_part(s) is not None)
    ligne, source = pick_part(sorties) or (None, None)
    if ligne is None or source is None or source.valeur is None:
        raise Echec("aucune part à changer")
    code, nombre = sorties.code, ligne.valeur.texte.partition(" ")[0]
    fichier = f"{float(source.valeur)}"
    changements: dict[str, Callable[[bytes], bytes]] = {
        "html": lambda o: change(o, nombre, bump(nombre)),
        "json": lambda o: change(o, f'"valeur": {fichier}', f'"valeur": {bump(fichier)}'),
        "csv": lambda o: change(o, fichier.replace(".", ","), bump(fichier).replace(".", ",")),
        "xlsx": lambda o: rezip(o, f"<v>{fichier}</v>", f"<v>{bump(fichier)}</v>"),
        "ods": lambda o: rezip(o, f'office:value="{fichier}"', f'office:value="{bump(fichier)}"'),
    }
    vues: dict[str, bool] = {}
    for forme, changer in changements.items():
        chemin = dossier / f"{code}.{forme}"
        octets = chemin.read_bytes()
        chemin.write_bytes(changer(octets))
        vues[forme] = is_vu(read_sorties(dossier, code, sorties.histoires), echelles)
        chemin.write_bytes(octets)
    first, *reste = sorties.papier.actions
    faux = replace(first, valeur=replace(first.valeur, texte=bump(first.valeur.texte)))
    vues["pdf"] = is_vu(
        replace(sorties, papier=replace(sorties.papier, actions=[faux, *reste])), echelles
    )
    zeros = [
        replace(p, valeur=Case("0 poste")) if p.valeur.texte == INCONNU else p
        for p in sorties.page.principales
    ]
    vues["inconnu lu zéro"] = is_vu(
        replace(sorties, page=replace(sorties.page, principales=zeros)), echelles
    )
    loin = next(s for s in lues if any(t[:1].isdigit() for _, t in s.page.distances))
    faux_lieux = [(nom, bump(texte)) for nom, texte in loin.page.distances]
    vues["distance de la carte"] = is_vu(
        replace(loin, page=replace(loin.page, distances=faux_lieux)), echelles
    )
    for nom, motif in DANS_UN_ENGAGEMENT.items():
        vues[nom] = alter_engagement(dossier, lues, motif, echelles)
    return vues


def alter_engagement(dossier: Path, lues: list[Sorties], motif: str, echelles: Echelles) -> bool:
    """The first number that stands there on the page of an engagement, changed: is it seen?"""
    for sorties in lues:
        suites = [dossier / f"{sorties.code}-{e}.html" for e in ENGAGEMENTS]
        for suite in suites:
            entier = suite.read_text(encoding="utf-8")
            if trouve := re.search(motif, entier, re.DOTALL):
                debut, fin = trouve.span("nombre")
                suite.write_text(entier[:debut] + bump(trouve["nombre"]) + entier[fin:], "utf-8")
                page = lire_page.read_page(dossier / f"{sorties.code}.html", suites)
                dites = [engagement_dit.read_dite(s) for s in suites]
                suite.write_text(entier, encoding="utf-8")
                return is_vu(replace(sorties, page=page, dites=dites), echelles)
    raise Echec(f"aucun nombre à changer : {motif}")


def pick_part(sorties: Sorties) -> tuple[lire_page.Ligne, lire_tables.Source] | None:
    """The first share of a quartier that is not whole."""
    for ligne in sorties.page.principales:
        for source in sorties.tables["json"]:
            is_part = source.valeur is not None and source.valeur.denominator > 1
            parties = (ligne.valeur.sur, ligne.valeur.jour, ligne.statut)
            if is_part and source.sur and (source.sur, source.dite_le, source.statut) == parties:
                return ligne, source
    return None


def is_vu(sorties: Sorties, echelles: Echelles) -> bool:
    """A judge finds something."""
    juge = Juge()
    judge_sorties(juge, sorties, echelles, Lus())
    return bool(juge.ecarts)


def bump(nombre: str) -> str:
    """The same number with another first digit."""
    return re.sub(r"\d", lambda m: str((int(m.group()) + 1) % 9 + 1), nombre, count=1)


def change(octets: bytes, avant: str, apres: str) -> bytes:
    """A text once replaced; it must be there."""
    expect(avant.encode() in octets, f"« {avant} » n'est pas dans ce fichier")
    return octets.replace(avant.encode(), apres.encode(), 1)


def rezip(octets: bytes, avant: str, apres: str) -> bytes:
    """The same document with one cell changed."""
    tampon, trouve = io.BytesIO(), False
    with zipfile.ZipFile(io.BytesIO(octets)) as lu, zipfile.ZipFile(tampon, "w") as ecrit:
        for nom in lu.namelist():
            contenu = lu.read(nom)
            if avant.encode() in contenu and not trouve:
                trouve, contenu = True, change(contenu, avant, apres)
            ecrit.writestr(nom, contenu)
    expect(trouve, f"« {avant} » n'est pas dans ce classeur")
    return tampon.getvalue()


def note_bilan(atelier: Atelier, juge: Juge, lues: list[Sorties], lus: Lus) -> None:
    """How many of each thing."""
    objectifs = sum(len(s.page.objectifs) for s in lues)
    lignes = objectifs + sum(len(s.page.principales) + len(s.page.autres) for s in lues)
    rangees = sum(len(s.tables["json"]) for s in lues)
    atelier.note(f"indicateurs lus sur les pages : {lignes} ; lignes de chaque fichier : {rangees}")
    atelier.note(f"de ces lignes, {objectifs} sont d’un objectif : lues aussi, sur leur page")
    courbes = sum(1 for s in lues for d in s.dites for a in d.articles if a.courbe)
    atelier.note(
        f"valeurs passées retrouvées dans l’historique : {lus.passees} ; courbes lues : {courbes}"
    )
    atelier.note(f"actions lues sur le papier : {sum(len(s.papier.actions) for s in lues)}")
    atelier.note(f"mots comparés (statuts, unités, causes, raisons) : {juge.mots}")
    atelier.note(f"distances de la carte retrouvées dans le JSON : {lus.distances}")


if __name__ == "__main__":
    play(main)
