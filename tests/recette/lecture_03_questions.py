"""Lecture 3. The questions that reading must answer: clicks, then the words that answer, checked against the JSON.

Eight questions and the journeys of reading, from the first screen after sign-in, in a real
Chromium, on the demonstration. The answers come from `tableau` and `constat`, never from this file.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

import pikepdf

from tests.recette.outils import Atelier, Echec, expect, play
from tests.recette.parcours import (
    ECRANS,
    Dit,
    Ouvrir,
    Parcours,
    build_ouvrir,
    squash,
)
from tests.recette.serveur import serve_atelier
from tests.site import open_navigateur

JOUR, AVANT = "2026-11-23", "2026-06-01"
DATES = ("--vu-le", JOUR, "--connu-le", JOUR)
DEPARTEMENT, QUARTIER, NOM = "DEP-00", "QC-FICTIF-TILLEULS", "Les Tilleuls"
INDICATEUR, ACTION = "e03-a1-france-services", "France services"
LONGUEUR_MAX, POIDS_MAX = 4_500, 80_000
MOTS = {
    "en_retard": "En retard",
    "echu_non_atteint": "Échu, non atteint",
    "a_surveiller": "À surveiller",
    "atteint": "Atteint",
    "perime": "Périmé",
    "non_engage": "Non engagé",
    "en_bonne_voie": "En bonne voie",
    "non_renseigne": "Non renseigné",
    "sans_cible": "Sans cible",
    "sans_objet": "Sans objet",
}
HORS_LECTURE = (
    "1. Combien de décisions n’attendent que vous ? Aucune décision ne s’enregistre encore dans l’outil : pas de réponse.",
    "7. Déclarer 4 postes avec une photo : déclarer, pas lire.",
    "8. Quand n’y a-t-il rien pour les jeunes à Noël ? Aucune activité ne s’enregistre encore : pas de réponse.",
)


def main(atelier: Atelier) -> str:
    """Serve the demonstration, ask each question, print the clicks and the words."""
    with serve_atelier(atelier, "demo") as site, open_navigateur() as navigateur:
        atelier.variables["QUARTIERS_BASE"] = (
            f"sqlite:///{atelier.dossier / 'var' / 'demo.sqlite3'}"
        )
        ouvrir = build_ouvrir(navigateur, site)
        attendus = read_attendus(atelier)
        for largeur, hauteur in ECRANS:
            atelier.note(f"— {largeur} × {hauteur}")
            ask_moins_connu(atelier, ouvrir, attendus, largeur, hauteur)
            ask_retards(atelier, ouvrir, attendus.tableau, largeur, hauteur)
            ask_pourquoi(atelier, ouvrir, attendus, largeur, hauteur)
            ask_meteo(atelier, ouvrir, attendus.tableau, largeur, hauteur)
            ask_nation(atelier, ouvrir, attendus, largeur, hauteur)
        atelier.note("— parcours de lecture")
        walk_prefet(atelier, ouvrir, attendus.tableau)
        walk_citoyen(atelier, ouvrir, attendus.constat)
        walk_copil(atelier, ouvrir)
        walk_passe(atelier, ouvrir, attendus.alors)
        hauteur, poids = measure_quartier(ouvrir)
    for hors in HORS_LECTURE:
        atelier.note(hors)
    return (
        f"quatre questions de lecture sur cinq ont leur réponse en deux clics au plus, aux mots du JSON, la cinquième "
        f"(météo) dite sans réponse faute de déclaration ; quatre parcours tenus ; page d’un quartier : {hauteur} px "
        f"à 390 px de large, {poids} octets"
    )


@dataclass(frozen=True, slots=True)
class Attendus:
    """What the commands say: the quartier, the same on another day, the département, the nation, one constat."""

    tableau: dict[str, Any]
    alors: dict[str, Any]
    departement: dict[str, Any]
    nation: dict[str, Any]
    constat: dict[str, Any]


def read_attendus(atelier: Atelier) -> Attendus:
    """All of it in one process."""
    json_, avant = ("--format", "json"), ("--vu-le", AVANT, "--connu-le", JOUR)
    sorties = atelier.read_ensemble(
        ("tableau", QUARTIER, *DATES, *json_),
        ("tableau", QUARTIER, *avant, *json_),
        ("tableau", DEPARTEMENT, *DATES, "--format", "geojson"),
        ("tableau", "FR", *DATES, *json_),
        ("constat", QUARTIER, INDICATEUR, *DATES, *json_),
    )
    return Attendus(*map(json.loads, sorties))


def tell(atelier: Atelier, question: str, parcours: Parcours, dit: Dit, clics: int) -> None:
    """Print a question, its clicks and its answer; too many clicks is a failure."""
    expect(parcours.clics <= clics, f"{question} : {parcours.resume}, au plus {clics} attendus")
    atelier.note(f"{question} → {parcours.resume} → {dit.ou} : « {dit.mots} »")


def count_a_jour(statuts: dict[str, int]) -> tuple[int, int]:
    """(up to date, applicable), from the counts per statut."""
    applicables = sum(statuts.values()) - statuts.get("sans_objet", 0)
    return applicables - statuts.get("non_renseigne", 0) - statuts.get("perime", 0), applicables


def ask_moins_connu(
    atelier: Atelier, ouvrir: Ouvrir, attendus: Attendus, largeur: int, hauteur: int
) -> None:
    """2. Coverage stands next to each name, in alphabetical order of communes: the least known is read, not told."""
    connus = [
        f["properties"]
        for f in attendus.departement["features"]
        if f["properties"]["genre"] == "quartier"
    ]
    calculees = {p["nom"]: count_a_jour(p["statuts"]) for p in connus}
    parcours = ouvrir("demo-prefet", largeur, hauteur)
    rangees = parcours.page.locator(".matrice tbody tr")
    lus = {}
    for rang in range(rangees.count()):
        tete = rangees.nth(rang).locator("th")
        mots = squash(tete.inner_text())
        trouve = re.search(r"(\d+) sur (\d+)", mots)
        if trouve is None:
            raise Echec(f"pas de couverture à côté du nom : « {mots} »")
        nom = squash(tete.locator("a").inner_text())
        lus[nom] = (int(trouve.group(1)), int(trouve.group(2)))
    expect(lus == calculees, f"couvertures lues {lus}, calculées {calculees}")
    moins = min(calculees, key=lambda nom: calculees[nom][0] / calculees[nom][1])
    rangee = rangees.locator("th", has=parcours.page.get_by_role("link", name=moins, exact=True))
    parcours.follow(parcours.page.get_by_role("link", name="Quartier par quartier"))
    dit = parcours.read(rangee)
    expect(not dit.defilement, f"« {dit.mots} » : {dit.ou}")
    tell(atelier, "2. Quel quartier connaît-on le moins ?", parcours, dit, 1)


def list_tardives(tableau: dict[str, Any]) -> list[tuple[str, str, str]]:
    """(action, statut, reason) of what is late or over, in the order of the annex; not what the nation bears."""
    return [
        (squash(action["libelle"]), action["statut"], squash(action["indicateurs"][0]["raison"]))
        for engagement in tableau["engagements"]
        for action in engagement["actions"]
        if action["statut"] in {"en_retard", "echu_non_atteint"}
        and "porte_par_la_nation" not in action["indicateurs"][0]["drapeaux"]
    ]


def ask_retards(
    atelier: Atelier, ouvrir: Ouvrir, tableau: dict[str, Any], largeur: int, hauteur: int
) -> None:
    """3. What is late: the list of the JSON, with its reasons, every name on the first screen."""
    parcours = ouvrir("demo-prefet", largeur, hauteur)
    parcours.follow(parcours.page.get_by_role("link", name=NOM, exact=True))
    lignes = parcours.page.locator(".tardives li")
    attendues = list_tardives(tableau)
    expect(lignes.count() == len(attendues) > 0, f"{lignes.count()} lignes, {len(attendues)} dues")
    for rang, (action, statut, raison) in enumerate(attendues):
        nom = parcours.read(lignes.nth(rang).locator("a"))
        expect(nom.mots == action, f"« {nom.mots} » au lieu de « {action} »")
        expect(not nom.defilement, f"« {action} » hors du premier écran ({nom.defilement} px)")
        mots = squash(lignes.nth(rang).inner_text())
        expect(MOTS[statut] in mots and raison in mots, f"« {mots} » : {statut}, « {raison} »")
    for partie in ("h1", ".accroche"):
        expect(not parcours.read(parcours.page.locator(partie)).defilement, f"{partie} trop bas")
    dit = parcours.read(parcours.page.locator(".tardives"))
    tell(atelier, f"3. Qu’est-ce qui est en retard aux {NOM[4:]} ?", parcours, dit, 1)


def ask_pourquoi(
    atelier: Atelier, ouvrir: Ouvrir, attendus: Attendus, largeur: int, hauteur: int
) -> None:
    """4. The reason, the line of the rule that holds, and what would change it: those of `constat`."""
    constat = attendus.constat
    parcours = ouvrir("demo-prefet", largeur, hauteur)
    parcours.follow(parcours.page.get_by_role("link", name=NOM, exact=True))
    parcours.follow(parcours.page.get_by_role("link", name=re.compile(f"^{ACTION}.* : ")))
    raison = parcours.read(parcours.page.locator(".raison"))
    expect(raison.mots == squash(constat["raison"]), f"« {raison.mots} »")
    ici = next(ligne for ligne in constat["regle"] if ligne["ici"])
    regle = parcours.read(parcours.page.locator(".regle li.ici"))
    expect(squash(ici["condition"]) in regle.mots, f"« {regle.mots} » : {ici}")
    expect(MOTS[constat["statut"]] in regle.mots, f"« {regle.mots} » : {constat['statut']}")
    lignes = parcours.page.locator(".si tbody tr")
    changes = constat["ce_qui_changerait"]
    expect(lignes.count() == len(changes) > 0, f"{lignes.count()} conditions, {len(changes)} dues")
    for rang, change in enumerate(changes):
        mots = squash(lignes.nth(rang).inner_text())
        expect(
            squash(change["condition"]) in mots and change["libelle"] in mots,
            f"« {mots} » {change}",
        )
    question = f"4. Pourquoi {ACTION} est-il « {MOTS[constat['statut']].lower()} » ?"
    tell(atelier, question, parcours, raison, 2)
    dit = parcours.read(parcours.page.locator(".si"))
    tell(atelier, "   Et qu’est-ce qui le changerait ?", parcours, dit, 2)


def ask_meteo(
    atelier: Atelier, ouvrir: Ouvrir, tableau: dict[str, Any], largeur: int, hauteur: int
) -> None:
    """5. No météo can be recorded yet: the page must say so, and must not answer."""
    engagement = tableau["engagements"][5]
    expect("meteo" not in json.dumps(tableau), "le JSON porte une météo : la question se pose")
    parcours = ouvrir("demo-prefet", largeur, hauteur)
    parcours.follow(parcours.page.get_by_role("link", name=NOM, exact=True))
    parcours.follow(parcours.page.locator(f"#{engagement['code']} th a"))
    statuts = [
        squash(t)
        for t in parcours.page.locator(".action .faits-de-l-action>.statut").all_inner_texts()
    ]
    attendus = [MOTS[action["statut"]] for action in engagement["actions"] if action["statut"]]
    dits = [next(mot for mot in MOTS.values() if dit.startswith(mot)) for dit in statuts]
    expect(dits == attendus, f"statuts {dits}, calculés {attendus}")
    dit = parcours.read(parcours.page.get_by_text("Météo : aucune", exact=False))
    tell(atelier, "5. Le déclarant est-il aussi optimiste que les chiffres ?", parcours, dit, 2)


def ask_nation(
    atelier: Atelier, ouvrir: Ouvrir, attendus: Attendus, largeur: int, hauteur: int
) -> None:
    """6. Two bounds and what they rest on, in the sentence of the first screen."""
    tableau = attendus.nation
    parcours = ouvrir("demo-task-force", largeur, hauteur)
    dit = parcours.read(parcours.page.locator(".accroche"))
    expect(not dit.defilement, f"accroche hors du premier écran ({dit.defilement} px)")
    nombres = [float(n.replace(",", ".")) for n in re.findall(r"(\d+(?:,\d+)?) %", dit.mots)]
    bornes = [100 * tableau["taux_min"], 100 * tableau["taux_max"]]
    a_jour, applicables = count_a_jour(tableau["statuts"])
    manque = 100 * (applicables - a_jour) / applicables
    voulus = [*bornes, manque] if 2 * a_jour >= applicables else [100 - manque, *bornes]
    expect(
        len(nombres) == len(voulus)
        and all(abs(lu - du) <= 0.5 for lu, du in zip(nombres, voulus, strict=True)),
        f"« {dit.mots} » : {nombres} au lieu de {voulus}",
    )
    tell(
        atelier,
        "6. Quelle part est atteinte en France, et avec quelle assurance ?",
        parcours,
        dit,
        0,
    )


def walk_prefet(atelier: Atelier, ouvrir: Ouvrir, tableau: dict[str, Any]) -> None:
    """Why is this quartier late on services: cell of the matrix, then the question under the action."""
    services = next(e for e in tableau["engagements"] if e["code"] == "E03")
    parcours = ouvrir("demo-prefet")
    rangee = parcours.page.locator(".matrice tbody tr", has_text=NOM)
    parcours.follow(rangee.locator("td").nth(2).locator("a"))
    accroche = parcours.read(parcours.page.locator(".accroche"))
    cause = squash(services["cause"])
    expect(MOTS[services["statut"]] in accroche.mots, f"« {accroche.mots} »")
    expect(cause.lower() in accroche.mots.lower(), f"« {accroche.mots} » : « {cause} »")
    fautive = next(a for a in services["actions"] if cause.startswith(a["libelle"]))
    parcours.follow(
        parcours.page.locator(f"#{fautive['code']}").get_by_role("link", name="Pourquoi ce statut")
    )
    dit = parcours.read(parcours.page.locator(".raison"))
    expect(dit.mots == squash(fautive["indicateurs"][0]["raison"]), f"« {dit.mots} »")
    tell(atelier, f"préfet, pourquoi {NOM} est en retard sur les services", parcours, dit, 3)


def walk_citoyen(atelier: Atelier, ouvrir: Ouvrir, constat: dict[str, Any]) -> None:
    """Is there a France services: search, quartier, 3.1, proof."""
    parcours = ouvrir("demo-prefet")
    parcours.fill(parcours.page.get_by_role("searchbox"), "tilleuls")
    parcours.follow(parcours.page.get_by_role("button", name="Rechercher"))
    parcours.follow(parcours.page.locator(".trouves").get_by_role("link", name=NOM, exact=True))
    parcours.follow(parcours.page.get_by_role("link", name=re.compile(f"^{ACTION}.* : ")))
    dit = parcours.read(parcours.page.locator(".figure-cle"))
    expect(not dit.defilement, "la distance est hors du premier écran")
    metres = min(round(f["distance_m"]) for f in constat["faits"] if f["distance_m"] is not None)
    expect(f"{metres} m" in dit.mots, f"« {dit.mots} » : {metres} m")
    tell(atelier, "y a-t-il un France services ?", parcours, dit, 3)


def walk_copil(atelier: Atelier, ouvrir: Ouvrir) -> None:
    """The paper, from the page of the quartier: one click."""
    parcours = ouvrir("demo-prefet")
    parcours.follow(parcours.page.get_by_role("link", name=NOM, exact=True))
    depuis = Parcours(parcours.page)
    lien = parcours.page.get_by_role("link", name="PDF, 2 pages")
    dit = depuis.read(lien)
    with parcours.page.expect_download() as arrivee:
        depuis.follow(lien)
    chemin = atelier.dossier / "papier.pdf"
    arrivee.value.save_as(chemin)
    with pikepdf.open(chemin) as pdf:
        expect(len(pdf.pages) == 2, f"{len(pdf.pages)} pages")
    tell(atelier, "COPIL, le papier du dossier", depuis, dit, 1)


def walk_passe(atelier: Atelier, ouvrir: Ouvrir, alors: dict[str, Any]) -> None:
    """As it was on 1 June: one field, « Voir », and the counts of that day; a choice of statut is kept."""
    parcours = ouvrir("demo-prefet")
    parcours.page.goto(f"/quartiers/{QUARTIER}/?statut=atteint")
    parcours.fill(parcours.page.get_by_label(re.compile("^Vu le")), AVANT)
    parcours.follow(parcours.page.get_by_role("button", name="Voir"))
    expect(f"vu_le={AVANT}" in parcours.page.url, parcours.page.url)
    expect("statut=atteint" in parcours.page.url, f"le statut est perdu : {parcours.page.url}")
    dit = parcours.read(parcours.page.locator(".accroche"))
    comptes = alors["statuts"]
    acquis = comptes.get("atteint", 0) + comptes.get("en_bonne_voie", 0)
    expect(dit.mots.startswith(f"{acquis} actions sur {count_a_jour(comptes)[1]} "), dit.mots)
    tell(atelier, f"comme c’était au {AVANT}", parcours, dit, 1)


def measure_quartier(ouvrir: Ouvrir) -> tuple[int, int]:
    """Height on a phone and bytes of the page of a quartier; nothing wider than its window."""
    parcours = ouvrir("demo-prefet", 390, 844)
    reponse = parcours.page.goto(f"/quartiers/{QUARTIER}/")
    if reponse is None:
        raise Echec("la page du quartier ne répond pas")
    poids = len(reponse.body())
    hauteur = int(parcours.page.evaluate("document.documentElement.scrollHeight"))
    large = int(parcours.page.evaluate("document.documentElement.scrollWidth"))
    expect(large <= 390, f"{large} px de large dans une fenêtre de 390")
    expect(hauteur < LONGUEUR_MAX, f"{hauteur} px de haut à 390 px de large")
    expect(poids < POIDS_MAX, f"{poids} octets")
    return hauteur, poids


if __name__ == "__main__":
    play(main)
