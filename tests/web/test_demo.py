"""The demonstration: its files are what its scenario says, its base is its own, and all is said fictitious."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from quartiers.core.composition import compose_vue
from quartiers.core.comptage import is_comptant
from quartiers.core.constat import Constat
from quartiers.core.genres import GENRES_DE_FICHIER
from quartiers.core.genres.vacances import VacancesScolaires
from quartiers.core.referentiel import Indicateur
from quartiers.core.registre import EnregistrementRetenu
from quartiers.core.statut import Drapeau, Statut
from quartiers.core.vue import Vue
from quartiers.referentiel.charger import DOSSIER_PAR_DEFAUT, load_programme
from quartiers.usecases.charger_demo import VU_LE_DEMO, list_envois
from quartiers.usecases.charger_dossier import load_dossier
from quartiers.usecases.creer_comptes_demo import COMPTES
from tests.web.conftest import DEMO

RACINE = DEMO.parent.parent
LETTRES = {
    "A": Statut.ATTEINT, "T": Statut.ATTEINT, "Z": Statut.ATTEINT,
    "V": Statut.EN_BONNE_VOIE, "D": Statut.EN_BONNE_VOIE,
    "S": Statut.A_SURVEILLER, "B": Statut.A_SURVEILLER,
    "N": Statut.NON_ENGAGE, "R": Statut.EN_RETARD, "L": Statut.EN_RETARD,
    "E": Statut.ECHU_NON_ATTEINT, "C": Statut.SANS_CIBLE, "P": Statut.PERIME,
    "-": Statut.NON_RENSEIGNE, "O": Statut.SANS_OBJET,
}  # fmt: skip
DRAPEAU_DE_LETTRE = {
    "T": Drapeau.TARDIF,
    "Z": Drapeau.PERIODE_PRECEDENTE,
    "D": Drapeau.REDATE,
    "B": Drapeau.BASE_INCONNUE,
    "L": Drapeau.PERDU,
}
DU_CADRE = ("COM-0000", "EPCI-9990000", "DEP-00", "REG-00", "QRR-00_", "FR")
DERIVES = 120
AUSSI_NOURRIS = frozenset({"e03-a5-convention-lecture-publique", "e05-a1-domaines-couverts"})
"""What the records of another indicateur feed too: a Micro-Folie, an organisation that works."""
DIX = frozenset(Statut) - {Statut.DONNEES_INSUFFISANTES}


def read_scenario() -> list[dict[str, list[str]]]:
    scenario = tomllib.loads((DEMO / "scenario.toml").read_text(encoding="utf-8"))
    return list(scenario["quartier"])


def test_each_letter_of_the_scenario_is_what_the_product_computes(demo: None) -> None:
    vue = Vue(load_dossier(), VU_LE_DEMO, VU_LE_DEMO)
    ecarts = []
    comptees = 0
    for quartier in read_scenario():
        tableau = compose_vue(vue, str(quartier["code"]))
        for engagement, lettres in zip(tableau.engagements, quartier["lettres"], strict=True):
            for action, lettre in zip(engagement.actions, lettres, strict=True):
                if lettre == ".":
                    continue
                comptees += 1
                premier = action.indicateurs[0]
                assert isinstance(premier, Constat)
                if is_comptant(premier.indicateur):  # counted from the others, whatever its letter
                    continue
                drapeau = DRAPEAU_DE_LETTRE.get(lettre)
                if action.statut is not LETTRES[lettre] or (
                    drapeau is not None and drapeau not in premier.drapeaux
                ):
                    ecarts.append((quartier["code"], action.action.code, lettre, action.statut))
    assert ecarts == []
    assert comptees > 600


DES_LECTEURS = {Drapeau.SECRET, Drapeau.CONTESTE}
"""What a figure bears for some readers, or since one of them contested it: nobody did in the files."""


def test_it_shows_the_ten_statuts_and_every_flag(demo: None) -> None:
    vue = Vue(load_dossier(), VU_LE_DEMO, VU_LE_DEMO)
    statuts: set[Statut] = set()
    drapeaux: set[Drapeau] = set()
    for code in vue.list_attendus_de("DEP-00"):
        for engagement in compose_vue(vue, code).engagements:
            for action in engagement.actions:
                for constat in action.indicateurs:
                    assert isinstance(constat, Constat)
                    statuts.add(constat.statut)
                    drapeaux |= constat.drapeaux
    assert statuts == DIX
    assert drapeaux == set(Drapeau) - DES_LECTEURS


def test_services_are_where_the_map_puts_them(demo: None) -> None:
    """Near, closed, served by a stop, confirmed, contradicted: what a letter cannot decide."""
    vue = Vue(load_dossier(), VU_LE_DEMO, VU_LE_DEMO)
    indicateur = vue.dossier.referentiel.get_indicateur("e03-a1-france-services")
    assert indicateur is not None
    lus = {
        code.removeprefix("QC-FICTIF-"): vue.get_constat(indicateur, code)
        for code in vue.list_attendus_de("DEP-00")
    }
    assert {nom: c.statut for nom, c in lus.items()} == {
        "BEAUREGARD": Statut.ATTEINT,
        "BEL-AIR": Statut.ATTEINT,
        "CINQ-CHEMINS": Statut.ATTEINT,
        "ECLUSES": Statut.ATTEINT,
        "FONTAINE": Statut.NON_ENGAGE,
        "GRAND-PRE": Statut.EN_RETARD,
        "HAUTS-DE-LYS": Statut.ATTEINT,
        "HOUBLONNIERE": Statut.ATTEINT,
        "SAINT-ROCH": Statut.NON_ENGAGE,
        "TILLEULS": Statut.A_SURVEILLER,
        "VERRIERS": Statut.ATTEINT,
        "VIEUX-MOULIN": Statut.A_SURVEILLER,
    }
    assert Drapeau.DESACCORD in lus["BEAUREGARD"].drapeaux
    assert Drapeau.CONFIRME in lus["HAUTS-DE-LYS"].drapeaux
    assert Drapeau.PERDU in lus["GRAND-PRE"].drapeaux
    assert Drapeau.A_PROXIMITE in lus["TILLEULS"].drapeaux


def load_generateur() -> Any:
    sys.path.insert(0, str(DEMO))
    try:
        import generer  # type: ignore[import-not-found]
    finally:
        sys.path.remove(str(DEMO))
    return generer


def test_most_indicateurs_are_read_in_records(demo: None) -> None:
    """Their proof lists posts, sessions, conventions…; the others keep a bare relevé, or nothing."""
    vue = Vue(load_dossier(), VU_LE_DEMO, VU_LE_DEMO)
    territoires = [*vue.list_attendus_de("DEP-00"), *vue.territoires]
    lus: dict[str, set[str]] = {}
    for indicateur in vue.dossier.referentiel.list_indicateurs():
        for code in territoires:
            for fait in vue.get_constat(indicateur, code).faits:
                if isinstance(fait, EnregistrementRetenu):
                    lus.setdefault(indicateur.code, set()).add(fait.enregistrement.genre)
    assert len(lus) >= DERIVES
    assert set().union(*lus.values()) == GENRES_DE_FICHIER.keys() - {VacancesScolaires.GENRE}


def is_par_fenetre(indicateur: Indicateur) -> bool:
    """What it counts stops counting some months later: its value at the end is not that of its last date."""
    cles = {cle for d in indicateur.derivations for cle, _ in d.filtre}
    return not cles.isdisjoint({"fenetre_mois", "fenetre", "actif_mois"})


def test_records_say_the_values_that_the_scenario_wants(demo: None) -> None:
    """Cell by cell: the writers of the generator and the derivations are two hands."""
    vue = Vue(load_dossier(), VU_LE_DEMO, VU_LE_DEMO)
    livre = load_generateur().build_livre(vue.dossier.referentiel)
    ecarts = []
    comparees = 0
    for code, territoire in sorted(livre.dites):
        indicateur = vue.dossier.referentiel.get_indicateur(code)
        assert indicateur is not None
        if is_par_fenetre(indicateur) or code in AUSSI_NOURRIS:
            continue
        dessus, _, dessous = livre.releves[code, territoire][-1].valeur.partition("/")
        voulue = Fraction(100 * int(dessus), int(dessous)) if dessous else Fraction(dessus)
        comparees += 1
        lue = vue.get_constat(indicateur, territoire).valeur
        if lue != voulue:
            ecarts.append((code, territoire, voulue, lue))
    assert ecarts == []
    assert comparees > 600


def test_the_files_are_those_of_the_generator() -> None:
    """Same bytes at each run: nothing was retouched by hand, nothing depends on the day or the machine."""
    fichiers = load_generateur().generate(load_programme(DOSSIER_PAR_DEFAUT))
    ecrits = {
        str(f.relative_to(DEMO)): f.read_text(encoding="utf-8")
        for f in DEMO.rglob("*")
        if f.is_file() and f.relative_to(DEMO).parts[0].startswith("20")
    }
    assert sorted(ecrits) == sorted(fichiers)
    assert [nom for nom in ecrits if ecrits[nom] != fichiers[nom]] == []


def test_each_file_has_its_door_and_its_day() -> None:
    envois = list_envois(DEMO)
    chemins = {e.chemin for e in envois}
    restes = {
        f
        for f in DEMO.rglob("*")
        if f.is_file() and f.parent.name.startswith("20") and f not in chemins
    }
    assert restes == set()
    assert [e.connu_le for e in envois] == sorted(e.connu_le for e in envois)
    assert all(e.millesime for e in envois if e.genre == "france-services")


def test_it_can_be_taken_for_nothing_real(demo: None) -> None:
    dossier = load_dossier()
    territoires = dossier.territoires
    for code in ("DEP-00", "REG-00", "EPCI-999000011", "QRR-00_1"):
        assert "(fictif)" in territoires[code].nom
    assert all(q.code.startswith("QC-FICTIF-") for q in dossier.quartiers)
    for registre in dossier.registres.values():
        for apport in registre.apports:
            for ligne in apport.lignes:
                codes = {lien.territoire for lien in ligne.liens}
                assert all(code.startswith(("QC-FICTIF-", *DU_CADRE)) for code in codes), ligne
    assert all("fictif" in (r.preuve.source + r.preuve.libelle) for r in dossier.releves)
    assert all("fictif" in o.preuve.libelle or o.preuve.genre == "arret" for o in dossier.objets)


def run_demo(var: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """The command itself, in a process of its own."""
    propre = {k: v for k, v in os.environ.items() if not k.startswith(("QUARTIERS_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "quartiers", "demo", "--sans-serveur"],
        cwd=RACINE,
        env={**propre, "QUARTIERS_VAR": str(var), **env},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A var folder where the demonstration was made once."""
    dossier = tmp_path_factory.mktemp("var")
    faite = run_demo(dossier)
    assert faite.returncode == 0, faite.stderr
    assert "12 quartiers" in faite.stdout
    for mot in ("atteint : ", "échu, non atteint : ", "non renseigné : ", "sans objet : "):
        assert mot in faite.stdout
    return dossier


