"""`importer`, `sources`, `verifier`, `compte creer`: exit codes, French sentences, the report."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from quartiers.storage.models import Ecriture, Mandat, Releve
from tests.cli.conftest import call

DEMO = Path(__file__).resolve().parents[2] / "data" / "demo" / "2026-01-15"
pytestmark = pytest.mark.django_db
Sortie = pytest.CaptureFixture[str]


@pytest.fixture
def cadre(capsys: Sortie) -> None:
    """Territoires of the invented département, by the command itself."""
    for genre, nom in (("cog", "cog"), ("qpv", "qpv.geojson"), ("qrr", "qrr.geojson")):
        assert call("importer", genre, DEMO / nom) == 0
    assert call("importer", "quartiers", DEMO / "quartiers.csv") == 0
    capsys.readouterr()


def test_importer_dit_ce_qui_a_change(cadre: None, capsys: Sortie) -> None:
    releves = DEMO / "releves.csv"
    assert call("importer", "releves", releves, "--a-blanc") == 0
    assert (
        "à blanc, il y aurait 42 nouvelles, 0 corrigée, 0 retirée, 0 inchangée, 0 écartée."
        in capsys.readouterr().out
    )
    assert not Releve.objects.exists()
    assert call("importer", "releves", releves) == 0
    assert (
        ": 42 nouvelles, 0 corrigée, 0 retirée, 0 inchangée, 0 écartée." in capsys.readouterr().out
    )
    assert call("importer", "releves", releves) == 0
    assert "déjà importé, rien ne change" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("mots", "phrase"),
    [
        (("zut", DEMO / "releves.csv"), "genre inconnu : zut"),
        (("releves", DEMO / "absent.csv"), "n'existe pas"),
        (("releves", DEMO / "releves.csv", "--connu-le", "2100-01-01"), "pas encore venu"),
        (("releves", DEMO / "releves.csv", "--connu-le", "2026-02-30"), "n'existe pas"),
        (("france-services", DEMO / "releves.csv"), "--millesime"),
    ],
)
def test_un_appel_incorrect_sort_en_2(
    mots: tuple[object, ...], phrase: str, capsys: Sortie
) -> None:
    try:
        code = call("importer", *mots)
    except SystemExit as sortie:  # argparse stops by itself
        code = int(str(sortie.code))
    assert code == 2
    assert phrase in capsys.readouterr().err
    assert not Ecriture.objects.exists()


def test_un_refus_sort_en_1_ligne_par_ligne_et_dans_le_rapport(
    cadre: None, tmp_path: Path, capsys: Sortie
) -> None:
    fichier, rapport = tmp_path / "r.csv", tmp_path / "rapport.csv"
    fichier.write_text(
        "indicateur;territoire;date;valeur\n"
        "e03-a1-france-services;QRR-00_1;2026-01-01;-1\n"
        "e03-a1-france-services;=QRR;2026-01-01;1\n",
        encoding="utf-8",
    )
    assert call("importer", "releves", fichier, "--rapport", rapport) == 1
    erreurs = capsys.readouterr().err.splitlines()
    assert erreurs[0].startswith("r.csv, ligne 2, colonne « valeur » : ")
    assert erreurs[1].startswith("r.csv, ligne 3, colonne « territoire » : ")
    lignes = list(csv.reader(io.StringIO(rapport.read_text("utf-8-sig")), delimiter=";"))
    assert lignes[0] == ["genre", "fichier", "ligne", "colonne", "raison", "ancien", "nouveau"]
    assert [ligne[:4] for ligne in lignes[1:]] == [
        ["refus", "r.csv", "2", "valeur"],
        ["refus", "r.csv", "3", "territoire"],
    ]
    assert not Releve.objects.exists()


def test_le_rapport_dit_les_avis(cadre: None, tmp_path: Path) -> None:
    fichier, rapport = tmp_path / "=r.csv", tmp_path / "rapport.csv"
    fichier.write_text(
        "indicateur;territoire;date;valeur;couleur\n"
        "e03-a1-france-services;QRR-00_1;2026-01-01;1;bleu\n",
        encoding="utf-8",
    )
    assert call("importer", "releves", fichier, "--rapport", rapport) == 0
    (ligne,) = list(csv.DictReader(io.StringIO(rapport.read_text("utf-8-sig")), delimiter=";"))
    assert (ligne["genre"], ligne["colonne"]) == ("avis", "couleur")
    assert ligne["fichier"] == "'=r.csv", "un nom de fichier n'est pas une formule"


MONTANTS = "indicateur;territoire;date;valeur;source;cle;retrait\n"


def write_montants(dossier: Path, nom: str, *lignes: str) -> Path:
    """Amounts of one source."""
    fichier = dossier / nom
    fichier.write_text(
        MONTANTS + "".join(f"e05-a2-montant;{ligne}\n" for ligne in lignes), encoding="utf-8"
    )
    return fichier


def test_importer_dit_l_ancien_et_le_nouveau(cadre: None, tmp_path: Path, capsys: Sortie) -> None:
    """Printed, dry, in CSV and in JSON: the same counts, the same old → new."""
    un, deux, trois = "QC-FICTIF-TILLEULS", "QC-FICTIF-FONTAINE", "QC-FICTIF-BEAUREGARD"
    t2 = write_montants(
        tmp_path,
        "t2.csv",
        *(f"{q};2026-06-30;{v};=Enquête;T-0{v[0]};" for q, v in ((un, "15000"), (deux, "8000"))),
    )
    t3 = write_montants(
        tmp_path,
        "t3.csv",
        f"{un};2026-06-30;16000;=Enquête;T-01;",
        f"{deux};2026-06-30;;=Enquête;T-08;oui",
        f"{trois};2026-06-30;5;=Enquête;T-05;",
    )
    assert call("importer", "releves", t2) == 0
    capsys.readouterr()
    rapport, json_, csv_ = tmp_path / "a.json", tmp_path / "b.json", tmp_path / "c.csv"
    assert call("importer", "releves", t3, "--a-blanc", "--rapport", rapport) == 0
    dit = " ".join(capsys.readouterr().out.replace("\u202f", " ").split())
    comptes = "1 nouvelle, 1 corrigée, 1 retirée, 0 inchangée, 0 écartée."
    assert f"t3.csv : à blanc, il y aurait {comptes}" in dit
    assert "serait corrigée : ligne 2, T-01 : 15 000 → 16 000 €" in dit
    assert "serait retirée : ligne 3, T-08 : 8 000 €" in dit
    assert call("importer", "releves", t3, "--a-blanc", "--rapport", csv_) == 0
    capsys.readouterr()
    assert call("importer", "releves", t3, "--rapport", json_) == 0
    dit = " ".join(capsys.readouterr().out.replace("\u202f", " ").split())
    assert f"t3.csv : {comptes} corrigée : ligne 2, T-01 : 15 000 → 16 000 €" in dit
    blanc, lu = (json.loads(chemin.read_text("utf-8")) for chemin in (rapport, json_))
    assert (blanc.pop("a_blanc"), lu.pop("a_blanc")) == (True, False)
    assert blanc == lu
    assert [lu[n] for n in ("lues", "nouvelles", "corrigees", "retirees")] == [3, 1, 1, 1]
    assert [lu[n] for n in ("inchangees", "ecartees")] == [0, 0]
    lignes = list(csv.DictReader(io.StringIO(csv_.read_text("utf-8-sig")), delimiter=";"))
    dits = [(x["genre"], x["ligne"], x["raison"], x["ancien"], x["nouveau"]) for x in lignes]
    revisions = [(r["genre"], str(r["ligne"]), r["quoi"]) for r in lu["revisions"]]
    assert (
        [dit[:3] for dit in dits]
        == revisions
        == [("corrigée", "2", "T-01"), ("retirée", "3", "T-08")]
    )
    assert [dit[4].replace("\u202f", " ").replace("\u00a0", " ") for dit in dits] == [
        "16 000 €",
        "retirée",
    ]


def test_un_refus_s_ecrit_aussi_en_json(cadre: None, tmp_path: Path, capsys: Sortie) -> None:
    fichier, rapport = (
        write_montants(tmp_path, "r.csv", "nulle-part;2026-06-30;1;;;"),
        tmp_path / "r.json",
    )
    assert call("importer", "releves", fichier, "--rapport", rapport) == 1
    capsys.readouterr()
    dit = json.loads(rapport.read_text("utf-8"))
    assert dit["refuse"]
    assert (dit["anomalies"][0]["ligne"], dit["anomalies"][0]["colonne"]) == (2, "territoire")


def test_vingt_corrections_montrees_toutes_au_rapport(
    cadre: None, tmp_path: Path, capsys: Sortie
) -> None:
    def ecrire(valeur: int) -> Path:
        lignes = (f"QC-FICTIF-TILLEULS;2026-06-{j:02};{valeur};E;k{j};" for j in range(1, 26))
        return write_montants(tmp_path, f"r{valeur}.csv", *lignes)

    assert call("importer", "releves", ecrire(1)) == 0
    capsys.readouterr()
    rapport = tmp_path / "r.csv"
    assert call("importer", "releves", ecrire(2), "--rapport", rapport) == 0
    dit = capsys.readouterr().out
    assert dit.count("  corrigée : ") == 20
    assert "… et 5 de plus (corrigée) : --rapport pour tout voir" in dit
    assert rapport.read_text("utf-8-sig").count("corrigée;") == 25


def test_sources_dit_le_dernier_charge(cadre: None, capsys: Sortie) -> None:
    assert call("sources") == 0
    sortie = capsys.readouterr().out
    assert "qrr : Quartiers de reconquête républicaine" in sortie
    assert "dernier chargé : qrr.geojson" in sortie
    assert "dernier chargé : aucun" in sortie


def test_verifier_sort_en_1_quand_il_trouve(cadre: None, capsys: Sortie) -> None:
    assert call("verifier") == 0
    sortie = capsys.readouterr().out.splitlines()
    assert len(sortie) >= 15
    assert all(ligne.startswith("bien") for ligne in sortie[:-2])
    assert sortie[-2] == "tête    actes : n° 0, vide"
    assert sortie[-1].startswith("tête    ecritures : n° ")
    User.objects.create(username="seul")
    assert call("verifier") == 1
    assert "MAL     comptes actifs sans mandat : 1 (seul)" in capsys.readouterr().out


def type_mot_de_passe(monkeypatch: pytest.MonkeyPatch, mot_de_passe: str) -> None:
    """What someone types."""
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{mot_de_passe}\n"))


def test_compte_creer(cadre: None, capsys: Sortie, monkeypatch: pytest.MonkeyPatch) -> None:
    type_mot_de_passe(monkeypatch, "une phrase assez longue")
    options = ("--role", "prefet", "--territoire", "DEP-00", "--mot-de-passe-entree")
    assert call("compte", "creer", "prefet-00", *options) == 0
    assert "une phrase" not in capsys.readouterr().out
    assert User.objects.get(username="prefet-00").check_password("une phrase assez longue")
    assert Mandat.objects.get().territoire == "DEP-00"
    type_mot_de_passe(monkeypatch, "une phrase assez longue")
    assert call("compte", "creer", "prefet-00", *options) == 1
    assert "existe déjà" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "mot_de_passe", "code"),
    [
        (("--role", "prefet", "--territoire", "DEP-00"), "court", 1),
        (("--role", "prefet", "--territoire", "QRR-00_1"), "une phrase assez longue", 2),
        (("--role", "roi", "--territoire", "DEP-00"), "une phrase assez longue", 2),
        (("--role", "prefet"), "une phrase assez longue", 2),
    ],
)
def test_compte_refuse(
    cadre: None,
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...],
    mot_de_passe: str,
    code: int,
) -> None:
    type_mot_de_passe(monkeypatch, mot_de_passe)
    assert call("compte", "creer", "a", *options, "--mot-de-passe-entree") == code
    assert not User.objects.exists()


@pytest.mark.parametrize(("organisme", "code"), [("Régie de quartier", 0), (" ", 2)])
def test_compte_d_un_partenaire(
    cadre: None, capsys: Sortie, monkeypatch: pytest.MonkeyPatch, organisme: str, code: int
) -> None:
    type_mot_de_passe(monkeypatch, "une phrase assez longue")
    qui = ("--role", "association", "--organisme", organisme, "--mot-de-passe-entree")
    ou = ("--territoire", "QC-FICTIF-TILLEULS")
    assert call("compte", "creer", "regie", *qui, *ou) == code
    dit = capsys.readouterr().err
    assert ("agit au nom d’un organisme : dire lequel avec --organisme" in dit) is bool(code)
    assert list(Mandat.objects.values_list("organisme", flat=True)) == ([] if code else [organisme])


def test_un_lien_remplace_le_mot_de_passe(cadre: None, capsys: Sortie) -> None:
    options = ("--role", "prefet", "--territoire", "DEP-00", "--acte", "décret du 3 mars 2026")
    assert call("compte", "creer", "prefet-00", *options, "--invitation") == 0
    lien = capsys.readouterr().out.splitlines()[-1]
    assert re.fullmatch(r"/invitations/[\w-]{43}/", lien)
    assert Mandat.objects.get().acte == "décret du 3 mars 2026"
    assert call("compte", "inviter", "prefet-00") == 0
    assert capsys.readouterr().out.splitlines()[-1] != lien
    assert call("compte", "fermer", "prefet-00") == 0
    assert "fermé ; sessions fermées : 0, liens : 2." in capsys.readouterr().out
    assert call("compte", "inviter", "prefet-00") == 1
    assert "est fermé" in capsys.readouterr().err


def test_un_acte_trop_long_est_refuse(cadre: None, capsys: Sortie) -> None:
    options = ("--role", "prefet", "--territoire", "DEP-00", "--invitation", "--acte", "x" * 301)
    assert call("compte", "creer", "prefet-00", *options) == 1
    assert "dépasse 300 caractères" in capsys.readouterr().err
    assert not User.objects.exists()


def test_un_lien_suit_le_nom_tel_qu_il_est_garde(cadre: None, capsys: Sortie) -> None:
    options = ("--role", "prefet", "--territoire", "DEP-00", "--invitation")
    assert call("compte", "creer", "pref①", *options) == 0
    assert "« pref1 » créé" in capsys.readouterr().out


@pytest.mark.parametrize("verbe", ["inviter", "fermer"])
def test_un_compte_qui_n_existe_pas(cadre: None, capsys: Sortie, verbe: str) -> None:
    assert call("compte", verbe, "personne") == 1
    assert "aucun compte « personne »" in capsys.readouterr().err


def test_un_nom_de_fichier_ne_commande_pas_le_terminal(
    cadre: None, tmp_path: Path, capsys: Sortie
) -> None:
    hostile = tmp_path / "a\x1b[31m\nfaux.csv : 0 nouvelle\u202e.csv"
    hostile.write_bytes((DEMO / "releves.csv").read_bytes())
    assert call("importer", "releves", hostile, "--a-blanc") == 0
    dit = capsys.readouterr().out
    assert not {"\x1b", "\u202e"} & set(dit)
    assert not [ligne for ligne in dit.splitlines() if ligne.startswith("faux.csv")]
