"""Bad input: refused with file, line, column and reason; every fault told; nothing stored."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from quartiers.core.anomalie import DonneesRefusees
from quartiers.storage.models import Ecriture, Enregistrement, Releve
from quartiers.usecases.importer import ResultatImport, import_fichier

PROGRAMME = Path(__file__).resolve().parents[1] / "programmes" / "charte-rurale"
SAISI_LE = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Europe/Paris"))
CONNU_LE = date(2026, 11, 20)
ENTETE = "indicateur;territoire;date;valeur;numerateur;denominateur;jalon;source;declarant;commentaire;cle"
AVEC_RETRAIT = f"{ENTETE};retrait"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _charte(monkeypatch: pytest.MonkeyPatch) -> None:
    """The small programme and its territoires."""
    monkeypatch.setitem(os.environ, "QUARTIERS_REFERENTIEL", str(PROGRAMME))
    for envoi in ("cog", "quartiers.csv"):
        take("quartiers" if "." in envoi else envoi, PROGRAMME / "donnees" / envoi)


def take(
    genre: str, chemin: Path, *, a_blanc: bool = False, connu_le: date = CONNU_LE
) -> ResultatImport:
    """One import."""
    return import_fichier(
        genre=genre, chemin=chemin, connu_le=connu_le, saisi_le=SAISI_LE, a_blanc=a_blanc
    )


def write(dossier: Path, texte: str, encodage: str = "utf-8") -> Path:
    """A file of one test."""
    chemin = dossier / "essai.csv"
    chemin.write_bytes(texte.encode(encodage))
    return chemin


def fill(ligne: str) -> str:
    """The line with every cell of the whole header."""
    return ligne + ";" * (AVEC_RETRAIT.count(";") - ligne.count(";"))


REFUS = [
    ("m-1-1-service-ouvert;QC-VALLON;2026-11-21;1;;;;;;;", "date", "après le jour où il est connu"),
    ("m-1-1-service-ouvert;QC-VALLON;2026-02-30;1;;;;;;;", "date", "2026-02-30"),
    ("m-1-1-service-ouvert;QC-VALLON;bientôt;1;;;;;;;", "date", "n’est pas une date"),
    ("m-1-1-service-ouvert;QC-VALLON;2026-11-01;12O;;;;;;;", "valeur", "12O"),
    ("m-1-1-service-ouvert;QC-VALLON;2026-11-01;NaN;;;;;;;", "valeur", "NaN"),
    ("m-1-1-service-ouvert;QC-VALLON;2026-11-01;-1;;;;;;;", "valeur", "négatif"),
    ("m-1-1-service-ouvert;QC-VALLON;2026-11-01;1,5;;;;;;;", "valeur", "entier"),
    ("m-1-1-service-ouvert;QC-VALLON;2026-11-01;;;;;;;;", "valeur", "aucune valeur"),
    ("m-1-1-service-ouver;QC-VALLON;2026-11-01;1;;;;;;;", "indicateur", "m-1-1-service-ouvert"),
    ("m-1-1-service-ouvert;QC-VALON;2026-11-01;1;;;;;;;", "territoire", "QC-VALLON"),
    ("m-1-1-service-ouvert;DEP-00;2026-11-01;1;;;;;;;", "territoire", "niveau"),
    (
        "m-1-2-foyers-raccordes;QC-VALLON;2026-11-01;;10;5;;;;;",
        "numerateur",
        "plus grand que le dénominateur",
    ),
    ("m-1-2-foyers-raccordes;QC-VALLON;2026-11-01;;10;;;;;;", "numerateur", "vont ensemble"),
    ("m-1-2-foyers-raccordes;QC-VALLON;2026-11-01;101;;;;;;;", "valeur", "100"),
    ("m-2-3-maison;DEP-00;2026-11-01;;;;9;;;;", "jalon", "échelle"),
    ("m-1-1-service-ouvert;QC-VALLON;2026-11-01;;;;1;;;;", "jalon", "étapes"),
    ("m-1-1-service-ouvert;QC-VALLON;2026-11-01;;;;;;;;jamais-vue", "valeur", "aucune valeur :"),
    ("m-1-1-service-ouvert;QC-VALLON;2026-11-01;;;;;;;;jamais-vue;oui", "cle", "inconnue"),
    ("m-1-1-service-ouvert;QC-VALLON;2026-11-01;;;;;mairie;;;;oui", "retrait", "inconnue"),
    ("m-1-1-service-ouvert;QC-VALLON;2026-11-01;1;;;;;;;;oui", "retrait", "ne porte pas de valeur"),
    ("m-1-1-service-ouvert;QC-VALLON;2026-11-01;1;;;;;;;;o", "retrait", "« oui »"),
    (f"m-1-1-service-ouvert;QC-VALLON;2026-11-01;1;;;;{'x' * 201};;;", "source", "200 caractères"),
]


@pytest.mark.parametrize(
    ("ligne", "colonne", "raison"), REFUS, ids=[raison for _, _, raison in REFUS]
)
def test_releve_refuse_avec_sa_place(tmp_path: Path, ligne: str, colonne: str, raison: str) -> None:
    bonne = "m-1-1-service-ouvert;QC-PLATEAU;2026-11-01;1;;;;;;;"
    with pytest.raises(DonneesRefusees) as refus:
        take("releves", write(tmp_path, f"{AVEC_RETRAIT}\n{fill(bonne)}\n{fill(ligne)}\n"))
    anomalie = refus.value.anomalies[0]
    assert (anomalie.fichier, anomalie.ligne, anomalie.colonne) == ("essai.csv", 3, colonne)
    assert raison in anomalie.raison
    assert not Releve.objects.exists()
    assert not Ecriture.objects.filter(genre="releves").exists()


def test_toutes_les_fautes_sont_dites(tmp_path: Path) -> None:
    with pytest.raises(DonneesRefusees) as refus:
        take(
            "releves",
            write(
                tmp_path, "\n".join([AVEC_RETRAIT, *(fill(ligne) for ligne, _, _ in REFUS)]) + "\n"
            ),
        )
    assert {anomalie.ligne for anomalie in refus.value.anomalies} >= set(range(2, len(REFUS) + 2))


def test_deux_lignes_contraires_sont_refusees_deux_identiques_lues_une_fois(tmp_path: Path) -> None:
    une, autre = (f"m-1-1-service-ouvert;QC-VALLON;2026-11-01;{n};;;;;;;" for n in (1, 2))
    with pytest.raises(DonneesRefusees, match="ligne 2"):
        take("releves", write(tmp_path, f"{ENTETE}\n{une}\n{autre}\n"))
    assert take("releves", write(tmp_path, f"{ENTETE}\n{une}\n{une}\n")).ajoutees == 1


@pytest.mark.parametrize("encodage", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separateur", [";", ",", "\t"])
def test_lu_quand_il_n_y_a_pas_de_doute(tmp_path: Path, encodage: str, separateur: str) -> None:
    texte = f'{ENTETE}\r\nm-1-2-foyers-raccordes;QC-VALLON;01/11/2026;"82,5";;;;préfète;;;\r\n'
    take("releves", write(tmp_path, texte.replace(";", separateur), encodage))
    releve = Releve.objects.get()
    assert (str(releve.valeur), releve.date, releve.source) == (
        "82.500000",
        date(2026, 11, 1),
        "préfète",
    )


def test_a_blanc_ne_garde_rien_et_le_meme_fichier_ne_change_rien(tmp_path: Path) -> None:
    fichier = write(tmp_path, f"{ENTETE}\nm-1-1-service-ouvert;QC-VALLON;2026-11-01;1;;;;;;;\n")
    assert take("releves", fichier, a_blanc=True).ajoutees == 1
    assert not Releve.objects.exists()
    assert take("releves", fichier).ajoutees == 1
    assert take("releves", fichier).deja
    assert Releve.objects.count() == 1


CIBLES = "indicateur;territoire;operateur;valeur;echeance;base;base_date;base_source;origine;effet"
CIBLES_REFUSEES = [
    ("m-1-1-service-ouvert;QC-VALLON;<=;1;;;;;;", "operateur"),
    ("m-2-1-volontaires;QC-VALLON;>=;17;2026-08-31;8;;;;", "valeur"),
    ("m-2-1-volontaires;QC-VALLON;>=;;;8;;;;", "echeance"),
    ("m-2-1-volontaires;QC-VALLON;>=;;2026-08-31;;;;;", "base"),
    ("m-1-1-service-ouvert;QC-VALLON;>=;;;;;;;", "valeur"),
    ("m-1-1-service-ouvert;QC-VALLON;>=;1;;;;;décret;", "origine"),
]


@pytest.mark.parametrize(
    ("ligne", "colonne"), CIBLES_REFUSEES, ids=[ligne for ligne, _ in CIBLES_REFUSEES]
)
def test_cible_refusee(tmp_path: Path, ligne: str, colonne: str) -> None:
    with pytest.raises(DonneesRefusees) as refus:
        take("cibles", write(tmp_path, f"{CIBLES}\n{ligne}\n"))
    assert (refus.value.anomalies[0].ligne, refus.value.anomalies[0].colonne) == (2, colonne)
    assert not Enregistrement.objects.filter(genre="cible").exists()


def test_colonne_absente_html_et_fichier_vide(tmp_path: Path) -> None:
    for texte, raison in (
        ("indicateur;territoir;date;valeur\n", "territoir"),
        (
            "indicateur;territoire;date;valeurs\nm-1-1-service-ouvert;QC-VALLON;2026-11-01;1\n",
            "valeurs",
        ),
        ("<!DOCTYPE html><html><body>Erreur 404</body></html>", "HTML"),
        ("", "vide"),
    ):
        with pytest.raises(DonneesRefusees, match=raison):
            take("releves", write(tmp_path, texte))
