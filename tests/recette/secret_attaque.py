"""On the base that its environment names: all that those outside the circle may open, and what they can find of it.

    python -m tests.recette.secret_attaque [--entier]

Prints in JSON the counts that are hidden, those found exactly with the protection and with half of it, statuts changed,
and every form in which a hidden count was read.
"""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from html import unescape
from typing import TYPE_CHECKING, Any

from tests.recette.attaquant import DENOMINATEUR, NUMERATEUR, VALEUR, Attaquant, Var, list_figures
from tests.recette.comptes_joues import enter, get_compte
from tests.suite.taille import is_entiere

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quartiers.core.vue import Vue

JOUR = date(2026, 11, 23)
DATES = ((JOUR, JOUR), (date(2026, 6, 30), JOUR), (date(2026, 6, 30), date(2026, 6, 30)))
DEHORS = (
    *("demo-commune", "demo-epci", "demo-conseil-departemental", "demo-conseil-regional"),
    *("demo-operateur", "demo-association", "demo-conseil-citoyen"),
)
TEMOIN = "demo-conseil-departemental"
PEU, PAPIERS, GRANDS = 24, 3, 2
"""In the small size, by reader: cells of which every page is read, of which every paper is, territoires of which every table is."""
Dit = dict[str, Any]
Compte = tuple[str, str, str]


def main() -> None:
    """All that the program asserts."""
    from quartiers.cli.base import setup_django

    setup_django()
    dit: Dit = {
        "ouverts": Counter(),
        "essayes": 0,
        "essayes_sans": 0,
        "trouves": [],
        "trouves_sans": 0,
        "statuts": 0,
        "changes": [],
        "lus": [],
    }
    for nom in DEHORS:
        codes = list_codes(nom)
        caches = attack(nom, codes, dit)
        look_partout(nom, codes, caches, dit)
        if nom == TEMOIN:
            dit["lus_par_l_etat"] = count_lus(caches)
    print(json.dumps(dit))


def list_codes(nom: str) -> list[str]:
    """Every territoire that an account may open."""
    from quartiers.usecases import acces
    from quartiers.usecases.charger_dossier import MEMOIRE, load_savoir

    load_savoir()
    compte = get_compte(nom)
    droits = acces.open_droits(
        compte, acces.list_mandats(compte, JOUR), JOUR, MEMOIRE.get_actuels()
    )
    return [t.code for t in acces.list_territoires(droits, MEMOIRE.get_actuels())]


