"""The table of the indicateurs: each derivation in words, and what stands behind a figure."""

from __future__ import annotations

import csv
import io
import re
from fractions import Fraction
from pathlib import Path

import pytest

from quartiers.cli.main import main
from quartiers.reports.derivation_en_mots import say_derivations, say_filtres, say_genres, say_mode
from quartiers.reports.table_des_indicateurs import (
    COLONNES,
    COLONNES_DU_CHIFFRE,
    PAS_MONTRE,
    REUNION,
    SANS_VALEUR_UNIQUE,
    read_chiffre,
    write_csv,
    write_texte,
)
from tests.core.test_comptage import (
    ACTIFS,
    DEPARTEMENT,
    E04,
    ICI,
    LA,
    VU_LE,
    get_indicateur,
    look,
    say,
)
from tests.genres_monde import load_livre

MOTS = (
    (
        "e06-a2-taux-pourvoi",
        "Numérateur : Objets distincts, de Poste ; Dénominateur : Objets distincts, de Poste",
        "Poste",
        (
            "Numérateur : Fonction du poste : Adulte-relais ; Poste occupé à la date"
            " / Dénominateur : Poste financé à la date ; Fonction du poste : Adulte-relais"
        ),
        "Ce qui vaut le jour regardé",
    ),
    (
        "e01-a5-semaines-couvertes",
        (
            "Numérateur : Semaines ayant au moins une activité tenue, de Activité"
            " ; Dénominateur : Semaines de classe échues de l’année scolaire"
        ),
        "Activité",
        "Numérateur : Genre de l’objet : Activité éducative ; Tenue, non annulée",
        "Unités couvertes, sur celles qui sont échues",
    ),
    (
        "e05-a4-projets-impact-2024",
        "Objets distincts (« Action financée »), de Financement",
        "Financement",
        "État : Attribué, Versé ; Programme : Impact 2024",
        "Total de la période",
    ),
    (
        ACTIFS,
        "Numérateur : Objets distincts, de Constat ; Dénominateur : Objets distincts, de Constat",
        "Constat",
        (
            "Numérateur : Applicable ; Engagement : E04 ; Indicateur principal ; Valeur non nulle"
            " / Dénominateur : Applicable ; Engagement : E04 ; Indicateur principal"
        ),
        "Ce qui vaut le jour regardé",
    ),
    ("e10-o3-effort", "Déclaré : aucune dérivation", "", "", ""),
)


@pytest.mark.parametrize(
    ("code", "derivation", "genres", "filtres", "mode"), MOTS, ids=[m[0] for m in MOTS]
)
def test_une_derivation_se_dit(
    code: str, derivation: str, genres: str, filtres: str, mode: str
) -> None:
    livre, indicateur = load_livre(), get_indicateur(code)
    assert say_derivations(livre, indicateur) == derivation
    assert say_genres(indicateur) == genres
    assert say_filtres(livre, indicateur) == filtres
    assert say_mode(indicateur) == mode


def test_aucun_mot_ne_reste_un_code() -> None:
    """A word of a filter is shown by its label, never by what the file writes."""
    livre = load_livre()
    nus = [
        mot
        for indicateur in livre.list_indicateurs()
        for derivation in indicateur.derivations
        for cle, valeur in derivation.filtre
        if cle not in {"engagement", "public"} and isinstance(valeur, tuple)
        for mot in valeur
        if mot.islower() and mot in re.split(" : | ; | / |, ", say_filtres(livre, indicateur))
    ]
    assert nus == []


def test_un_chiffre_dit_ce_qui_est_derriere() -> None:
    jour = VU_LE.replace(day=2)
    vue = look(say(E04[0], 1, jour), say(E04[0], 2, jour, LA))
    quartier = read_chiffre(vue, get_indicateur(E04[0]), ICI)
    assert (quartier.valeur, quartier.releves, quartier.enregistrements) == (Fraction(1), 1, 0)
    compte = read_chiffre(vue, get_indicateur(ACTIFS), ICI)
    assert (compte.constats, compte.releves) == (1, 0)
    reunion = read_chiffre(vue, get_indicateur(ACTIFS), DEPARTEMENT)
    assert (reunion.dit, reunion.constats) == (REUNION, 2)
    assert read_chiffre(look(), get_indicateur(ACTIFS), DEPARTEMENT).dit == "Non renseigné"
    plan = look(say("e10-a1-plan-contractualise", 2, jour))
    assert (
        read_chiffre(plan, get_indicateur("e10-a1-plan-contractualise"), DEPARTEMENT).dit
        == SANS_VALEUR_UNIQUE
    )
    quartiers = "e10-a3-quartiers-par-delegue"
    assert read_chiffre(vue, get_indicateur(quartiers), "QN09301M").dit != ""
    assert read_chiffre(vue, get_indicateur(ACTIFS), "FR").dit != PAS_MONTRE


def test_le_csv_a_ses_colonnes_et_ne_change_pas_de_mots_avec_un_territoire() -> None:
    nues = list(csv.reader(io.StringIO(write_csv(load_livre(), None, "")), delimiter=";"))
    pleines = list(csv.reader(io.StringIO(write_csv(load_livre(), look(), ICI)), delimiter=";"))
    assert tuple(nues[0])[1:] == COLONNES[1:]
    assert tuple(pleines[0])[1:] == (COLONNES + COLONNES_DU_CHIFFRE)[1:]
    assert [ligne[: len(COLONNES)] for ligne in pleines] == nues
    assert len(nues) == 151


def test_le_texte_nomme_ceux_que_rien_ne_nourrit() -> None:
    texte = write_texte(load_livre(), look(), ICI)
    assert f"  {ICI} : Non renseigné ; derrière : rien" in texte
    assert "\n7 sans dérivation : e02-a3-attributions-hors-qpv-q1, " in texte


def test_la_commande(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["referentiel", "indicateurs"]) == 0
    assert "e10-a2-couverture – " in capsys.readouterr().out
    sortie = tmp_path / "table.csv"
    assert main(["referentiel", "indicateurs", "--format", "csv", "-o", str(sortie)]) == 0
    assert sortie.read_text(encoding="utf-8-sig").count("\n") == 151