def test_its_base_is_never_another_one(var: Path, tmp_path: Path) -> None:
    autre = tmp_path / "vraie.sqlite3"
    sqlite3.connect(autre).execute("create table precieux (x)").connection.close()
    avant = autre.read_bytes()
    faite = run_demo(var, QUARTIERS_BASE=f"sqlite:///{autre}")
    assert faite.returncode == 0
    assert autre.read_bytes() == avant
    assert (var / "demo.sqlite3").exists()
    assert not (var / "quartiers.sqlite3").exists()


def test_a_second_start_keeps_it_and_a_change_rebuilds_it(var: Path) -> None:
    assert "Chargement" not in run_demo(var).stdout
    (var / "demo.empreinte").write_text("autre version", "ascii")
    refaite = run_demo(var)
    assert "Chargement" in refaite.stdout
    assert f"{len(COMPTES)} comptes" in refaite.stdout


def test_a_half_made_base_is_made_again(var: Path) -> None:
    """Stopped in the middle: no witness, so the next start begins anew."""
    (var / "demo.empreinte").unlink()
    (var / "demo.sqlite3").write_bytes(b"moitie d'une base")
    refaite = run_demo(var)
    assert refaite.returncode == 0, refaite.stderr
    assert "12 quartiers" in refaite.stdout
