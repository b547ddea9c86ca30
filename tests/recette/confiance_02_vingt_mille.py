"""Confiance 2. Twenty thousand lines by the web: time, memory, other pages; a million by the command, beside django-import-export."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

from tests.recette.base_demo import CADRE, GESTES
from tests.recette.ecriture_07_million import write_fichier
from tests.recette.envoi_joue import (
    apply_essai,
    measure,
    read_memoire,
    reading,
    try_fichier,
)
from tests.recette.outils import RACINE, Atelier, Echec, expect, play
from tests.recette.serveur import PHRASE_DE_PASSE, create_compte, serve_atelier
from tests.site import Lecteur, Lu
from tests.suite.taille import is_entiere

LIGNES = 20_000
MILLION, COMPAREES = 1_000_000, 10_000
INDICATEURS = ("e06-a1-educateurs-etp", "e05-a2-montant")
ICI = "QC-FICTIF-TILLEULS"
PAGE = f"/quartiers/{ICI}/"
SECONDES_AU_PLUS = 120
MEMOIRE_AU_PLUS = 900
PIRE_AU_PLUS_MS = 5_000
DEBUT = date(2021, 1, 1)


def main(atelier: Atelier) -> str:
    """A base of the invented département, served by one process; somebody else reads and somebody else declares."""
    load_cadre(atelier)
    for nom in ("service", "lectrice"):
        create_compte(atelier, nom, "sous_prefet_ville", "DEP-00")
    dits = []
    with serve_atelier(atelier, "serveur", "--processus", "1") as site:
        service, lectrice = (open_lecteur(site, nom) for nom in ("service", "lectrice"))
        avant = [lectrice.read(PAGE).duree_ms for _ in range(10)][-1]
        dits.append(play_web(atelier, site, service, lectrice))
        atelier.note(f"la page, avant : {avant:.0f} ms")
    if is_entiere():
        dits.append(play_million(atelier))
        dits.append(compare_bibliotheque(atelier))
    atelier.quartiers("verifier")
    return " ; ".join(dits)


def load_cadre(atelier: Atelier) -> None:
    """The territoires of the invented département."""
    for genre, nom in (*GESTES, ("quartiers", "quartiers.csv")):
        atelier.quartiers("importer", genre, str(CADRE / nom), "--connu-le", "2026-01-15")


def open_lecteur(site: str, nom: str) -> Lecteur:
    """Signed in, with its second factor."""
    lecteur = Lecteur(site)
    lecteur.sign_in(nom, PHRASE_DE_PASSE)
    return lecteur


def list_quartiers() -> list[str]:
    """The codes of the invented quartiers."""
    lignes = (CADRE / "quartiers.csv").read_text(encoding="utf-8").splitlines()
    return [ligne.split(";")[0] for ligne in lignes[1:] if ligne]


def make_csv(nombre: int, pas: int = 0) -> bytes:
    """So many values, each of a cell and a day of its own; `pas`: what is added to each."""
    quartiers = list_quartiers()
    cellules = [(i, q) for i in INDICATEURS for q in quartiers]
    lignes = ["indicateur;territoire;date;valeur"]
    for rang in range(nombre):
        indicateur, quartier = cellules[rang % len(cellules)]
        jour = DEBUT + timedelta(days=rang // len(cellules))
        lignes.append(f"{indicateur};{quartier};{jour};{20 + rang % 9 + pas}")
    return "\n".join([*lignes, ""]).encode()


def play_web(atelier: Atelier, site: str, service: Lecteur, lectrice: Lecteur) -> str:
    """Tried, read, applied; corrected once more: each in so many seconds, and what the others waited for."""
    repos = read_memoire(site)
    pires, phrases = [], []
    for quoi, pas, attendu in (("neuves", 0, "nouvelle"), ("corrigées", 1, "corrigée")):
        octets = make_csv(LIGNES, pas)
        with reading(lectrice, PAGE) as autres:
            essai, s_essai = measure(lambda o=octets: try_fichier(service, "envoi.csv", o))  # type: ignore[misc]
            adresse = follow(essai)
            page = service.read(adresse).texte
            expect(
                f"{LIGNES // 1000}\u202f000" in page and attendu in page,
                f"{quoi} : l’essai n’est pas entier",
            )
            fait, s_fait = measure(lambda a=adresse: apply_essai(service, a))  # type: ignore[misc]
            expect(
                follow(fait) == adresse, f"{quoi} : appliqué mène à {fait.entetes.get('location')}"
            )
        expect("Import appliqué" in service.read(adresse).texte, f"{quoi} : pas appliqué")
        expect(not autres.ratees, f"{quoi} : réponses {set(autres.ratees)} pendant l’import")
        if is_entiere():  # a neighbour of the small size slows everything down
            expect(
                autres.pire < PIRE_AU_PLUS_MS, f"{quoi} : une page a attendu {autres.pire:.0f} ms"
            )
            expect(
                s_essai < SECONDES_AU_PLUS and s_fait < SECONDES_AU_PLUS,
                f"{quoi} : {s_essai:.0f} s, {s_fait:.0f} s",
            )
        pires.append(autres.pire)
        atelier.note(
            f"{LIGNES} {quoi} : essai {s_essai:.1f} s, application {s_fait:.1f} s ; {len(autres.durees)} pages lues "
            f"pendant ce temps, médiane {autres.p50:.0f} ms, pire {autres.pire:.0f} ms"
        )
        phrases.append(f"{quoi} {s_essai:.0f} s d’essai et {s_fait:.0f} s d’application")
    memoire = read_memoire(site)
    atelier.note(f"mémoire du processus : {repos} Mio au repos, {memoire} Mio au plus")
    expect(memoire < MEMOIRE_AU_PLUS, f"{memoire} Mio")
    refus = try_fichier(service, "trop.csv", make_csv(LIGNES + 1))
    expect(
        "par commande" in service.read(follow(refus)).texte, "20 001 lignes ne sont pas refusées"
    )
    return (
        f"{LIGNES} lignes par le web : {', '.join(phrases)} ; {memoire} Mio au plus ({repos} au repos) ; "
        f"les autres pages attendent {max(pires):.0f} ms au pire ; une de plus est refusée"
    )


def follow(lu: Lu) -> str:
    """Where an answer leads."""
    if lu.code != 302:
        fautes = re.findall(r'class="faute"[^>]*>([^<]*)', lu.texte)
        raise Echec(f"{lu.adresse} : {lu.code} {fautes}")
    return lu.entetes["location"]


def play_million(atelier: Atelier) -> str:
    """By the command, each line with its key: accepted + set aside = read."""
    ici, nombre = open_atelier(atelier, "million"), MILLION
    fichier = write_fichier(ici.dossier / "million.csv", list_quartiers(), nombre)
    dit, secondes = measure(lambda: take(ici, fichier))
    nombres = r"([\d\u202f\u00a0 ]+)"
    trouve = re.search(rf"{nombres} lues, {nombres} gardées, {nombres} écartées?", dit)
    if trouve is None:
        raise Echec(f"la commande ne compte pas : {dit[-300:]}")
    lues, gardees, ecartees = (int(re.sub(r"\D", "", texte)) for texte in trouve.groups())
    expect(
        lues == gardees + ecartees == nombre, f"{lues} lues, {gardees} gardées, {ecartees} écartées"
    )
    return (
        f"{nombre} lignes par commande : {gardees} gardées + {ecartees} écartées = lues, "
        f"{nombre / secondes:.0f} lignes par seconde"
    )


def open_atelier(atelier: Atelier, nom: str) -> Atelier:
    """A base of its own, that holds the invented département and nothing else."""
    ici = Atelier(atelier.dossier / nom)
    ici.dossier.mkdir()
    load_cadre(ici)
    return ici


def take(ici: Atelier, fichier: Path) -> str:
    """Import a file of relevés; what the command says."""
    options = ("--connu-le", "2026-11-01")
    return ici.quartiers("importer", "releves", str(fichier), *options, delai=7200)


def compare_bibliotheque(atelier: Atelier) -> str:
    """The same ten thousand lines, here by the command and by django-import-export in bulk, each in a new base."""
    ici = open_atelier(atelier, "compare")
    fichier = ici.dossier / "compare.csv"
    fichier.write_bytes(make_csv(COMPAREES))
    _, notre = measure(lambda: take(ici, fichier))
    autre = play_autre(ici, fichier)
    atelier.note(f"{COMPAREES} lignes : ici {notre:.1f} s, django-import-export {autre:.1f} s")
    return f"{COMPAREES} lignes : {notre / autre:.2f} fois le temps de django-import-export"


def play_autre(ici: Atelier, fichier: Path) -> float:
    """Its seconds, in a process of its own, the start of which is not counted; ours is."""
    fini = subprocess.run(
        [sys.executable, "-m", "tests.recette.import_export", str(fichier), str(ici.dossier / "autre.sqlite3")],
        check=False, capture_output=True, text=True, cwd=RACINE,
    )  # fmt: skip
    expect(fini.returncode == 0, fini.stderr[-500:])
    return float(json.loads(fini.stdout.splitlines()[-1])["secondes"])


if __name__ == "__main__":
    play(main)
