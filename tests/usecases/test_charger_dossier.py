"""The dossier of the base: the same tableau as a folder of the same files, few queries, never stale."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quartiers.core.anomalie import DonneesRefusees
from quartiers.core.composition import compose_vue
from quartiers.core.dossier import Dossier
from quartiers.core.vue import Vue
from quartiers.reports.tableau_json import render_tableau
from quartiers.usecases.charger_contexte import load_referentiel
from quartiers.usecases.charger_demo import ORDRE_DES_GENRES
from quartiers.usecases.charger_dossier import forget_dossier, load_dossier
from quartiers.usecases.ecrire import Bilan, EcritureOuverte, Envoi, open_transaction
from quartiers.usecases.entrer_territoires import Arrivant, store_territoires
from quartiers.usecases.lire_dossier import read_dossier, read_territoires
from quartiers.usecases.rattacher import Parent
from tests.usecases.conftest import CONNU_LE, DEMO, Take, Write

pytestmark = pytest.mark.django_db
VAGUES = ("2026-01-15", "2026-04-10", "2026-07-08", "2026-10-12", "2026-11-20")
# Confirmations and stops speak of places that only a list knows; the law is of declared lines.
DE_LISTE = {"france-services", "arrets", "confirmations"}
FICHIERS = {genre: nom for genre, nom in ORDRE_DES_GENRES if nom.endswith(".csv")}
DECLARES = {genre: nom for genre, nom in FICHIERS.items() if genre not in DE_LISTE}
REQUETES = 19


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """The small files of the demonstration in one folder, each line with its day of knowledge."""
    (tmp_path / "territoires.csv").write_text(
        "code;nom;genre;parents\n"
        "FR;France;nation;\nREG-00;Brumes;region;FR\nDEP-00;Val-de-Brume;departement;REG-00\n"
        "EPCI-999000011;CA;epci;\nEPCI-999000029;CC;epci;\n"
        + "".join(
            f"COM-0000{n};Commune {n};commune;EPCI-9990000{11 if n in {1, 3, 6, 8} else 29} DEP-00\n"
            for n in range(1, 9)
        )
        + "".join(
            f"QN{n:05d}{lettre};QPV {n};qpv;COM-0000{1 + n % 5} DEP-00\n"
            for n, lettre in enumerate("NMIMNMMIMMNM", start=1)
        )
        + "QRR-00_1;QRR 1;qrr;COM-00004 DEP-00\nQRR-00_2;QRR 2;qrr;COM-00003 DEP-00\n",
        encoding="utf-8",
    )
    for genre, nom in DECLARES.items():
        lignes: list[dict[str, str]] = []
        for vague in VAGUES:
            fichier = DEMO / vague / nom
            if fichier.exists():
                texte = fichier.read_text(encoding="utf-8").splitlines()
                lignes += [{**x, "connu_le": vague} for x in csv.DictReader(texte, delimiter=";")]
        colonnes = dict.fromkeys(colonne for ligne in lignes for colonne in ligne)
        with (tmp_path / f"{genre}.csv").open("w", encoding="utf-8") as ecrit:
            ecrivain = csv.DictWriter(ecrit, list(colonnes), restval="", delimiter=";")
            ecrivain.writeheader()
            ecrivain.writerows(lignes)
    return tmp_path


def store_folder(dossier: Path, take: Take, write: Write) -> None:
    """The same territoires and the same lines through the imports, day after day."""
    envoi = Envoi(
        "essai", "territoires.csv", "0" * 64, None, date(2026, 1, 1),
        datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Europe/Paris")),
    )  # fmt: skip
    arrivants = [
        Arrivant(t.code, t.nom, t.genre.value, tuple(map(Parent, t.parents)), 1)
        for t in read_territoires(dossier / "territoires.csv").values()
    ]
    with open_transaction():
        ecriture = EcritureOuverte(envoi)
        store_territoires(ecriture, arrivants)
        ecriture.close(Bilan())
    for vague in VAGUES:
        for genre, nom in DECLARES.items():
            if (DEMO / vague / nom).exists():
                take(genre, DEMO / vague / nom, date.fromisoformat(vague))


def show(dossier: Dossier, code: str, connu_le: date) -> object:
    """A tableau as plain values, without what names the state of the data."""
    tableau = render_tableau(compose_vue(Vue(dossier, CONNU_LE, connu_le), code))
    return strip(tableau)


def strip(valeur: object) -> object:
    """The same without digests, keys invented from ranks, and the version of the data."""
    if isinstance(valeur, dict):
        return {c: strip(v) for c, v in valeur.items() if c not in {"empreinte", "donnees_version", "archive"}}  # fmt: skip
    return [strip(v) for v in valeur] if isinstance(valeur, list) else valeur


def sort_lignes(valeur: object) -> object:
    """Lines bear other numbers in one long file than in five."""
    if isinstance(valeur, dict):
        return {c: sort_lignes(v) for c, v in valeur.items() if c not in {"ligne", "cle"}}
    return [sort_lignes(v) for v in valeur] if isinstance(valeur, list) else valeur


@pytest.mark.parametrize("connu_le", [date.fromisoformat(vague) for vague in VAGUES])
def test_la_base_et_le_dossier_donnent_le_meme_tableau(
    dossier: Path, take: Take, write: Write, connu_le: date
) -> None:
    store_folder(dossier, take, write)
    de_la_base = load_dossier()
    du_dossier = read_dossier(dossier, load_referentiel())
    assert du_dossier.calendriers == de_la_base.calendriers
    assert len(du_dossier.registres) > 1000
    assert du_dossier.registres.keys() == de_la_base.registres.keys()
    for code in ("QC-FICTIF-TILLEULS", "QC-FICTIF-VERRIERS", "QC-FICTIF-ECLUSES", "DEP-00"):
        attendu = sort_lignes(show(de_la_base, code, connu_le))
        assert sort_lignes(show(du_dossier, code, connu_le)) == attendu


def test_le_dossier_dit_tous_ses_defauts(dossier: Path) -> None:
    for nom in ("releves", "cibles"):
        with (dossier / f"{nom}.csv").open("a", encoding="utf-8") as fichier:
            fichier.write("zut;QC-FICTIF-TILLEULS;>=" + ";" * 8 + "2026-01-15\n")
    with pytest.raises(DonneesRefusees) as refus:
        read_dossier(dossier, load_referentiel())
    assert {a.fichier for a in refus.value.anomalies} == {"releves.csv", "cibles.csv"}


def test_un_fichier_sans_ligne_est_refuse_comme_a_l_import(dossier: Path) -> None:
    (dossier / "confirmations.csv").write_text(
        "indicateur;territoire;lieu;date;motif;par\n", encoding="utf-8"
    )
    with pytest.raises(
        DonneesRefusees, match=r"confirmations\.csv : .*aucune ligne sous l’en-tête"
    ):
        read_dossier(dossier, load_referentiel())


def test_une_ligne_sans_jour_de_connaissance_est_refusee(dossier: Path, write: Write) -> None:
    (dossier / "releves.csv").write_text(
        "indicateur;territoire;date;valeur\ne03-a1-france-services;QRR-00_1;2026-01-01;1\n",
        encoding="utf-8",
    )
    with pytest.raises(DonneesRefusees, match="jour de connaissance absent"):
        read_dossier(dossier, load_referentiel())
    lu = read_dossier(dossier, load_referentiel(), date(2026, 2, 1))
    assert [r.connu_le for r in lu.releves] == [date(2026, 2, 1)]


@pytest.mark.parametrize(
    ("ligne", "raison"),
    [
        ("QRR-00_1;Encore;qrr;DEP-00", "déjà à la ligne"),
        ("QRR-00_9;Neuf;qrrr;DEP-00", "genre"),
        ("QRR-00_9;Neuf;qrr;DEP-09", "le plus proche"),
    ],
)
def test_territoires_refuses(dossier: Path, ligne: str, raison: str) -> None:
    with (dossier / "territoires.csv").open("a", encoding="utf-8") as fichier:
        fichier.write(f"{ligne}\n")
    with pytest.raises(DonneesRefusees, match=raison):
        read_dossier(dossier, load_referentiel())


def test_peu_de_requetes_et_aucune_par_ligne(listes: None, take: Take) -> None:
    with CaptureQueriesContext(connection) as avant:
        load_dossier()
    take("releves", DEMO / "2026-01-15" / "releves.csv", date(2026, 1, 15))
    take("cibles", DEMO / "2026-01-15" / "cibles.csv", date(2026, 1, 15))
    forget_dossier()
    with CaptureQueriesContext(connection) as apres:
        load_dossier()
    assert len(apres) == len(avant) <= REQUETES


def test_une_requete_suffit_quand_rien_n_a_change(cadre: None) -> None:
    premier = load_dossier()
    with CaptureQueriesContext(connection) as requetes:
        assert load_dossier() is premier
    assert len(requetes) == 1


def test_un_import_se_voit_au_regard_suivant(cadre: None, take: Take) -> None:
    avant = load_dossier()
    take("releves", DEMO / "2026-01-15" / "releves.csv", date(2026, 1, 15), a_blanc=True)
    assert load_dossier() is avant
    take("releves", DEMO / "2026-01-15" / "releves.csv", date(2026, 1, 15))
    apres = load_dossier()
    assert (len(avant.releves), len(apres.releves)) == (0, 42)
    assert avant.version != apres.version


def test_une_base_vide_donne_un_dossier_vide() -> None:
    assert len(load_dossier().territoires) == 0
