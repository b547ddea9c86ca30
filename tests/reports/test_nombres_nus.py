"""Files and paper refuse a bare number, whoever makes the row: a cell holds a number that says what it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from quartiers.reports import tableau_csv, tableau_ods, tableau_xlsx
from quartiers.reports.papier.document import Document, print_document, render_donnees
from quartiers.reports.presentation.nombre import Decompte, NombreNu, Ordre, PartDite, Trait
from quartiers.reports.table import COLONNES, Ligne
from tests.reports.monde import list_monde

NUS = [3, 3.5, Fraction(1, 3), Decimal("2.5"), True]
RANG = [colonne.nom for colonne in COLONNES].index("valeur")


@pytest.mark.parametrize("nu", NUS, ids=lambda nu: type(nu).__name__)
@pytest.mark.parametrize(
    "ecrivain", [tableau_csv, tableau_xlsx, tableau_ods], ids=lambda m: m.__name__
)
def test_a_file_refuses_a_bare_number(
    ecrivain: Any, nu: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    def list_lignes(_: object) -> Iterator[Ligne]:
        ligne: list[Any] = [None] * len(COLONNES)
        ligne[RANG] = nu
        yield tuple(ligne)

    monkeypatch.setattr(ecrivain, "list_lignes", list_lignes)
    ecrire = getattr(ecrivain, f"write_{ecrivain.__name__.rpartition('_')[2]}")
    with pytest.raises(NombreNu):
        ecrire(list_monde())


@pytest.mark.parametrize(
    "nu", [3, 3.5, Fraction(1, 3), date(2026, 11, 23)], ids=lambda nu: type(nu).__name__
)
def test_paper_refuses_a_bare_number_and_says_where(nu: object) -> None:
    with pytest.raises(NombreNu, match=r"quartier\.familles\[1\]\.total"):
        print_document(Document("quartier", date(2026, 11, 23), {"familles": [{}, {"total": nu}]}))


def test_paper_receives_figures_written_and_lengths_as_numbers() -> None:
    donnees = {
        "total": Decompte(1495),
        "couverture": PartDite(None),
        "corps": Trait(7.6),
        "jour": [Ordre(2026)],
        "is_connu": True,
        "rien": None,
    }
    assert render_donnees(donnees, "essai") == {
        "total": "1\u202f495",
        "couverture": "—",
        "corps": 7.6,
        "jour": [2026],
        "is_connu": True,
        "rien": None,
    }
