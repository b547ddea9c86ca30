"""Confiance 3. A figure contested by a mairie and answered, in time and late, by each rôle inside and outside, on both bases."""

from __future__ import annotations

import json
import os
from typing import Any

from tests.recette.deux_bases import BASES, run
from tests.recette.outils import RACINE, Atelier, expect, play

PROGRAMME = "tests.recette.contestation_jouee"
CONTESTENT = {
    *(
        "sous_prefet_ville",
        "delegue",
        "task_force",
        "recteur",
        "procureur",
        "police",
        "gendarmerie",
    ),
    *("service_etat", "commune", "epci", "conseil_departemental", "conseil_regional", "operateur"),
    "association",
}
"""Whoever writes something somewhere; the préfet judges, the préfet of the région and the citizens read."""
LISENT = CONTESTENT - {"association"} | {"prefet", "prefet_region"}
"""Who reads what a partner declared and nobody validated."""
TRANCHENT = {"prefet", "sous_prefet_ville", "delegue"}
OUVERTS = {"contestent": CONTESTENT, "lisent": LISENT, "tranchent": TRANCHENT, "absent": set[str]()}


def main(atelier: Atelier) -> str:
    """The same deeds on both bases: what is said and refused is the same."""
    dits, demandes = [], 0
    for nom, open_base in BASES:
        with open_base(atelier) as adresse:
            dossier = atelier.dossier / f"contestation-{nom}"
            dossier.mkdir()
            environ = {
                **atelier.get_environnement(),
                "QUARTIERS_BASE": adresse,
                "PYTHONPATH": os.pathsep.join((str(RACINE),)),
            }
            dit = json.loads(run(environ, "-m", PROGRAMME, str(dossier)).splitlines()[-1])
        check_pages(dit)
        demandes = sum(check_roles(nom, dit[quoi], ouverts) for quoi, ouverts in OUVERTS.items())
        expect(dit["ruptures"] == [], f"{nom} : {dit['ruptures']}")
        expect(dit["pareil"], f"{nom} : ce qui est suivi n’est pas ce qui est relu")
        expect(dit["nommes"] == [], f"{nom} : {dit['nommes']} nommés")
        dits.append(dit)
    sans_file = [{k: v for k, v in dit.items() if k != "file"} for dit in dits]
    expect(sans_file[0] == sans_file[1], "les deux bases ne disent pas la même chose")
    for quand in ("pendant", "ouverte", "apres", "en_retard", "tranchee_tard"):
        atelier.note(f"{quand} : {dits[0][quand]}")
    return (
        "contestée par une mairie, retenue le 21e jour : les deux valeurs et les deux statuts ; une autre gardée après 35 "
        f"jours sur 30, 15 de pièce attendue hors du compte : dite en retard ; {demandes} demandes de {len(dits[0]['lisent']['ici'])} "
        "rôles dedans et dehors, chaque refus un absent et une ligne ; relues à la veille, pendant et après ; SQLite et "
        "PostgreSQL disent de même"
    )


def check_pages(dit: dict[str, Any]) -> None:
    """Before, during, after; in time and late."""
    avant, pendant, apres = dit["avant"], dit["pendant"], dit["apres"]
    expect(avant["dit"] == [] and "contesté" not in avant["statut"], f"avant : {avant}")
    expect(pendant["statut"] == f"{avant['statut']} (contesté)", f"le statut a bougé : {pendant}")
    expect(pendant["hachures"] and not avant["hachures"], f"hachures : {pendant}")
    expect_mots(pendant, "Contesté depuis aujourd’hui par", "il en manque, 6 postes au")
    expect_mots(dit["ouverte"], "Contesté depuis 21 jours par", "La préfecture répond au plus tard")
    expect(
        apres["statut"].startswith("Atteint") and "contesté" not in apres["statut"],
        f"après : {apres}",
    )
    expect_mots(
        apres,
        *("Tranché le", ": 6 postes.", "La valeur 3 postes reste dans l’historique.", "Atteint"),
        avant["statut"],
    )
    expect("en retard" not in str(apres["dit"]), f"à temps : {apres}")
    expect_mots(dit["en_retard"], "Contesté depuis 50 jours par", "5 jours de retard")
    expect("réponse en retard de 5 jours" in dit["file"], "la file ne dit pas le retard")
    expect_mots(
        dit["tranchee_tard"],
        *("la valeur reste 4 ETP", "Proposée par", "9 ETP", "La réponse était en retard."),
    )
    relues = dit["relues"]
    expect(relues["avant"]["dit"] == [], f"la veille : {relues['avant']}")
    expect_mots(relues["pendant"], "Contesté depuis 20 jours par")
    expect_mots(relues["apres"], "Tranché le", "6 postes")


def expect_mots(vu: dict[str, Any], *mots: str) -> None:
    """Said on the page of the figure."""
    dit = " ".join(vu["dit"])
    for mot in mots:
        expect(mot in dit, f"« {mot} » n’est pas dit : {vu}")


def check_roles(nom: str, reponses: dict[str, Any], ouverts: set[str]) -> int:
    """Open to these inside and to nobody outside; a refusal is an absent page, and what exists has its line."""
    for ou, par_role in reponses.items():
        for role, (statut, is_absente, lignes) in par_role.items():
            admis = role in ouverts and ou == "ici"
            expect((statut == 200) is admis, f"{nom}, {ou} {role} : {statut}")
            expect(admis or is_absente, f"{nom}, {ou} {role} : le refus n’est pas un absent")
            attendues = 0 if admis or not ouverts else 1
            expect(lignes == attendues, f"{nom}, {ou} {role} : {lignes} lignes de refus")
    return sum(map(len, reponses.values()))


if __name__ == "__main__":
    play(main)
