"""The three forms of a tableau: what formats.md promises of each."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from fractions import Fraction

import pytest

from quartiers.core.composition import compose_tableau, compose_vue, list_tableaux
from quartiers.core.dossier import Dossier
from quartiers.core.explication import explain_constat
from quartiers.core.vue import Vue
from quartiers.reports.constat_json import render_explication
from quartiers.reports.nombres import get_nombre, write_decimal
from quartiers.reports.tableau_csv import COLONNES, write_csv, write_texte
from quartiers.reports.tableau_json import render_entete, render_tableau, write_json
from quartiers.reports.tableau_texte import write_explication, write_tableau
from tests.core.adaptateur import build_dossier
from tests.reports.monde import CONNU_LE, VU_LE, make_indicateur


@pytest.fixture
def dossier() -> Dossier:
    """Two quartiers of a département: one has said 3 posts, the other nothing."""
    return build_dossier({
        "indicateurs": [
            make_indicateur("postes"),
            make_indicateur("cite", genre="presence", agregation="part_de_territoires", portee_spatiale="AB",
                            cible={"operateur": ">=", "valeur": 1, "origine": "annexe"}, nature=None),
        ],
        "territoires": [
            {"code": "FR", "genre": "nation"},
            {"code": "REG-1", "genre": "region", "parents": ["FR"]},
            {"code": "DEP-1", "genre": "departement", "parents": ["REG-1"]},
            {"code": "QRR-1_1", "genre": "qrr", "parents": ["DEP-1"]},
            {"code": "QRR-1_2", "genre": "qrr", "parents": ["DEP-1"]},
            {"code": "QN1", "genre": "qpv", "parents": ["DEP-1"]},
        ],
        "releves": [
            {"indicateur": "postes", "territoire": "QRR-1_1", "date": date(2026, 11, 1),
             "valeur": Fraction(7, 2), "connu_le": date(2026, 11, 2), "ordre": 1},
        ],
        "objets": [
            {"indicateur": "cite", "territoire": "QRR-1_1", "objet": "o1", "source": "liste", "rang": 1,
             "du": date(2026, 1, 1), "temoin": date(2026, 11, 1), "distance_m": 12.5, "portee": "AB",
             "connu_le": date(2026, 11, 2), "ordre": 2},
        ],
    })  # fmt: skip


def test_nombre_json_garde_six_decimales_et_jamais_un_zero_pour_un_inconnu() -> None:
    assert get_nombre(None) is None
    assert get_nombre(Fraction(3)) == 3
    assert isinstance(get_nombre(Fraction(3)), int)
    assert get_nombre(Fraction(1, 3)) == 0.333333
    assert get_nombre(Fraction(2, 3)) == 0.666667
    assert get_nombre(Fraction(999_999_999_999_999, 10**6)) == 999999999.999999


def test_nombre_de_tableur() -> None:
    assert write_decimal(None) == ""
    assert write_decimal(Fraction(7, 2)) == "3,5"
    assert write_decimal(Fraction(100)) == "100"
    assert write_decimal(Fraction(0)) == "0"


@pytest.mark.parametrize("debut", ["=", "+", "-", "@", "\t", "\r"])
def test_un_texte_n_est_jamais_une_formule(debut: str) -> None:
    assert write_texte(f"{debut}1+1") == f"'{debut}1+1"
    assert write_texte("1+1") == "1+1"


def test_json_d_un_quartier(dossier: Dossier) -> None:
    rendu = render_tableau(compose_tableau(dossier, "QRR-1_1", VU_LE, CONNU_LE))
    assert rendu["territoire"] == {"code": "QRR-1_1", "nom": "QRR-1_1", "genre": "qrr"}
    assert (rendu["vu_le"], rendu["connu_le"]) == ("2026-11-23", "2026-11-24")
    assert rendu["couverture"] == 1
    postes, cite = (a["indicateurs"][0] for a in rendu["engagements"][0]["actions"])
    assert (postes["statut"], postes["valeur"], postes["cible"]) == ("sans_cible", 3.5, None)
    assert postes["perime_le"] == "2027-03-02"
    assert cite["statut"] == "atteint"
    assert cite["cible"]["origine"] == "annexe"
    assert [f["distance_m"] for f in cite["faits"]] == [12.5]


def test_json_d_un_quartier_dont_on_ne_sait_rien(dossier: Dossier) -> None:
    rendu = render_tableau(compose_tableau(dossier, "QRR-1_2", VU_LE, CONNU_LE))
    postes = rendu["engagements"][0]["actions"][0]["indicateurs"][0]
    assert (postes["statut"], postes["valeur"], postes["date"]) == ("non_renseigne", None, None)
    assert rendu["couverture"] == 0


def test_json_au_dessus_du_quartier(dossier: Dossier) -> None:
    rendu = render_tableau(compose_tableau(dossier, "DEP-1", VU_LE, CONNU_LE))
    postes = rendu["engagements"][0]["actions"][0]["indicateurs"][0]
    assert (postes["statut"], postes["cible"]) == (None, None)
    assert (postes["attendus"], postes["applicables"], postes["renseignes"]) == (2, 2, 1)
    assert (postes["valeur"], postes["valeur_fraiche"], postes["valeur_complete"]) == (
        3.5,
        3.5,
        False,
    )
    assert postes["territoires"] == [
        {"code": "QRR-1_1", "statut": "sans_cible"},
        {"code": "QRR-1_2", "statut": "non_renseigne"},
    ]
    assert "1 sur 2 à jour" in postes["raison"]


def test_les_memes_valeurs_donnent_les_memes_octets(dossier: Dossier) -> None:
    textes = {
        write_json(render_tableau(compose_tableau(dossier, "FR", VU_LE, CONNU_LE)))
        for _ in range(3)
    }
    assert len(textes) == 1
    json.loads(textes.pop())


def test_csv_d_un_departement_puis_de_ses_quartiers(dossier: Dossier) -> None:
    texte = write_csv(list_tableaux(Vue(dossier, VU_LE, CONNU_LE), "DEP-1"))
    assert texte.startswith("\ufeffterritoire;")
    lignes = list(csv.DictReader(io.StringIO(texte.removeprefix("\ufeff")), delimiter=";"))
    assert tuple(lignes[0]) == COLONNES
    assert ";".join(COLONNES) == (
        "territoire;nom;engagement;action;indicateur;libelle;statut;valeur;unite;cible;echeance;date;"
        "perime_le;couverture;raison"
    )
    assert {(x["territoire"], x["nom"]) for x in lignes} >= {("QRR-1_2", "QRR-1_2")}
    assert {x["libelle"] for x in lignes} == {"postes", "cite"}
    assert [x["territoire"] for x in lignes] == [
        c for c in ("DEP-1", "QN1", "QRR-1_1", "QRR-1_2") for _ in range(2)
    ]
    postes = next(x for x in lignes if x["territoire"] == "QRR-1_1" and x["indicateur"] == "postes")
    assert (postes["valeur"], postes["statut"], postes["unite"]) == ("3,5", "sans_cible", "postes")
    inconnu = next(
        x for x in lignes if x["territoire"] == "QRR-1_2" and x["indicateur"] == "postes"
    )
    assert inconnu["valeur"] == ""


def test_texte_et_preuve(dossier: Dossier) -> None:
    vue = Vue(dossier, VU_LE, CONNU_LE)
    assert "Non renseigné" in write_tableau(compose_vue(vue, "QRR-1_2"))
    indicateur = dossier.referentiel.get_indicateur("cite")
    assert indicateur is not None
    explication = explain_constat(vue, indicateur, "QRR-1_1")
    assert explication is not None
    texte = write_explication(explication, compose_vue(vue, "QRR-1_1"))
    assert "à 13\N{NO-BREAK SPACE}m" in texte
    assert "Si ce qui est à portée ferme : En retard" in texte
    rendu = render_explication(explication, render_entete(compose_vue(vue, "QRR-1_1")))
    assert [r["ici"] for r in rendu["regle"]].count(True) == 1
    assert {c["statut"] for c in rendu["ce_qui_changerait"]} == {"en_retard", "perime"}
    assert rendu["historique"][0]["connu_le"] == "2026-11-02"
