"""Rights follow what is known today: a quartier that moved is closed to its former holders, past included (ADR 0012)."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from quartiers.usecases.importer import import_fichier
from tests.web.conftest import SignIn

PARTI, VENU = "QC-FICTIF-SAINT-ROCH", "QC-FICTIF-FONTAINE"
ENTETE = "code;nom;departement;rattaches;attendu_du;attendu_au\n"
VEILLE = "?vu_le=2026-11-23&connu_le=2026-11-22"


@pytest.fixture
def deplaces(demo: None, tmp_path: Path) -> None:
    """On 23 November one learns that each of the two stands where the other one did."""
    fichier = tmp_path / "quartiers.csv"
    fichier.write_text(
        ENTETE
        + f"{PARTI};Saint-Roch;DEP-00;QN00009M;2026-01-01;\n"
        + f"{VENU};La Fontaine;DEP-00;QN00008I;2026-01-01;\n",
        encoding="utf-8",
    )
    import_fichier(
        genre="quartiers",
        chemin=fichier,
        connu_le=date(2026, 11, 23),
        saisi_le=datetime(2026, 11, 24, 13, tzinfo=ZoneInfo("Europe/Paris")),
    )


@pytest.mark.parametrize("question", ["", VEILLE])
def test_un_quartier_parti_est_ferme_son_passe_compris(
    deplaces: None, sign_in: SignIn, question: str
) -> None:
    commune = sign_in("demo-commune")
    rien = commune.get(f"/quartiers/QC-RIEN/{question}")
    for page in (f"/quartiers/{PARTI}/", f"/territoires/{PARTI}/tableau.csv"):
        reponse = commune.get(page + question)
        assert reponse.status_code == 404
    ferme = commune.get(f"/quartiers/{PARTI}/{question}").content.decode()
    assert ferme.replace(PARTI, "QC-RIEN") == rien.content.decode()
    trouves = commune.get(f"/recherche/{question or '?'}&q=roch").content.decode()
    assert PARTI not in trouves


@pytest.mark.parametrize("question", ["", VEILLE])
def test_un_quartier_venu_s_ouvre_son_passe_compris(
    deplaces: None, sign_in: SignIn, question: str
) -> None:
    """It was known that day, elsewhere: nothing says that it was not known yet."""
    commune = sign_in("demo-commune")
    reponse = commune.get(f"/quartiers/{VENU}/{question}")
    assert reponse.status_code == 200
    texte = reponse.content.decode()
    assert "n’était pas encore connu" not in texte
    assert "actions à jour" in texte or 'id="h-act"' in texte
    assert VENU in commune.get(f"/recherche/{question or '?'}&q=fontaine").content.decode()


def test_avant_le_depart_l_un_s_ouvrait_l_autre_non(sign_in: SignIn) -> None:
    commune = sign_in("demo-commune")
    assert commune.get(f"/quartiers/{PARTI}/").status_code == 200
    assert commune.get(f"/quartiers/{VENU}/").status_code == 404
