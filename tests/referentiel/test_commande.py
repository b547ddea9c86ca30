"""`quartiers referentiel verifier`, `montrer` and `saisies`, as they are called."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from quartiers.cli.main import main
from quartiers.referentiel.charger import load_programme
from tests.referentiel.atelier import LIVRE, RURAL, copy_rural, replace_in


@pytest.fixture(autouse=True)
def _livre(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QUARTIERS_REFERENTIEL", raising=False)


def test_counts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["referentiel", "verifier"]) == 0
    sortie = capsys.readouterr().out
    assert "10 engagements, 17 objectifs, 63 actions, 150 indicateurs\n" in sortie


def test_another_folder_by_argument_or_by_variable(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    comptes = "3 axes, 4 ambitions, 8 mesures, 11 repères\n"
    assert main(["referentiel", "verifier", str(RURAL)]) == 0
    assert comptes in capsys.readouterr().out
    monkeypatch.setenv("QUARTIERS_REFERENTIEL", str(RURAL))
    assert main(["referentiel", "verifier"]) == 0
    assert comptes in capsys.readouterr().out
    assert main(["referentiel", "verifier", str(LIVRE)]) == 0
    assert "63 actions" in capsys.readouterr().out


def test_defects_one_per_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dossier = copy_rural(tmp_path)
    replace_in(dossier, "axe-1-services.toml", 'sens = "hausse"', 'sens = "biais"')
    replace_in(dossier, "axe-3-conduite.toml", 'Signer la charte"', 'Signer la chartre"')
    assert main(["referentiel", "verifier", str(dossier)]) == 1
    sortie = capsys.readouterr()
    assert sortie.out == ""
    assert sortie.err.splitlines() == [
        "axe-1-services.toml, a-1-1-ressenti : « sens » : « biais » n'est pas dans la liste (hausse ou baisse)",
        "axe-3-conduite.toml, m-3-1-charte-signee : citation introuvable dans le texte : « Signer la chartre »",
    ]


@pytest.mark.parametrize(
    ("code", "morceaux"),
    [
        (
            "E03-A1",
            [
                "Action E03-A1 – France services (espace ou bus)",
                "« Implanter à minima un ESPACE FRANCE SERVICES ou un BUS FRANCE SERVICES. »",
                "« Implanter a minima un ESPACE",
                "Force : A minima",
                "Cible : au moins 1 ; annexe : « à minima un ESPACE",
                "Déclarants : Délégué du préfet",
                "Liste des structures France services (ANCT) [OD03] : confirme la valeur",
                "Portée : Dans le quartier ou à 300 m au plus ; Dans le quartier\n",
                "Notre lecture : L’annexe ne fixe pas de distance",
            ],
        ),
        ("E04", ["Engagement E04 – Développer les actions", "E04-O2 ", "E04-A7 "]),
        ("E04-O2", ["Objectif E04-O2", "sous-main de justice", "sous main de justice"]),
        ("e04-a1-cordees-eleves", ["au moins 2 fois la valeur de départ", "Action E04-A1"]),
        ("e06-a1-educateurs-nation", ["au moins 300, au 31 octobre 2021 (engagement public"]),
        ("e07-a3-e2c", ["au moins 1 de plus que la période précédente"]),
        ("e10-a1-plan-contractualise", ["étape 4, « Signé »"]),
        ("e10-o3-effort", ["aucune, c'est un suivi"]),
        ("e08-a1-problemes-resolus", ["à fixer par le plan"]),
        (
            "garantie-jeunes",
            ["Jusqu'au 28 février 2022", "contrat-engagement-jeune", "Actions : E07-A3"],
        ),
        ("contrat-engagement-jeune", ["Depuis le 1er mars 2022", "Aucune fin n'est vérifiée"]),
    ],
)
def test_show(code: str, morceaux: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["referentiel", "montrer", code]) == 0
    sortie = re.sub("[\u00a0\u202f]", " ", capsys.readouterr().out)
    assert [m for m in morceaux if m not in sortie] == []


def test_unknown_code_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["referentiel", "montrer", "E03-A11"]) == 2
    erreur = capsys.readouterr().err
    assert erreur.startswith("entrée inconnue : E03-A11 ; codes proches : ")
    assert "E03-A1" in erreur
    assert len(erreur.splitlines()) == 1
    assert main(["referentiel", "montrer", "???"]) == 2
    assert capsys.readouterr().err == "entrée inconnue : ???\n"


def test_the_second_programme_speaks_its_own_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUARTIERS_REFERENTIEL", str(RURAL))
    assert main(["referentiel", "montrer", "M-2-3"]) == 0
    sortie = capsys.readouterr().out
    assert sortie.startswith("Mesure M-2-3 – Maison des jeunes\n")
    assert "Hérité par : Bassin de vie" in sortie
    assert main(["referentiel", "montrer", "E03-A1"]) == 2


def read_saisies(texte: str) -> dict[str, dict[str, str]]:
    """The lines of the list, by indicateur."""
    lignes = csv.DictReader(io.StringIO(texte.removeprefix("\ufeff")), delimiter=";")
    return {ligne["indicateur"]: ligne for ligne in lignes}


def test_what_feeds_each_indicateur(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """One line each, in the order of the programme: declared, counted from records, or worked out by the tool."""
    assert main(["referentiel", "saisies"]) == 0
    ecrit = capsys.readouterr().out
    lignes = read_saisies(ecrit)
    referentiel = load_programme(LIVRE)
    assert list(lignes) == [indicateur.code for indicateur in referentiel.list_indicateurs()]
    assert all(ligne["nourri_par"] for ligne in lignes.values())
    declare = lignes["e06-a1-educateurs-etp"]
    assert (declare["engagement"], declare["action"], declare["principal"]) == (
        "E06",
        "E06-A1",
        "oui",
    )
    assert declare["nourri_par"].endswith("valeur déclarée")
    assert declare["page"].startswith("/territoires/CODE/declarer/e06-a1-educateurs-etp/")
    assert declare["champs"].isdecimal()
    calculees = [li for li in lignes.values() if li["nourri_par"] == "calculé par l’outil lui-même"]
    assert calculees
    assert {(li["page"], li["champs"]) for li in calculees} == {("", "")}
    assert any("France services" in li["sources"] for li in lignes.values())
    fichier = tmp_path / "saisies.csv"
    assert main(["referentiel", "saisies", "--sortie", str(fichier)]) == 0
    assert capsys.readouterr().out == ""
    assert read_saisies(fichier.read_text(encoding="utf-8")) == lignes


def test_what_feeds_a_defective_programme_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = copy_rural(tmp_path)
    replace_in(dossier, "axe-1-services.toml", 'sens = "hausse"', 'sens = "biais"')
    monkeypatch.setenv("QUARTIERS_REFERENTIEL", str(dossier))
    assert main(["referentiel", "saisies"]) == 1
    assert capsys.readouterr().out == ""
