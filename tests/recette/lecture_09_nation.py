"""Lecture 9. The nation page from the real files: intervals, coverage, départements up to date; no false zero."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any

from tests.recette import lecteur, nation_dite, reel
from tests.recette.lire_tables import list_indicateurs
from tests.recette.memes_nombres import Juge
from tests.recette.outils import Atelier, Echec, expect, play

VU_LE = "2024-09-01"
ACTION = "e03-a1-france-services"
COMPTE = [
    "compte",
    "creer",
    "force",
    "--role",
    "task_force",
    "--territoire",
    "FR",
    "--mot-de-passe-entree",
]


def main(atelier: Atelier) -> str:
    """COG, QRR and France services as they are, then the page of France on 1 September 2024."""
    reel.load_cog(atelier)
    reel.load_qrr(atelier)
    reel.load_france_services(atelier)
    create_compte(atelier)
    tableau = reel.read_tableau(atelier, "FR", "--vu-le", VU_LE)
    muette = choose_muette(tableau)
    page, page_muette = read_pages(atelier, ACTION, muette)
    vu = reel.get_indicateur(tableau, ACTION)
    atteints, renseignes, attendus = vu["statuts"]["atteint"], vu["renseignes"], vu["attendus"]
    expect((atteints, renseignes, attendus) == (45, 61, 62), f"{vu['statuts']}")
    dits = (
        f"Au moins {atteints} quartiers sur {attendus}, au plus {atteints + 1}",
        f"{renseignes} sur {attendus}",
        "37 départements sur 37 n’ont pas tout transmis",
        "Nouvelle-Calédonie</a>, 1 quartier",
    )
    for dit in dits:
        expect(dit in page, f"« {dit} » n'est pas sur la page")
    check_inconnus(page, tableau)
    inconnues = check_parties(atelier, {ACTION: page, muette: page_muette})
    a_jour, porteurs = nation_dite.read_attentes(page)
    expect((a_jour, porteurs) == (36, 37), f"{a_jour} sur {porteurs}")
    phrase = re.search(r'<p class="accroche"><b>([^<]*)</b>', page)
    expect(phrase is not None, "pas de phrase d'accroche")
    atelier.note(f"accroche : {phrase.group(1) if phrase else ''}")
    return (
        f"France au {VU_LE} : {dits[0].lower()} pour France services, à jour {dits[1]} ; "
        f"{a_jour} départements sur {porteurs} à jour pour elle ; {inconnues} tuiles et lignes sans réponse, "
        f"aucune ne se lit comme zéro ; {len(nation_dite.FAUX_ZEROS)} faux zéros écrits exprès, tous vus"
    )


def create_compte(atelier: Atelier) -> None:
    """An account that sees the nation; its password is never used."""
    fini = subprocess.run(
        [sys.executable, "-P", "-m", "quartiers", *COMPTE],
        input="une-phrase-longue-pour-la-recette\n",
        check=False,
        capture_output=True,
        text=True,
        cwd=atelier.dossier,
        env=atelier.get_environnement(),
    )
    expect(fini.returncode == 0, f"compte : {fini.stderr}")


def choose_muette(tableau: dict[str, Any]) -> str:
    """An action asked of quartiers, of which nobody has said anything: every tile must say so."""
    for _, _, vu in list_indicateurs(tableau):
        if vu["principal"] and vu["niveau"] == "Q" and vu["attendus"] and not vu["renseignes"]:
            code: str = vu["code"]
            return code
    raise Echec("aucune action sans réponse")


def read_pages(atelier: Atelier, *actions: str) -> list[str]:
    """The page of France, with each of these actions in detail."""
    noms = {
        f"/territoires/FR/?vu_le={VU_LE}&action={action}": f"{action}.html" for action in actions
    }
    lecteur.fetch(atelier, COMPTE[2], noms)
    return [(atelier.dossier / nom).read_text(encoding="utf-8") for nom in noms.values()]


def check_parties(atelier: Atelier, pages: dict[str, str]) -> int:
    """Every tile, its table and every région against the JSON of its territoire; how many are unknown, and said so."""
    codes = nation_dite.list_codes(pages[ACTION])
    lecteur.fetch(
        atelier,
        COMPTE[2],
        {f"/territoires/{code}/tableau.json?vu_le={VU_LE}": f"{code}.json" for code in codes},
    )
    tableaux = {c: json.loads((atelier.dossier / f"{c}.json").read_text("utf-8")) for c in codes}
    juge, inconnues = Juge(), 0
    for action, page in pages.items():
        dits = {code: reel.get_indicateur(t, action) for code, t in tableaux.items()}
        parties = nation_dite.read_parties(page)
        sus = inconnues
        inconnues += nation_dite.judge_parties(juge, parties, dits)
        atelier.note(
            f"{action} : {len(parties)} tuiles et lignes, dont {inconnues - sus} sans réponse"
        )
        expect(not juge.ecarts, f"{len(juge.ecarts)} écarts, dont {juge.ecarts[:2]}")
        vus = dict(nation_dite.list_faux_zeros(page, dits))
        expect(all(vus.values()), f"{action} : un faux zéro n'est pas vu : {vus}")
    return inconnues


def check_inconnus(page: str, tableau: dict[str, object]) -> None:
    """An engagement of which nothing is known writes no bound; the others write theirs."""
    engagements = tableau["engagements"]
    assert isinstance(engagements, list)
    phrases = re.findall(r'<td class="phrase">([^<]*)</td>', page)[: len(engagements)]
    expect(len(phrases) == len(engagements), f"{len(phrases)} lignes d'engagement")
    for engagement, phrase in zip(engagements, phrases, strict=True):
        is_inconnu = engagement["couverture"] in {0, None}
        expect(
            (phrase == "on ne sait pas") == is_inconnu,
            f"{engagement['code']} : « {phrase} », couverture {engagement['couverture']}",
        )


if __name__ == "__main__":
    play(main)
