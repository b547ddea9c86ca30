"""The page of an engagement: the words of the annex, the numbers of the tableau, the drawing of a trajectory."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from html import unescape

import pytest
from pytest_django import DjangoAssertNumQueries

from quartiers.core.composition import compose_vue, get_constat
from quartiers.core.constat import Constat
from quartiers.core.dire import INSECABLE
from quartiers.core.fait import Releve
from quartiers.core.referentiel import Nature, Periode
from quartiers.core.statut import LIBELLES, Statut
from quartiers.core.vue import Vue
from quartiers.usecases.charger_demo import VU_LE_DEMO
from quartiers.usecases.charger_dossier import load_dossier
from quartiers.web.presentation.courbe import build_courbe
from quartiers.web.presentation.engagement import build_page_engagement
from tests.web.conftest import SignIn
from tests.web.petit_monde import CONNU, POSTES, VU_LE, build_vue

TILLEULS = "QC-FICTIF-TILLEULS"


def build_constat() -> Constat:
    """Three posts of six in the small world."""
    constat = get_constat(build_vue(), POSTES, "QC-UN")
    assert isinstance(constat, Constat)
    return constat


def test_every_engagement_shows_its_actions_in_the_words_of_the_annex(sign_in: SignIn) -> None:
    client = sign_in("demo-prefet")
    tableau = compose_vue(Vue(load_dossier(), VU_LE_DEMO, VU_LE_DEMO), TILLEULS)
    for vu in tableau.engagements:
        texte = unescape(
            client.get(f"/quartiers/{TILLEULS}/engagements/{vu.engagement.code}/").content.decode()
        )
        montrees = [a for a in vu.actions if a.statut is not None]
        assert texte.count("<article") == len(montrees)
        for action in montrees:
            article = texte[texte.index(f'<article class="action" id="{action.action.code}"') :]
            article = article[: article.index("</article>")]
            assert action.action.texte in article
            assert action.statut is not None
            assert LIBELLES[action.statut] in article
            for constat in action.indicateurs:
                assert f"/preuves/{TILLEULS}/{constat.indicateur.code}/" in article
        assert f"<span>{vu.taux.renseignes} sur {vu.taux.applicables}</span>" in texte
        for objectif in vu.engagement.objectifs:
            assert objectif.texte in texte


def test_the_quartier_leads_to_each_of_its_engagements(sign_in: SignIn) -> None:
    texte = (
        sign_in("demo-deleguee").get(f"/quartiers/{TILLEULS}/?vu_le=2026-06-30").content.decode()
    )
    liens = re.findall(r'<th scope="row" role="rowheader">.*?href="([^"]+)"', texte)
    assert liens == [
        f"/quartiers/{TILLEULS}/engagements/E{n:02}/?vu_le=2026-06-30" for n in range(1, 11)
    ]


def test_a_missing_engagement_and_a_denied_quartier_are_the_same_404(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    reponses = [
        client.get(adresse)
        for adresse in (
            f"/quartiers/{TILLEULS}/engagements/E11/",
            "/quartiers/QC-FICTIF-BEAUREGARD/engagements/E01/",
            "/quartiers/DEP-00/engagements/E01/",
            "/rien/",
        )
    ]
    assert {r.status_code for r in reponses} == {404}
    assert len({r.content for r in reponses}) == 1


def test_the_page_asks_the_base_a_fixed_number_of_times(
    sign_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in("demo-prefet")
    for numero in ("E06", "E01"):
        adresse = f"/quartiers/{TILLEULS}/engagements/{numero}/"
        client.get(adresse)
        with django_assert_num_queries(5):
            client.get(adresse)


def test_the_drawing_says_in_one_sentence_what_it_draws() -> None:
    courbe = build_courbe(build_constat(), build_vue().dossier.releves, VU_LE)
    assert courbe is not None
    n = INSECABLE
    assert courbe.phrase.startswith(
        f"De 2{n}postes le 1er{n}janvier 2026 à 3{n}postes le 30{n}septembre 2026, "
        f"pour une cible de 6{n}postes le 31{n}décembre 2027{n}; "
    )
    assert courbe.attendu is not None
    assert float(courbe.attendu.y) < float(courbe.dernier.y)  # late: the white dot is higher
    assert not courbe.is_au_dessus
    assert (courbe.debut, courbe.fin) == ("janv. 2026", "déc. 2027")


def test_the_drawing_keeps_time_and_zero() -> None:
    """Half the way in time is half the width, and the bottom line is zero."""
    constat = build_constat()
    assert constat.cible is not None
    cible = replace(
        constat.cible, base=Fraction(0), base_date=date(2026, 1, 1), echeance=date(2026, 1, 11)
    )
    a_mi_chemin = replace(constat, cible=cible, date=date(2026, 1, 6), valeur=Fraction(3))
    courbe = build_courbe(a_mi_chemin, (), date(2026, 1, 6))
    assert courbe is not None
    assert courbe.route is not None
    assert float(courbe.dernier.x) == pytest.approx((3 + 74) / 2)
    assert float(courbe.dernier.y) == pytest.approx((26 + 118) / 2)
    assert float(courbe.route.de.y) == pytest.approx(118)
    assert float(courbe.cible.y) == pytest.approx(26)


def test_a_running_total_does_not_draw_the_year_before() -> None:
    constat = build_constat()
    flux = replace(POSTES, nature=Nature.FLUX, periode=Periode.ANNEE_CIVILE)
    assert constat.cible is not None
    cumul = replace(
        constat, indicateur=flux, cible=replace(constat.cible, echeance=date(2026, 12, 31))
    )
    releves = [
        Releve("a2-postes", "QC-UN", jour, CONNU, rang, Fraction(rang))
        for rang, jour in enumerate(
            (date(2025, 11, 1), date(2026, 3, 1), date(2026, 6, 1)), start=1
        )
    ]
    courbe = build_courbe(cumul, releves, VU_LE)
    assert courbe is not None
    assert len(courbe.points) == 2
    assert courbe.debut == "janv. 2026"


def test_nothing_is_drawn_of_what_is_not_known() -> None:
    constat = build_constat()
    assert build_courbe(replace(constat, valeur=None, date=None), (), VU_LE) is None
    assert build_courbe(replace(constat, cible=None), (), VU_LE) is None


def test_a_stale_value_is_hatched_from_its_first_stale_day() -> None:
    perime = replace(build_constat(), statut=Statut.PERIME, perime_le=date(2026, 10, 15))
    courbe = build_courbe(perime, (), VU_LE)
    assert courbe is not None
    assert courbe.dernier.x < courbe.perime
    assert float(courbe.perime) + float(courbe.perime_largeur) == pytest.approx(74)


def test_unknown_is_said_and_never_drawn_as_zero() -> None:
    vue = build_vue()
    page = build_page_engagement(vue, compose_vue(vue, "QC-UN"), "B", lambda code: f"/p/{code}/")
    assert page is not None
    jeunes = next(a for a in page.actions if a.code == "B-2")
    assert jeunes.is_inconnu
    assert jeunes.courbe is None
    assert (jeunes.principal.initiale, jeunes.principal.chiffre.texte) == ("—", "—")
    assert jeunes.principal.perime == "—"
    assert jeunes.declarants == ("DDETS",)
    assert build_page_engagement(vue, compose_vue(vue, "QC-UN"), "C", str) is None
