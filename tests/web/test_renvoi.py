"""A QPV or a QRR names the quartier cible that holds it, to whoever may open that one, and to nobody else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from quartiers.core.composition import compose_vue
from quartiers.core.dire import INSECABLE
from quartiers.core.territoire import QuartierCible, Territoire
from quartiers.core.vue import Vue
from quartiers.reports.presentation.phrases import write_acquis, write_quartier
from quartiers.reports.presentation.renvoi import Renvoi, build_renvoi, has_tenus, list_tenants
from quartiers.storage.models import Mandat
from quartiers.usecases.charger_demo import VU_LE_DEMO
from quartiers.usecases.charger_dossier import load_dossier
from tests.reports.papier.monde import flatten, read_pdf
from tests.web.conftest import SignIn
from tests.web.petit_monde import CONNU, VU_LE, build_dossier, build_vue

TILLEULS = "QC-FICTIF-TILLEULS"
POSTES = "e06-a2-adultes-relais"
ENCADRE = re.compile(r'<p class="encadre">(Ce Q.*?)</p>')
PAGES = ("quartiers/{}/", "quartiers/{}/engagements/E06/", f"preuves/{{}}/{POSTES}/")
PAPIERS = ("quartiers/{}/papier.pdf", f"preuves/{{}}/{POSTES}/papier.pdf")
DEUX = QuartierCible("QC-TROIS", "Trois", "DEP-00", ("QP-1", "QP-3"), None, None, CONNU, 22)


def read(client: Client, adresse: str) -> str:
    """The text of a page that answers."""
    reponse = client.get(adresse)
    assert reponse.status_code == 200, adresse
    return str(reponse.content.decode())


def say(renvoi: Renvoi | None) -> str:
    """Its words, or nothing."""
    return renvoi.phrase if renvoi else ""


def link(tenant: Territoire) -> str:
    return f"/{tenant.code}/"


def build(vue: Vue, code: str, ouverts: set[str] | None = None) -> Renvoi | None:
    """For an account that opens `ouverts` (all by default)."""
    return build_renvoi(vue, code, lambda c: ouverts is None or c in ouverts, link)


def hold(*quartiers: QuartierCible) -> Vue:
    """The small world with these quartiers cibles."""
    return Vue(replace(build_dossier(), quartiers=list(quartiers)), VU_LE, VU_LE)


# --- the words --------------------------------------------------------------------------------------


def test_it_names_who_holds_it_and_what_is_reached_there() -> None:
    vue = build_vue()
    taux = compose_vue(vue, "QC-UN").taux
    renvoi = build(vue, "QP-1")
    assert renvoi is not None
    assert renvoi.phrase == (
        f"Ce QPV est suivi dans le quartier cible Un{INSECABLE}: {write_acquis(taux, is_ailleurs=True)} "
        "Les totaux comptent ce quartier cible et non le QPV. "
        "Cette page ne montre que ce que l’on sait du QPV."
    )
    assert [t.adresse for t in renvoi.tenants] == ["/QC-UN/"]
    court = build_renvoi(vue, "QP-1", lambda _code: True, link, is_compte=False)
    assert say(court) == (
        "Ce QPV est suivi dans le quartier cible Un. Cette page ne montre que ce que l’on sait du QPV."
    )


def test_two_quartiers_cibles_may_hold_the_same() -> None:
    un = build_dossier().quartiers[0]
    renvoi = build(hold(un, DEUX), "QP-1")
    assert [t.nom for t in renvoi.tenants] == ["Trois", "Un"] if renvoi else False
    assert re.search(
        r"^Ce QPV est suivi dans le quartier cible Trois\W.*voie\. Et dans le quartier cible Un\W.*voie\. "
        r"Les totaux comptent ces quartiers cibles et non le QPV\.",
        say(renvoi),
    )


def test_where_nothing_applies_no_count_is_told() -> None:
    vide = replace(build_dossier().referentiel, engagements=())
    vue = Vue(replace(build_dossier(), referentiel=vide), VU_LE, VU_LE)
    assert say(build(vue, "QP-1")).startswith("Ce QPV est suivi dans le quartier cible Un. Les")


def test_only_who_is_expected_and_known_at_the_dates_holds() -> None:
    assert list_tenants(hold(DEUX)) == {"QP-1": ("QC-TROIS",), "QP-3": ("QC-TROIS",)}
    for autre in (
        replace(DEUX, attendu_au=date(2026, 11, 22)),
        replace(DEUX, attendu_du=date(2026, 11, 24)),
        replace(DEUX, connu_le=date(2026, 11, 24)),
    ):
        assert build(hold(autre), "QP-1") is None
    # The last version known holds, not the one before.
    suite = replace(DEUX, rattaches=("QP-2",), ordre=23)
    assert list_tenants(hold(DEUX, suite)) == {"QP-2": ("QC-TROIS",)}


def test_neither_a_quartier_cible_nor_what_nobody_holds_sends_elsewhere() -> None:
    assert build(build_vue(), "QC-UN") is None
    assert build(build_vue(), "QP-3") is None
    assert build(build_vue(), "DEP-00") is None


def test_what_the_account_may_not_open_is_as_if_nobody_held_it() -> None:
    un = build_dossier().quartiers[0]
    assert build(build_vue(), "QP-1", {"QP-1"}) is None
    assert build(hold(un, DEUX), "QP-1", {"QC-UN"}) == build(hold(un), "QP-1")


def test_has_tenus_looks_inside_only() -> None:
    vue = hold(build_dossier().quartiers[0])
    assert [code for code in vue.territoires if has_tenus(vue, code)] == ["FR", "DEP-00", "COM-1"]
    assert not has_tenus(hold(), "DEP-00")
    passe = replace(
        DEUX, attendu_au=date(2026, 11, 22)
    )  # expected no more, but its lines are there
    assert has_tenus(hold(passe), "DEP-00")


# --- the pages --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "genre"), [("QN00010M", "QPV"), ("QRR-00_1", "QRR")])
def test_the_first_thing_under_the_title_leads_to_the_quartier_cible(
    sign_in: SignIn, code: str, genre: str
) -> None:
    client = sign_in("demo-prefet")
    texte = read(client, f"/quartiers/{code}/?vu_le=2026-10-20")
    vue = Vue(load_dossier(), date(2026, 10, 20), VU_LE_DEMO)
    ici, la = (write_quartier(compose_vue(vue, c).taux).forte for c in (code, TILLEULS))
    assert ici != la
    (dit,) = ENCADRE.findall(texte)
    lien = f'<a href="/quartiers/{TILLEULS}/?vu_le=2026-10-20">Les Tilleuls</a>'
    assert dit.startswith(f"Ce {genre} est suivi dans le quartier cible {lien}{INSECABLE}: ")
    assert la.replace("sont", "y sont") in dit
    apres_le_titre = texte[texte.index("</h1>") :]
    assert apres_le_titre.index("Ce Q") < apres_le_titre.index(f"<b>{ici}</b>")


@pytest.mark.parametrize("page", PAGES[1:])
def test_the_pages_below_lead_to_the_same_page_of_the_quartier_cible(
    sign_in: SignIn, page: str
) -> None:
    client = sign_in("demo-prefet")
    (dit,) = ENCADRE.findall(read(client, f"/{page.format('QN00010M')}?vu_le=2026-10-20"))
    (lien,) = re.findall(r'href="([^"]+)"', dit)
    assert lien == f"/{page.format(TILLEULS)}?vu_le=2026-10-20"
    assert client.get(unescape(lien)).status_code == 200
    assert "atteint" not in dit


@pytest.mark.parametrize("page", PAGES)
def test_the_page_of_a_quartier_cible_says_nothing_of_it(sign_in: SignIn, page: str) -> None:
    texte = read(sign_in("demo-prefet"), f"/{page.format(TILLEULS)}")
    assert ENCADRE.findall(texte) == []


def read_papier(client: Client, adresse: str) -> str:
    reponse = client.get(adresse)
    assert reponse.status_code == 200, adresse
    lu = read_pdf(reponse.content)
    assert lu.pages <= 2
    return lu.texte


@pytest.mark.parametrize("papier", PAPIERS)
def test_the_paper_says_it_too(sign_in: SignIn, papier: str) -> None:
    client = sign_in("demo-prefet")
    (dit,) = ENCADRE.findall(
        read(client, f"/{papier.format('QN00010M')}".replace("papier.pdf", ""))
    )
    assert flatten(re.sub("<.*?>", "", dit)) in read_papier(client, f"/{papier.format('QN00010M')}")
    assert flatten("est suivi dans") not in read_papier(client, f"/{papier.format(TILLEULS)}")


def test_an_account_that_opens_the_qpv_alone_is_told_nothing(demo: None) -> None:
    compte = get_user_model().objects.create_user("delegue-d-un-qpv")
    Mandat.objects.create(compte=compte, role="delegue", territoire="QN00010M")
    client = Client()
    client.force_login(compte, backend="django.contrib.auth.backends.ModelBackend")
    for page in PAGES:
        texte = read(client, f"/{page.format('QN00010M')}")
        assert ENCADRE.findall(texte) == []
        assert TILLEULS not in texte
    for papier in PAPIERS:
        assert flatten("est suivi dans") not in read_papier(client, f"/{papier.format('QN00010M')}")
