"""The plain form of a record: what is written is read back equal, and what nobody knows is refused."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quartiers.core.champs import from_champs, round_coordonnee, to_champs
from quartiers.core.contenu import Coordonnee, Mot, SousEnsemble
from quartiers.core.genres import GENRES
from quartiers.core.genres.cohorte import Cohorte
from quartiers.core.genres.lieu import Lieu
from quartiers.core.genres.poste import Poste
from tests.genres_tires import draw_contenu

MOTS = ["un", "deux", "trois"]


@given(donnees=st.data(), genre=st.sampled_from(list(GENRES)))
def test_ce_qui_est_ecrit_se_relit_egal(donnees: st.DataObject, genre: str) -> None:
    contenu = donnees.draw(draw_contenu(GENRES[genre], lambda _: MOTS))
    champs = to_champs(contenu)
    assert list(champs) == sorted(champs)
    assert from_champs(genre, json.loads(json.dumps(champs))) == contenu


def test_la_forme() -> None:
    poste = Poste(
        fonction=Mot("dcpp"),
        employeur="Police nationale",
        etp_finance=Fraction(1, 2),
        etp_pourvu=Fraction(0),
        finance_depuis=date(2026, 1, 1),
        lettre_de_mission=False,
    )
    assert to_champs(poste) == {
        "employeur": "Police nationale",
        "etp_finance": "0.5",
        "etp_pourvu": "0",
        "finance_depuis": "2026-01-01",
        "fonction": "dcpp",
        "lettre_de_mission": False,
    }
    cohorte = Cohorte(
        dispositif=Mot("pre"),
        unite_comptee=Mot("eleves"),
        n=0,
        du=date(2026, 9, 1),
        dont=(SousEnsemble(Mot("residant_qrr_qpv"), 0),),
    )
    assert to_champs(cohorte)["dont"] == [["residant_qrr_qpv", 0]]
    assert to_champs(cohorte)["n"] == 0
    lieu = Lieu(genre=Mot("ecole"), longitude=round_coordonnee(2.35222219), latitude=Coordonnee(0))
    assert to_champs(lieu) == {"genre": "ecole", "longitude": "2.352222", "latitude": "0"}


@pytest.mark.parametrize("valeur", [Fraction(1, 3), Fraction(1, 10**7)])
def test_un_nombre_ne_s_arrondit_pas(valeur: Fraction) -> None:
    poste = Poste(fonction=Mot("dcpp"), employeur="Ville", etp_finance=valeur)
    with pytest.raises(ValueError, match="plus de 6 décimales"):
        to_champs(poste)


def test_un_point_officiel_se_garde_tel_que_publie() -> None:
    """What is measured again from the record is measured from where the list said it stands."""
    publie = Lieu(genre=Mot("ecole"), longitude=Coordonnee(2.352222190000001))
    assert to_champs(publie)["longitude"] == "2.352222190000001"
    assert from_champs("lieu", to_champs(publie)) == publie


PLEIN = {"fonction": "dcpp", "employeur": "Ville", "etp_finance": "1"}


@pytest.mark.parametrize(
    ("genre", "champs", "raison"),
    [
        ("postes", PLEIN, "genre d’enregistrement inconnu : « postes »"),
        ("poste", PLEIN | {"grade": "A"}, "poste : champs inconnus : grade"),
        ("poste", {"fonction": "dcpp"}, "poste : champs absents : employeur, etp_finance"),
        ("poste", PLEIN | {"etp_finance": 1}, "etp_finance : forme inattendue : 1"),
        ("poste", PLEIN | {"finance_depuis": "hier"}, "finance_depuis : forme inattendue : 'hier'"),
        ("poste", PLEIN | {"lettre_de_mission": "oui"}, "lettre_de_mission : forme inattendue"),
        ("instance", {"genre": "gpo", "problemes_ouverts": True}, "problemes_ouverts : forme"),
        ("seance", {"instance": "gpo", "colleges": 3}, "colleges : forme inattendue : 3"),
    ],
)
def test_ce_que_personne_ne_sait_lire_est_refuse(
    genre: str, champs: dict[str, Any], raison: str
) -> None:
    with pytest.raises(ValueError, match=raison):
        from_champs(genre, champs)
