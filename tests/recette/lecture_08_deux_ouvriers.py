"""Lecture 8. Two workers on one base: what enters is on the other's next page, on SQLite and on PostgreSQL.

Three workers in fact: a server of one process, another of two. The delay that an entry adds to the next page is
measured against the same page unchanged, and told whatever it is; a stale page fails.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from tests.recette import reel
from tests.recette.outils import RACINE, Atelier, Echec, expect, play
from tests.recette.serveur import PHRASE_DE_PASSE, create_compte, open_lecteur
from tests.site import Lecteur, Lu
from tests.suite.grappe import find_binaires, open_grappe

INDICATEUR = "e06-a1-educateurs-etp"
QUARTIER, QRR = "QC-FICTIF-TILLEULS", "QRR-13_2"
ENTREES = 5
RELECTURES = 6
OBJECTIF_MS = 50
DEMO = """
import datetime, pathlib, sys
import django
django.setup()
from django.utils import timezone
from quartiers.usecases.charger_demo import load_demo
list(load_demo(dossier=pathlib.Path(sys.argv[1]), saisi_le=timezone.now()))
"""


@dataclass(slots=True)
class Mesure:
    """Milliseconds of the same page, unchanged then just after an entry."""

    inchangee: list[float] = field(default_factory=list)
    suivante: list[float] = field(default_factory=list)

    @property
    def ajout(self) -> float:
        """What an entry adds to the next page; medians."""
        return median(self.suivante) - median(self.inchangee)

    def __str__(self) -> str:
        return (
            f"page inchangée {median(self.inchangee):.0f} ms, suivante {median(self.suivante):.0f} ms, "
            f"soit {self.ajout:+.0f} ms (médianes de {len(self.suivante)} ; P5 : {OBJECTIF_MS} ms au plus)"
        )


def main(atelier: Atelier) -> str:
    """The demonstration on both bases, then the nation on SQLite."""
    mesures = {}
    atelier.variables["QUARTIERS_BASE"] = f"sqlite:///{atelier.dossier / 'demo'}.sqlite3"
    mesures["SQLite"] = show_demo(atelier)
    binaires = find_binaires()
    if binaires is None and os.environ.get("CI"):
        raise Echec("PostgreSQL absent : rien n'en est montré")
    if binaires is not None:
        with open_grappe(binaires) as adresse:
            atelier.variables["QUARTIERS_BASE"] = adresse
            atelier.quartiers("migrer")
            mesures["PostgreSQL"] = show_demo(atelier)
    mesures["la nation (SQLite)"] = show_nation(atelier.dossier / "nation")
    for nom, mesure in mesures.items():
        atelier.note(f"{nom} : {mesure}")
        if mesure.ajout > OBJECTIF_MS:
            atelier.note(f"OBJECTIF MANQUÉ ici : {nom}, {mesure.ajout:.0f} ms")
    bases = "SQLite et PostgreSQL" if binaires else "SQLite (PostgreSQL absent : NON MONTRÉ)"
    ajouts = ", ".join(f"{nom} {mesure.ajout:+.0f} ms" for nom, mesure in mesures.items())
    return (
        f"{ENTREES} entrées par base, chacune sur la page suivante de trois ouvriers, {bases} ; "
        f"délai ajouté : {ajouts}"
    )


def show_demo(atelier: Atelier) -> Mesure:
    """The invented département: the page of one quartier."""
    atelier.quartiers("sources")  # makes the base when it is absent
    fini = subprocess.run(
        [sys.executable, "-c", DEMO, str(RACINE / "data" / "demo")],
        check=False,
        capture_output=True,
        text=True,
        cwd=RACINE,
        env={**atelier.get_environnement(), "DJANGO_SETTINGS_MODULE": "quartiers.settings"},
    )
    expect(fini.returncode == 0, f"démonstration : {fini.stderr.strip()[-500:]}")
    return follow(atelier, "DEP-00", QUARTIER, f"/preuves/{QUARTIER}/{INDICATEUR}/")


def show_nation(dossier: Path) -> Mesure:
    """62 QRR and every commune of France: the page of the nation, and the proof of one quartier.

    In the ordinary base of an atelier of its own: the imports of other programs serve it.
    """
    dossier.mkdir()
    atelier = Atelier(dossier)
    reel.load_cog(atelier)
    reel.load_qrr(atelier)
    reel.load_france_services(atelier)
    return follow(atelier, "FR", QRR, f"/preuves/{QRR}/{INDICATEUR}/", mesuree="/territoires/FR/")


def follow(
    atelier: Atelier, territoire: str, quartier: str, preuve: str, mesuree: str = ""
) -> Mesure:
    """Entries one by one: each must be on the next page of every worker. `mesuree`: the page timed, else the proof."""
    role = "task_force" if territoire == "FR" else "prefet"
    create_compte(atelier, "lecteur", role, territoire)
    mesure = Mesure()
    with open_lecteur(atelier) as seul, open_lecteur(atelier, processus=2) as double:
        seul.sign_in("lecteur", PHRASE_DE_PASSE)
        double.cookies = seul.cookies  # one base, one key: the same session
        for rang in range(1, ENTREES + 1):
            valeur = f"{rang},{rang}7"
            avant = [read(seul, mesuree or preuve) for _ in range(4)][1:]
            mesure.inchangee += [lu.duree_ms for lu in avant]
            ancienne = read(seul, preuve)
            expect(valeur not in ancienne.texte, f"« {valeur} » est déjà sur la page")
            for _ in range(RELECTURES):
                double.renew()
                read(double, preuve)
            enter(atelier, quartier, valeur)
            suivante = read(seul, mesuree or preuve, etag=avant[-1].entetes["etag"])
            mesure.suivante.append(suivante.duree_ms)
            check_neuve(seul, preuve, valeur)
            for _ in range(RELECTURES):
                double.renew()
                check_neuve(double, preuve, valeur)
    return mesure


def read(lecteur: Lecteur, adresse: str, etag: str = "") -> Lu:
    """A page that must be given; `etag`: of the copy that the reader holds."""
    lu = lecteur.read(adresse, {"If-None-Match": etag} if etag else None)
    expect(lu.code == 200, f"{adresse} : {lu.code}")
    return lu


def check_neuve(lecteur: Lecteur, adresse: str, valeur: str) -> None:
    """The page shows the entry."""
    page = read(lecteur, adresse).texte
    expect(valeur in page, f"{adresse} : l'entrée « {valeur} » n'est pas sur la page suivante")


def enter(atelier: Atelier, quartier: str, valeur: str) -> None:
    """One relevé, known today, through the door that the application has."""
    fichier = reel.write_csv(
        atelier,
        "releves.csv",
        "indicateur;territoire;date;valeur;source;cle\n"
        f"{INDICATEUR};{quartier};2026-10-01;{valeur};recette;deux-ouvriers",
    )
    atelier.quartiers("importer", "releves", fichier)


if __name__ == "__main__":
    play(main)
