"""The rules on the site: those of the tables, each example under its rule, and a way to them from every legend."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from quartiers.core.referentiel import GenreIndicateur
from quartiers.core.statut import LIBELLES_DRAPEAUX
from quartiers.usecases.charger_dossier import load_dossier
from quartiers.web.regles_ecrites import THEME_DU_GENRE, load_regles
from quartiers.web.templatetags.francais import appuyer
from tests.spec.tables import list_cas, load_themes
from tests.web.conftest import SignIn

REGLES = load_regles()


def read(client: Client, adresse: str) -> str:
    """The text of a page that answers."""
    reponse = client.get(adresse)
    assert reponse.status_code == 200
    return str(reponse.content.decode())


def test_every_example_of_the_tables_is_there() -> None:
    assert int(REGLES.nombre) == len(list_cas(load_themes()))
    assert [t.code for t in REGLES.themes] == [t.code for t in load_themes()]
    assert sorted(mot for mot, _ in REGLES.mots) == sorted(LIBELLES_DRAPEAUX.values())


def test_the_contents_lead_to_every_rule(sign_in: SignIn) -> None:
    texte = read(sign_in("demo-prefet"), "/regles/?vu_le=2026-06-30")
    sommaire = texte[
        texte.index('id="sommaire"') : texte.index("</nav>", texte.index('id="sommaire"'))
    ]
    ancres = re.findall(r'href="#([^"]+)"', sommaire)
    assert set(ancres) >= {theme.code for theme in REGLES.themes} | {"pilote", "h-dix"}
    for ancre in ancres:
        assert texte.count(f'id="{ancre}"') == 1
    for theme in REGLES.themes:
        assert f'href="/regles/{theme.code}/?vu_le=2026-06-30"' in texte
    assert "**" not in texte


@pytest.mark.parametrize("theme", REGLES.themes, ids=lambda theme: theme.code)
def test_a_rule_shows_its_examples(sign_in: SignIn, theme: object) -> None:
    from quartiers.web.regles_ecrites import ThemeEcrit

    assert isinstance(theme, ThemeEcrit)
    reponse = sign_in("demo-prefet").get(f"/regles/{theme.code}/")
    texte = reponse.content.decode()
    assert texte.count('<th scope="row"') == int(theme.nombre)
    assert "**" not in texte
    assert len(reponse.content) < 100_000


def test_an_unknown_rule_is_a_404(sign_in: SignIn) -> None:
    assert sign_in("demo-prefet").get("/regles/99-rien/").status_code == 404
    assert Client().get("/regles/04-presence/").status_code == 302


def test_each_kind_of_indicateur_has_its_rule() -> None:
    assert set(THEME_DU_GENRE) == set(GenreIndicateur)
    assert set(THEME_DU_GENRE.values()) <= {theme.code for theme in REGLES.themes}


@pytest.mark.parametrize(
    ("adresse", "lien"),
    [
        ("/quartiers/QC-FICTIF-TILLEULS/", "/regles/?vu_le=2026-11-23#h-dix"),
        ("/departements/DEP-00/", "/regles/?vu_le=2026-11-23#h-lib"),
        (
            "/preuves/QC-FICTIF-TILLEULS/e03-a1-france-services/",
            "/regles/04-presence/?vu_le=2026-11-23",
        ),
        ("/preuves/DEP-00/e06-a2-adultes-relais/", "/regles/20-remontee/?vu_le=2026-11-23"),
        ("/quartiers/QC-FICTIF-TILLEULS/engagements/E06/", "/regles/?vu_le=2026-11-23#pilote"),
    ],
)
def test_every_legend_leads_to_the_rules(sign_in: SignIn, adresse: str, lien: str) -> None:
    assert f'href="{lien}"' in read(sign_in("demo-prefet"), adresse)


def test_the_proof_speaks_as_pilote_does(sign_in: SignIn) -> None:
    texte = read(sign_in("demo-prefet"), "/preuves/QC-FICTIF-TILLEULS/e06-a2-adultes-relais/")
    entetes = re.findall(r'<th role="columnheader" scope="col">([^<]+)</th>', texte)
    assert entetes == ["Valeur initiale", "Valeur actuelle", "Cible", "Échéance"]
    assert "1er\u00a0janv. 2026" in texte


def test_what_is_written_in_a_rule_is_never_markup() -> None:
    assert appuyer("<b>x</b> **a & b** *c*") == "&lt;b&gt;x&lt;/b&gt; <b>a &amp; b</b> <i>c</i>"
    assert appuyer("2 * 3") == "2 * 3"


def test_the_page_asks_the_base_a_fixed_number_of_times(
    sign_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in("demo-prefet")
    load_dossier()  # read by the first page of a process, whichever it is
    with django_assert_num_queries(4):
        client.get("/regles/")
