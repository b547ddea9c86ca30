"""`importer`, `sources`, `verifier`, `compte creer`: exit codes, French sentences, the report."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from quartiers.storage.models import Importation, Mandat, Releve
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
        "à blanc, il y aurait 283 nouvelles, 0 corrigée, 0 retirée, 0 inchangée, 0 écartée."
        in capsys.readouterr().out
    )
    assert not Releve.objects.exists()
    assert call("importer", "releves", releves) == 0
    assert (
        ": 283 nouvelles, 0 corrigée, 0 retirée, 0 inchangée, 0 écartée." in capsys.readouterr().out
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
    assert not Importation.objects.exists()


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
    assert all(ligne.startswith("bien") for ligne in sortie)
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
