"""The proof page of a figure counted by the school calendar, and of one that counts other figures."""

from __future__ import annotations

import pytest

from tests.web.conftest import TILLEULS, SignIn, read

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


def test_la_preuve_nomme_les_constats_comptes(sign_in: SignIn) -> None:
    texte = read(sign_in("demo-prefet"), f"/preuves/{TILLEULS}/e10-a2-couverture/")
    assert texte.count("<b>Retenu.</b>") > 20
    assert "(regardé, ne compte pas)" in texte
    assert "Ce chiffre se compte à chaque regard parmi les autres indicateurs" in texte
    assert "Rien n’a jamais été dit" not in texte
    assert "Ligne de la source" not in texte