def attack(nom: str, codes: list[str], dit: Dit) -> set[Compte]:
    """With the protection, then with half of it: the hidden small counts, and those found. Gives the cells hidden."""
    entier = gather(nom, codes, dit)
    petits = list_petits(entier.inconnus)
    dit["essayes"] += len(petits)
    for var, vrai in petits.items():
        if entier.find_exact(var) == vrai:
            dit["trouves"].append(f"{nom} {var} : {vrai}")
    with half_protected():
        moitie = gather(nom, codes, None)
        tentes = sorted(petits.items())[:: 1 if is_entiere() else max(1, len(petits) // PEU)]
        dit["essayes_sans"] += len(tentes)
        dit["trouves_sans"] += sum(moitie.find_exact(var) == vrai for var, vrai in tentes)
    return {var[:3] for var in petits}


def gather(nom: str, codes: list[str], dit: Dit | None) -> Attaquant:
    """The tableaux of all the territoires at every pair of dates."""
    from quartiers.usecases.charger_contexte import load_referentiel

    agregations = {i.code: i.agregation.value for i in load_referentiel().list_indicateurs()}
    attaquant, client = Attaquant(), enter(nom)
    for vu_le, connu_le in DATES:
        tableaux: dict[str, Any] = {}
        for code in codes:
            reponse = client.get(
                f"/territoires/{code}/tableau.json?vu_le={vu_le}&connu_le={connu_le}"
            )
            if reponse.status_code != 200:
                continue
            tableaux[code] = json.loads(read_octets(reponse))
            if dit is not None:
                dit["ouverts"]["json"] += 1
                compare_statuts(tableaux[code], vu_le, connu_le, dit)
        attaquant.read(tableaux, agregations)
    return attaquant


@contextmanager
def half_protected() -> Iterator[None]:
    """Small counts are hidden, and what they can be worked out from is not."""
    from quartiers.core.vue import Vue

    entiere = Vue.guard

    def guard(vue: Vue, is_sien: Any) -> Vue:
        suite = entiere(vue, is_sien)
        if suite.garde is not None:
            suite.garde = replace(suite.garde, has_complements=False, petites={})
        return suite

    Vue.guard = guard  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        Vue.guard = entiere  # type: ignore[method-assign]


def open_vraie(vu_le: date, connu_le: date) -> Vue:
    """What the State sees."""
    from quartiers.usecases.charger_dossier import MEMOIRE, load_savoir

    return MEMOIRE.open_vue(load_savoir(), (vu_le, connu_le))


def list_petits(inconnus: set[Var]) -> dict[Var, int]:
    """Of the counts that are hidden, those that are small, with the number that they are."""
    petits = {}
    for connu in {connu for _, connu in DATES}:
        for vu_le in {vu for vu, _ in DATES if vu <= connu}:
            vue = open_vraie(vu_le, connu)
            for var in inconnus:
                indicateur = vue.dossier.referentiel.get_indicateur(var[0])
                if indicateur is None or var[1] not in vue.territoires:
                    continue
                constat = vue.get_constat(indicateur, var[1])
                champs = {
                    VALEUR: constat.valeur,
                    NUMERATEUR: constat.numerateur,
                    DENOMINATEUR: constat.denominateur,
                }
                compte = champs[var[2]]
                if (
                    str(constat.date) != var[3]
                    or compte is None
                    or (var[2] == VALEUR and indicateur.unite == "%")
                ):
                    continue
                if 0 < compte < (indicateur.seuil_secret or 0) and compte.denominator == 1:
                    petits[var] = int(compte)
    return petits


def compare_statuts(tableau: Dit, vu_le: date, connu_le: date, dit: Dit) -> None:
    """Every statut as the State has it, of figures, actions and engagements, with their counts."""
    from quartiers.core.composition import compose_vue
    from quartiers.reports.tableau_json import render_tableau

    code = tableau["territoire"]["code"]
    vrai = render_tableau(compose_vue(open_vraie(vu_le, connu_le), code))
    siens, vrais = list_figures(tableau), list_figures(json.loads(json.dumps(vrai)))
    dit["statuts"] += len(siens)
    champs = (
        "statut",
        "statuts",
        "couverture",
        "taux_min",
        "taux_max",
        "attendus",
        "date",
        "perime_le",
    )
    dit["changes"] += [
        f"{code} {nom} {champ}"
        for nom, figure in siens.items()
        for champ in champs
        if figure.get(champ) != vrais[nom].get(champ)
    ]
    for sien, autre in zip(tableau["engagements"], vrai["engagements"], strict=True):
        if any(sien[c] != autre[c] for c in ("statut", "cause", "statuts", "taux_min", "taux_max")):
            dit["changes"].append(f"{code} {sien['code']}")


def look_partout(nom: str, codes: list[str], caches: set[Compte], dit: Dit) -> None:
    """Every other form: pages, papers, tables, maps, forms to declare; a hidden count is read in none."""
    client = enter(nom)
    toutes = sorted({(indicateur, code) for indicateur, code, _ in caches})
    cellules = toutes if is_entiere() else toutes[:: max(1, len(toutes) // PEU)]
    dits = {cellule: list_dits(*cellule) for cellule in cellules}
    adresses = []
    for rang, (indicateur, code) in enumerate(cellules):
        preuve = f"/preuves/{code}/{indicateur}/"
        for vu_le, connu_le in DATES:
            dates = f"?vu_le={vu_le}&connu_le={connu_le}"
            adresses.append(("page", preuve + dates, (indicateur, code)))
            if rang < PAPIERS or is_entiere():
                adresses.append(("pdf", f"{preuve}papier.pdf{dates}", (indicateur, code)))
        adresses.append(
            ("formulaire", f"/territoires/{code}/declarer/{indicateur}/", (indicateur, code))
        )
    adresses += list_ensembles(codes if is_entiere() else find_grands(codes), cellules)
    for forme, adresse, cellule in adresses:
        reponse = client.get(adresse)
        if reponse.status_code != 200:
            continue
        dit["ouverts"][forme] += 1
        lu = read_forme(forme, read_octets(reponse))
        dit["lus"] += [
            f"{nom} {adresse} : {mot}" for mot in find_dits(lu, dits.get(cellule, set()))
        ]
        if forme in {"csv", "xlsx", "ods", "geojson"}:
            dit["lus"] += [f"{nom} {adresse} : {c}" for c in find_cases(forme, lu, toutes)]


def count_lus(caches: set[Compte]) -> int:
    """Of the cells hidden from others, those whose small count the préfet reads: the eye that looks can see."""
    prefet = enter("demo-prefet")
    lues = 0
    for indicateur, code in sorted({compte[:2] for compte in caches})[:PEU]:
        page = prefet.get(f"/preuves/{code}/{indicateur}/?vu_le={JOUR}&connu_le={JOUR}")
        lues += bool(find_dits(read_forme("page", page.content), list_dits(indicateur, code)))
    return lues


def find_grands(codes: list[str]) -> list[str]:
    """The largest of some territoires: their tables hold those of every quartier inside."""
    territoires = open_vraie(JOUR, JOUR).territoires
    return sorted(codes, key=lambda code: (-territoires[code].niveau.hauteur, code))[:GRANDS]


def list_ensembles(
    codes: list[str], cellules: list[tuple[str, str]]
) -> list[tuple[str, str, tuple[str, str]]]:
    """The pages and files of whole territoires; a page of an engagement is asked about each cell it shows."""
    adresses = []
    for code in codes:
        for vu_le, connu_le in DATES:
            dates = f"?vu_le={vu_le}&connu_le={connu_le}"
            formes = ("csv", "xlsx", "ods", "geojson")
            adresses += [(f, f"/territoires/{code}/tableau.{f}{dates}", ("", "")) for f in formes]
    for indicateur, code in cellules:
        engagement = indicateur[:3].upper()
        adresses += [
            (
                "page",
                f"/quartiers/{code}/engagements/{engagement}/?vu_le={vu}&connu_le={connu}",
                (indicateur, code),
            )
            for vu, connu in DATES
        ]
        adresses.append(("page", f"/quartiers/{code}/", (indicateur, code)))
    imprimees = cellules if is_entiere() else cellules[:PAPIERS]
    adresses += [("pdf", f"/quartiers/{cellule[1]}/papier.pdf", cellule) for cellule in imprimees]
    return list(dict.fromkeys(adresses))


def list_dits(indicateur: str, code: str) -> set[str]:
    """The small counts that were ever said of a cell, as pages write them."""
    from quartiers.core.secret import list_comptes, list_valeurs
    from quartiers.reports.typographie import format_nombre, format_quantite

    vue = open_vraie(JOUR, JOUR)
    connu, cellule = (
        vue.dossier.referentiel.get_indicateur(indicateur),
        vue.cellules.get(indicateur, code),
    )
    assert connu is not None
    seuil = connu.seuil_secret or 0
    if connu.unite != "%":
        petits = {
            c
            for c in (*list_comptes(cellule), *list_valeurs(cellule))
            if c is not None and 0 < c < seuil
        }
        return {format_quantite(c, connu.unite) for c in petits}
    return {
        f"{format_nombre(r.numerateur)} sur {format_nombre(r.denominateur)}"
        for r, _ in cellule.releves
        if r.numerateur is not None and r.denominateur is not None
    }


def find_dits(lu: str, dits: set[str]) -> list[str]:
    """Those that are read; a target that the annex writes is no count."""
    propre = re.sub(r"au moins\s\S+\s\S+", "", " ".join(lu.split()))
    return [
        d
        for d in dits
        if re.search(rf"(?<![\d,.\u202f\u00a0]){re.escape(' '.join(d.split()))}", propre)
    ]


def find_cases(forme: str, lu: str, cellules: list[tuple[str, str]]) -> list[str]:
    """The cells of a table where a hidden figure has a value."""
    if forme == "geojson":
        trouves = []
        for forme_dite in json.loads(lu)["features"]:
            dites = forme_dite["properties"]
            trouves += [
                f"{i} {c}"
                for i, c in cellules
                if dites.get("code") == c and isinstance(dites.get(i), int | float)
            ]
        return trouves
    tues = set(cellules)
    lignes = [ligne.split("\t") for ligne in lu.split("\n") if ligne]
    entete = next(
        rang for rang, ligne in enumerate(lignes) if "indicateur" in ligne and "valeur" in ligne
    )
    place = {nom: rang for rang, nom in enumerate(lignes[entete])}
    return [
        " ".join(ligne[:8])
        for ligne in lignes[entete + 1 :]
        if len(ligne) > place["valeur"]
        and (ligne[place["indicateur"]], ligne[place["territoire"]]) in tues
        and ligne[place["valeur"]]
    ]


def read_octets(reponse: Any) -> bytes:
    """The bytes of an answer, however they come."""
    return b"".join(reponse) if reponse.streaming else reponse.content


def read_forme(forme: str, octets: bytes) -> str:
    """The words of a page or of a paper; a table as lines of cells."""
    if forme == "pdf":
        import pypdfium2

        return " ".join(
            page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(octets)
        )
    if forme in {"xlsx", "ods"}:
        from python_calamine import CalamineWorkbook

        feuilles = CalamineWorkbook.from_filelike(io.BytesIO(octets))
        lignes = [
            ligne
            for nom in feuilles.sheet_names
            for ligne in feuilles.get_sheet_by_name(nom).to_python()
        ]
        return "\n".join(
            "\t".join(str(case).replace("\n", " ") for case in ligne) for ligne in lignes
        )
    texte = unescape(octets.decode("utf-8-sig"))
    return (
        re.sub(r"<[^>]+>", " ", texte)
        if forme in {"page", "formulaire"}
        else texte.replace(";", "\t")
    )


if __name__ == "__main__":
    main()
