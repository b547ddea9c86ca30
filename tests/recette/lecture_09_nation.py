"""Lecture 9. The nation page from the real files: intervals, coverage, départements up to date; no false zero."""

from __future__ import annotations

import re
import subprocess
import sys

from tests.recette import reel
from tests.recette.outils import RACINE, Atelier, Echec, expect, play

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
# The page as an account of the nation reads it: the site itself, without a network.
LECTEUR = """
import sys
from pathlib import Path
import django
django.setup()
from django.contrib.auth import get_user_model
from django.test import Client
client = Client(headers={"host": "localhost"})
client.force_login(get_user_model().objects.get(username="force"), backend="django.contrib.auth.backends.ModelBackend")
reponse = client.get(sys.argv[1])
assert reponse.status_code == 200, reponse.status_code
Path(sys.argv[2]).write_bytes(reponse.content)
"""


def main(atelier: Atelier) -> str:
    """COG, QRR and France services as they are, then the page of France on 1 September 2024."""
    reel.load_cog(atelier)
    reel.load_qrr(atelier)
    reel.load_france_services(atelier)
    create_compte(atelier)
    page = read_page(atelier, f"/territoires/FR/?vu_le={VU_LE}&action={ACTION}")
    tableau = reel.read_tableau(atelier, "FR", "--vu-le", VU_LE)
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
    muets = re.search(r"En attente d’un relevé <span class=\"n\">· (\d+)</span>", page)
    porteurs = re.search(r"un quartier attendu <span class=\"n\">· (\d+)</span>", page)
    if muets is None or porteurs is None:
        raise Echec("la page ne dit pas combien de départements ont répondu")
    a_jour = int(porteurs.group(1)) - int(muets.group(1))
    expect((a_jour, porteurs.group(1)) == (36, "37"), f"{a_jour} sur {porteurs.group(1)}")
    phrase = re.search(r'<p class="accroche"><b>([^<]*)</b>', page)
    expect(phrase is not None, "pas de phrase d'accroche")
    atelier.note(f"accroche : {phrase.group(1) if phrase else ''}")
    return (
        f"France au {VU_LE} : {dits[0].lower()} pour France services, à jour {dits[1]} ; "
        f"{a_jour} départements sur {porteurs.group(1)} à jour pour elle ; aucun inconnu ne se lit comme zéro"
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


def read_page(atelier: Atelier, adresse: str) -> str:
    """The bytes of a page, decoded."""
    sortie = atelier.dossier / "page.html"
    fini = subprocess.run(
        [sys.executable, "-c", LECTEUR, adresse, str(sortie)],
        check=False,
        capture_output=True,
        text=True,
        cwd=RACINE,
        env={**atelier.get_environnement(), "DJANGO_SETTINGS_MODULE": "quartiers.settings"},
    )
    if fini.returncode:
        raise Echec(f"{adresse} : {fini.stderr.strip()[-500:]}")
    return sortie.read_text(encoding="utf-8")


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
