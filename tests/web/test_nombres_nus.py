"""A page writes no number that does not say what it is: the guard of the tests, tried on numbers of every kind."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from django.template import Context, Template
from django.template.loader import render_to_string

from quartiers.core.statut import Statut
from quartiers.reports.presentation.chiffre import Chiffre
from quartiers.reports.presentation.nombre import (
    Decompte,
    Nombre,
    NombreNu,
    Ordre,
    PartDite,
    Trait,
    count_tous,
)
from quartiers.reports.presentation.quartier import ActionsParStatut, Famille

GABARITS = Path(__file__).resolve().parents[2] / "quartiers" / "web" / "templates"
# A filter that Django applies to a text would turn a bare number into a text before the guard sees it.
FILTRES = {
    "add", "appuyer", "au_code", "cesure", "compte", "date_courte", "date_longue", "default", "default_if_none", "iso",
    "join", "length", "minuscule", "mot", "pluriel", "propre", "rang", "slice", "souple", "urlencode",
}  # fmt: skip


@pytest.mark.parametrize(
    "nu",
    [
        3,
        3.5,
        Fraction(1, 3),
        Decimal("2.5"),
        np.int64(4),
        np.float64(0.5),
        True,
        date(2026, 11, 23),
    ],
    ids=lambda nu: type(nu).__name__,
)
def test_a_bare_number_raises_and_names_its_variable(nu: object) -> None:
    for gabarit in (
        "{{ page.total }}",
        "{% firstof page.total %}",
        "{% cycle page.total page.total %}",
    ):
        with pytest.raises(NombreNu, match=re.escape(repr(nu))):
            Template(gabarit).render(Context({"page": {"total": nu}}))
    with pytest.raises(NombreNu, match=r"ligne 2, \{\{ page\.total \}\}"):
        Template("\n{{ page.total }}").render(Context({"page": {"total": nu}}))


def test_the_template_is_named() -> None:
    """A view model whose type was forced past mypy."""
    famille = Famille("Acquis", 3, (ActionsParStatut(Statut.ATTEINT, Decompte(3)),))  # type: ignore[arg-type]
    contexte = {"familles": [famille], "adresse": "/", "suffixe": "?", "requete": ""}
    with pytest.raises(NombreNu, match=r"web/parties/bilan\.html, ligne \d+, .*famille\.total"):
        render_to_string("web/parties/bilan.html", contexte)


def test_a_length_and_a_counter_are_bare_until_they_say_what_they_are() -> None:
    contexte = Context({"liste": ["a", "b"]})
    for nu in ("{{ liste|length }}", "{% for _ in liste %}{{ forloop.counter }}{% endfor %}"):
        with pytest.raises(NombreNu):
            Template(nu).render(contexte)
    dit = "{% load francais %}{{ liste|compte }}{% for _ in liste %} {{ forloop.counter|rang }}{% endfor %}"
    assert Template(dit).render(contexte) == "2 1 2"


@pytest.mark.parametrize(
    ("nombre", "ecrit"),
    [
        (Chiffre("3\u00a0postes", "/p", valeur=Fraction(3)), "3\u00a0postes"),
        (Chiffre("—", "/p"), "—"),
        (Decompte(1495), "1\u202f495"),
        (Decompte(0), "0"),
        (PartDite(Fraction(999, 1000)), "99,9\u202f%"),
        (PartDite(None), "—"),
        (Ordre(1495), "1495"),
        (Trait(4.5), "4.5"),
        (count_tous("abc"), "3"),
    ],
)
def test_what_says_what_it_is_is_written(nombre: Nombre, ecrit: str) -> None:
    assert Template("{{ x }}").render(Context({"x": nombre})) == ecrit


def test_a_decompte_compares_so_that_words_agree() -> None:
    assert Decompte(2) > 1
    assert not Decompte(1) > 1
    assert Decompte(2) == 2
    assert Decompte(2) == Decompte(2) != Decompte(3)
    assert not Decompte(0)
    assert Decompte(1)
    assert Decompte(5).sur(Decompte(1600)) == "5 sur 1\u202f600"


def test_an_unknown_chiffre_holds_no_value() -> None:
    assert not Chiffre("—", "/p").is_connu
    assert Chiffre("0\u00a0poste", "/p", valeur=Fraction(0)).is_connu


@pytest.mark.parametrize("gabarit", sorted(GABARITS.rglob("*.html")), ids=lambda p: p.name)
def test_no_filter_hides_a_number_from_the_guard(gabarit: Path) -> None:
    balises = re.findall(r"\{\{.*?\}\}|\{%.*?%\}", gabarit.read_text(encoding="utf-8"))
    filtres = {f for balise in balises for f in re.findall(r"\|([a-z_]+)", balise)}
    assert filtres <= FILTRES
