"""The proof page of a figure counted by the school calendar, and of one that counts other figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from quartiers.usecases.importer import import_fichier
from tests.web.conftest import SAISI_LE, TILLEULS, VU_LE_DEMO, SignIn, read

pytestmark = pytest.mark.django_db
SEMAINES = f"/preuves/{TILLEULS}/e01-a5-semaines-couvertes/"


@pytest.mark.parametrize(
    ("dates", "dit"),
    [
        ("vu_le=2026-11-23&connu_le=2026-11-23", "Calendrier scolaire connu du 2"),
        ("vu_le=2026-01-20&connu_le=2026-11-23", "Calendrier scolaire inconnu au 20"),
    ],
)
def test_la_preuve_dit_le_calendrier(sign_in: SignIn, dates: str, dit: str) -> None:
    texte = read(sign_in("demo-prefet"), f"{SEMAINES}?{dates}")
    assert dit in texte
    assert "Aucun fait." not in texte


def test_la_preuve_montre_ce_que_seul_un_calendrier_placerait(
    sign_in: SignIn, tmp_path: Path
) -> None:
    chemin = tmp_path / "activites.csv"
    chemin.write_text(
        "objet;le;situe;genre;premier_jour;tenue\n"
        f"Stage-H;24/02/2026;{TILLEULS};formation;24/02/2026;oui\n",
        encoding="utf-8",
    )
    import_fichier(genre="activite", chemin=chemin, connu_le=VU_LE_DEMO, saisi_le=SAISI_LE)
    dates = "vu_le=2026-03-01&connu_le=2026-11-23"
    adresse = f"/preuves/{TILLEULS}/e09-a1-formation-mobilisee/?{dates}"
    texte = read(sign_in("demo-prefet"), adresse)
    assert "Calendrier scolaire inconnu au 1" in texte
    (ligne,) = (ligne for ligne in texte.splitlines() if "<b>Écarté</b>" in ligne)
    assert "(le calendrier scolaire n’est pas connu)" in ligne
    assert "Stage-H" in ligne


def test_la_preuve_nomme_les_constats_comptes(sign_in: SignIn) -> None:
    texte = read(sign_in("demo-prefet"), f"/preuves/{TILLEULS}/e10-a2-couverture/")
    assert texte.count("<b>Retenu.</b>") > 20
    assert "(regardé, ne compte pas)" in texte
    assert "Ce chiffre se compte à chaque regard parmi les autres indicateurs" in texte
    assert "Rien n’a jamais été dit" not in texte
    assert "Ligne de la source" not in texte


def test_une_presence_de_plus_changerait_ce_que_disent_des_enregistrements(
    sign_in: SignIn,
) -> None:
    """The meetings say a known zero: one more is said among them, and not set aside beside them."""
    adresse = f"/preuves/{TILLEULS}/e08-a1-gpo/?vu_le=2026-11-23&connu_le=2026-11-23"
    texte = read(sign_in("demo-prefet"), adresse)
    assert "En retard" in texte
    apres = texte.partition("Si une présence de plus est attestée à portée")[2]
    assert "Atteint" in apres.partition("</tr>")[0]
