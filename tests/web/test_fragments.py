"""The matrix written as fragments is the one a template would write, and lets no text be taken for HTML."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from django.template import Context, Template

from bench.departement import GABARIT
from quartiers.core.statut import Statut
from quartiers.reports.presentation.departement import Case, Rangee
from quartiers.reports.presentation.nombre import Decompte, PartDite
from quartiers.web.fragments import join_rangees
from tests.web.conftest import SignIn

MECHANT = "\"><script>alert('é & è')</script>"


def make_rangee(nom: str, communes: str, adresse: str) -> Rangee:
    cases = tuple(
        Case(
            statut,
            Decompte(rang),
            Decompte(9),
            PartDite(Fraction(rang, 9) if rang else None),
            f"{adresse}#{rang}",
        )
        for rang, statut in enumerate(Statut)
    )
    return Rangee(nom, communes, adresse, cases, Decompte(3), Decompte(4), PartDite(Fraction(3, 4)))


@pytest.mark.parametrize(
    ("nom", "adresse"),
    [("L’Île-d’Or", "/quartiers/Q1/?vu_le=2026-01-01&connu_le=2026-01-01"), (MECHANT, MECHANT)],
)
def test_les_fragments_sont_le_gabarit(nom: str, adresse: str) -> None:
    rangees = [make_rangee(nom, nom, adresse), make_rangee("Autre", "", "/x/")]
    attendu = Template(GABARIT).render(Context({"rangees": rangees}))
    assert join_rangees(rangees) == attendu


def test_aucun_texte_ne_devient_du_html() -> None:
    rendu = join_rangees([make_rangee(MECHANT, MECHANT, MECHANT)])
    assert "<script" not in rendu
    assert rendu.count("&lt;script&gt;") == 2 + 1 + len(Statut)
    balises = set(re.findall(r"<(\w+)", rendu))
    assert balises == {"tr", "th", "td", "a", "b", "small", "span", "svg", "use", "path"}


def test_la_page_porte_la_matrice(sign_in: SignIn) -> None:
    page = sign_in("demo-prefet").get("/departements/DEP-00/").content.decode()
    assert page.count('<td role="cell" class="c">') == 12 * 10
    assert "&lt;t" not in page
