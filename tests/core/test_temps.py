"""Périodes and the first stale day."""

from __future__ import annotations

from datetime import UTC, date

import pytest

from quartiers.core.referentiel import Periode
from quartiers.core.temps import get_dernier_jour_sans_objet, get_minuit, get_periode


@pytest.mark.parametrize(
    ("periode", "jour", "debut", "fin"),
    [
        ("annee_civile", "2026-01-01", "2026-01-01", "2026-12-31"),
        ("annee_civile", "2026-12-31", "2026-01-01", "2026-12-31"),
        ("annee_scolaire", "2026-08-31", "2025-09-01", "2026-08-31"),
        ("annee_scolaire", "2026-09-01", "2026-09-01", "2027-08-31"),
        ("annee_scolaire", "2024-02-29", "2023-09-01", "2024-08-31"),
    ],
)
def test_la_periode_d_un_jour(periode: str, jour: str, debut: str, fin: str) -> None:
    attendu = (date.fromisoformat(debut), date.fromisoformat(fin))
    assert get_periode(Periode(periode), date.fromisoformat(jour)) == attendu


@pytest.mark.parametrize(
    ("valide_le", "dernier"),
    [
        ("2026-02-10", "2027-02-10"),
        ("2024-02-29", "2025-02-28"),
        ("2023-02-28", "2024-02-28"),
        ("2025-12-31", "2026-12-31"),
    ],
)
def test_un_sans_objet_vaut_douze_mois(valide_le: str, dernier: str) -> None:
    obtenu = get_dernier_jour_sans_objet(date.fromisoformat(valide_le))
    assert obtenu == date.fromisoformat(dernier)


def test_minuit_est_celui_de_paris_le_jour_ou_l_heure_change() -> None:
    """A day of twenty-five hours, told as the clocks of Paris tell it."""
    samedi, dimanche, lundi = (get_minuit(date(2026, 10, jour)) for jour in (24, 25, 26))
    assert [m.astimezone(UTC).hour for m in (samedi, dimanche, lundi)] == [22, 22, 23]
    assert (samedi.hour, dimanche.date()) == (0, date(2026, 10, 25))
