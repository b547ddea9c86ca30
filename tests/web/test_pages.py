"""Pages over the demonstration: the numbers of the tableau, dates kept, errors in French, few queries."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from quartiers.core.composition import compose_vue
from quartiers.core.constat import Constat
from quartiers.core.dire import INSECABLE
from quartiers.core.statut import LIBELLES, Statut
from quartiers.core.vue import Vue
from quartiers.reports.presentation.chiffre import write_valeur
from quartiers.reports.typographie import format_part
from quartiers.usecases.charger_demo import VU_LE_DEMO
from quartiers.usecases.charger_dossier import load_dossier
from tests.web.conftest import TILLEULS, SignIn, read

PAGES = (
    "/",
    "/departements/DEP-00/",
    f"/quartiers/{TILLEULS}/",
    f"/quartiers/{TILLEULS}/engagements/E06/",
    f"/quartiers/{TILLEULS}/engagements/E09/",
    "/quartiers/QN00010M/",
    "/quartiers/QRR-00_1/",
    f"/preuves/{TILLEULS}/e03-a1-france-services/",
    "/preuves/DEP-00/e06-a2-adultes-relais/",
    "/preuves/DEP-00/e04-a2-internat-departement/",
    "/preuves/COM-00004/e08-a5-coordonnateur/",
    "/territoires/COM-00004/",
    "/territoires/EPCI-999000029/",
    "/territoires/REG-00/",
    "/territoires/FR/",
    "/recherche/",
    "/recherche/?q=saint",
    "/recherche/?q=rien%20du%20tout",
    "/regles/",
    "/regles/04-presence/",
    "/sources/",
    "/plan-du-site/",
    "/accessibilite/",
    "/donnees-personnelles/",
    "/mentions/",
)
SANS_DATE = ("/accessibilite/", "/donnees-personnelles/", "/mentions/")


def test_a_quartier_shows_the_counts_of_its_tableau(sign_in: SignIn) -> None:
    texte = read(sign_in("demo-prefet"), f"/quartiers/{TILLEULS}/")
    vue = Vue(load_dossier(), VU_LE_DEMO, VU_LE_DEMO)
    tableau = compose_vue(vue, TILLEULS)
    lus = re.findall(r'<use href="#g-(\w+)"/></svg>(\d+)</span> <span class="mot">', texte)
    assert {statut: int(n) for statut, n in lus if int(n)} == {
        statut.value: n for statut, n in tableau.taux.statuts
    }
    assert len(lus) == 10
    signes = re.findall(r'<div class="bande">(.*?)</div>', texte)
    assert [len(re.findall("<a ", bande)) for bande in signes] == [
        sum(action.statut is not None for action in e.actions) for e in tableau.engagements
    ]
    for engagement in tableau.engagements:
        taux = engagement.taux
        assert f"<span>{taux.renseignes} sur {taux.applicables}</span>" in texte


def test_a_departement_shows_the_labels_of_its_quartiers(sign_in: SignIn) -> None:
    texte = read(sign_in("demo-prefet"), "/departements/DEP-00/")
    vue = Vue(load_dossier(), VU_LE_DEMO, VU_LE_DEMO)
    lignes = re.findall(
        r'<th role="rowheader" scope="row"><a href="/quartiers/([^/"]+)/[^"]*">.*?</tr>',
        texte,
        re.DOTALL,
    )
    assert sorted(lignes) == list(vue.list_attendus_de("DEP-00"))
    for code in lignes:
        tableau = compose_vue(vue, code)
        rangee = texte[
            texte.index(f'<th role="rowheader" scope="row"><a href="/quartiers/{code}/') :
        ]
        rangee = rangee[: rangee.index("</tr>")]
        dits = re.findall(r'<span class="hors-vue">([^,]+), (\d+) sur (\d+) à jour', rangee)
        assert dits == [
            (LIBELLES[e.statut], str(e.taux.renseignes), str(e.taux.applicables))
            for e in tableau.engagements
            if e.statut is not None
        ]
        assert format_part(tableau.taux.couverture) in rangee


def test_the_proof_leads_to_the_line_of_the_source(sign_in: SignIn) -> None:
    texte = read(sign_in("demo-prefet"), f"/preuves/{TILLEULS}/e03-a1-france-services/")
    for dit in (
        "Implanter à minima un ESPACE FRANCE SERVICES ou un BUS FRANCE SERVICES.",
        f"640{INSECABLE}m",
        "France services de la Halle (fictif)",
        "C’est le cas ici.",
        "<dt>Ligne</dt><dd>8</dd>",
        f"1er{INSECABLE}octobre 2026",
        "<dt>Empreinte</dt>",
        "<b>Retenu.</b>",
        "<b>Écarté</b> (plus loin que ce qui compte)<b>.</b>",
    ):
        assert dit in texte


def test_the_line_named_is_the_line_of_the_file(sign_in: SignIn) -> None:
    from tests.web.conftest import DEMO

    fichier = DEMO / "2026-10-12" / "france-services-2026-10-01.csv"
    huitieme = fichier.read_text(encoding="utf-8").splitlines()[7]
    assert "France services de la Halle" in huitieme


def test_what_was_known_is_not_what_is_known(sign_in: SignIn) -> None:
    """Nine posts were first said at Les Hauts de Lys, then corrected to two: both stay readable."""
    client = sign_in("demo-prefet")
    adresse = "/preuves/QC-FICTIF-HAUTS-DE-LYS/e06-a2-adultes-relais/"
    alors = read(client, f"{adresse}?vu_le=2026-07-20&connu_le=2026-07-20")
    depuis = read(client, f"{adresse}?vu_le=2026-07-20")
    assert f'<p class="chiffre">9{INSECABLE}postes' in alors
    assert f'<p class="chiffre">2{INSECABLE}postes' in depuis
    assert "laisse de côté" in alors
    assert "laisse de côté" not in depuis


def test_dates_are_kept_in_every_link_to_a_figure(sign_in: SignIn) -> None:
    requete = "vu_le=2026-06-30&amp;connu_le=2026-07-10"
    texte = read(
        sign_in("demo-prefet"), "/departements/DEP-00/?vu_le=2026-06-30&connu_le=2026-07-10"
    )
    liens = re.findall(r'href="(/(?:quartiers|preuves|departements|territoires)/[^"]*)"', texte)
    assert len(liens) > 100
    assert [lien for lien in liens if requete not in lien] == []


def test_a_statut_keeps_its_actions_only(sign_in: SignIn) -> None:
    client = sign_in("demo-prefet")
    texte = read(client, f"/quartiers/{TILLEULS}/?statut=echu_non_atteint")
    assert "<details open>" in texte
    actions = list_actions(texte)
    assert [nom for nom, _ in actions] == ["4.3 Parrainage"]
    assert len(list_actions(read(client, f"/quartiers/{TILLEULS}/?statut=nimporte"))) > 50


def test_each_count_leads_to_as_many_actions(sign_in: SignIn) -> None:
    """« 21 Atteint » opens twenty-one lines: what the nation bears is in neither."""
    client = sign_in("demo-prefet")
    page = read(client, f"/quartiers/{TILLEULS}/")
    comptes = re.findall(
        r'href="(\?[^"]*statut=\w+)#actions"><span class="n"><svg.*?</svg>(\d+)</span>', page
    )
    assert len(comptes) == 10
    for question, nombre in comptes:
        texte = read(client, f"/quartiers/{TILLEULS}/{unescape(question)}")
        lignes = list_actions(texte) if "<details open>" in texte else []
        assert len(lignes) == int(nombre), question


def list_actions(texte: str) -> list[tuple[str, str]]:
    """The folded list of a quartier: number and name of each action, the value written beside."""
    table = texte[texte.index('<table class="dense actions">') :]
    return re.findall(
        r'<tr><th scope="row">.*?<a [^>]*>([^<]+)</a>.*?</th><td><b>([^<]+)</b>',
        table[: table.index("</table>")],
    )


def test_the_principal_value_of_every_action_is_written(sign_in: SignIn) -> None:
    """Folded, but in the page: the numbers, statuts and values of the tableau, in the order of the annex."""
    texte = read(sign_in("demo-prefet"), f"/quartiers/{TILLEULS}/")
    tableau = compose_vue(Vue(load_dossier(), VU_LE_DEMO, VU_LE_DEMO), TILLEULS)
    attendues = [
        (
            f"{numero}.{rang} {action.action.libelle}",
            write_valeur(constat.indicateur, constat.valeur),
        )
        for numero, engagement in enumerate(tableau.engagements, start=1)
        for rang, action in enumerate(engagement.actions, start=1)
        if action.indicateurs and isinstance(constat := action.indicateurs[0], Constat)
    ]
    assert [(unescape(nom), valeur) for nom, valeur in list_actions(texte)] == [
        (nom, valeur.replace(INSECABLE, " ")) for nom, valeur in attendues
    ]


def test_what_is_late_comes_with_its_reason(sign_in: SignIn) -> None:
    texte = read(sign_in("demo-prefet"), f"/quartiers/{TILLEULS}/")
    section = texte[texte.index('id="h-tard"') : texte.index('id="h-eng"')]
    tableau = compose_vue(Vue(load_dossier(), VU_LE_DEMO, VU_LE_DEMO), TILLEULS)
    attendues = [
        action.action.libelle
        for engagement in tableau.engagements
        for action in engagement.actions
        if action.statut in {Statut.EN_RETARD, Statut.ECHU_NON_ATTEINT}
    ]
    assert attendues
    assert [unescape(nom) for nom in re.findall(r"<a [^>]*>([^<]+)</a>", section)] == attendues


def test_what_is_folded_is_asked_again_when_the_date_changes(sign_in: SignIn) -> None:
    """The form of dates keeps the statut, or the action, that the page was asked for."""
    client = sign_in("demo-task-force")
    for adresse, garde in (
        (
            f"/quartiers/{TILLEULS}/?statut=atteint",
            '<input type="hidden" name="statut" value="atteint">',
        ),
        (
            "/territoires/FR/?action=e06-a1-educateurs-etp",
            '<input type="hidden" name="action" value="e06-a1-educateurs-etp">',
        ),
    ):
        texte = read(client, f"{adresse}&vu_le=2026-06-30&connu_le=2026-07-10")
        dates = texte[texte.index('<form class="vu-le"') :]
        assert garde in dates[: dates.index("</form>")]
        retour = re.findall(r'<a href="(\?vu_le=[^"]*)">Voir avec tout', texte)
        assert retour[0].endswith(adresse.partition("?")[2])


@pytest.mark.parametrize(
    ("question", "dit"),
    [
        ("vu_le=2026-02-30", "n’existe pas dans le calendrier"),
        ("vu_le=hier", "illisible"),
        ("connu_le=0001-01-01", "hors des années"),
        ("vu_le=%00%ff", "illisible"),
        ("vu_le=" + "9" * 3000, "illisible"),
        ("vu_le=<script>alert(1)</script>", "illisible"),
    ],
)
def test_an_impossible_date_is_answered_in_french(sign_in: SignIn, question: str, dit: str) -> None:
    client = sign_in("demo-prefet")
    for adresse in PAGES[1 : -len(SANS_DATE)]:
        texte = read(client, f"{adresse}{'&' if '?' in adresse else '?'}{question}", 400)
        assert dit in texte
        assert "<script>alert" not in texte
        assert "<h1>" in texte


def test_a_quartier_that_nobody_knew_yet_says_since_when(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    texte = read(client, f"/quartiers/{TILLEULS}/?connu_le=2025-12-31", 404)
    assert "n’était pas encore connu" in texte
    assert f"15{INSECABLE}janvier 2026" in texte
    read(client, "/quartiers/QC-FICTIF-BEAUREGARD/?connu_le=2025-12-31", 404)
    read(client, "/quartiers/QC-RIEN/?connu_le=2025-12-31", 404)


def test_far_dates_do_not_break_a_page(sign_in: SignIn) -> None:
    """In 2000 nobody had named the quartier yet: missing, and told so."""
    client = sign_in("demo-task-force")
    for dates in ("vu_le=2000-01-01&connu_le=2000-01-01", "vu_le=2100-12-31"):
        for adresse in PAGES[1:]:
            suite = "&" if "?" in adresse else "?"
            statut = 404 if "connu_le" in dates and TILLEULS in adresse else 200
            texte = read(client, f"{adresse}{suite}{dates}", statut)
            assert statut == 200 or "n’était pas encore connu" in texte


@pytest.mark.parametrize(
    ("adresse", "nombre"),
    [
        (f"/quartiers/{TILLEULS}/", 7),
        ("/departements/DEP-00/", 5),
        (f"/preuves/{TILLEULS}/e03-a1-france-services/", 7),
        (f"/preuves/{TILLEULS}/e06-a2-adultes-relais/", 7),
        ("/preuves/DEP-00/e06-a2-adultes-relais/", 6),
    ],
)
def test_a_page_asks_the_base_a_fixed_number_of_times(
    sign_in: SignIn,
    adresse: str,
    nombre: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    """Session, account, version of the data, mandats (the door, then the links); the figures ask nothing.

    A map asks twice more: perimeters, places; who may judge asks once more, for the names of those who declared.
    """
    client = sign_in("demo-prefet")
    client.get(adresse)
    with django_assert_num_queries(nombre):
        client.get(adresse)


def test_each_page_has_one_title_and_its_landmarks(sign_in: SignIn) -> None:
    client = sign_in("demo-task-force")
    titres = set()
    for adresse in PAGES[1:]:
        texte = read(client, adresse)
        assert len(re.findall("<h1[ >]", texte)) == 1, adresse
        assert 'lang="fr"' in texte
        for repere in ("<header", '<main id="contenu"', "<footer", '<a href="#contenu">'):
            assert texte.count(repere) == 1, (adresse, repere)
        assert "fictifs" in texte
        titres.add(re.findall("<title>(.*?)</title>", texte)[0])
        niveaux = [int(n) for n in re.findall(r"<h([1-6])[ >]", texte)]
        assert all(b <= a + 1 for a, b in pairwise(niveaux)), adresse
    assert len(titres) == len(PAGES[1:])


def test_ids_are_unique_and_labels_lead_somewhere(sign_in: SignIn) -> None:
    client = sign_in("demo-task-force")
    for adresse in PAGES[1:]:
        texte = read(client, adresse)
        ids = re.findall(r'\sid="([^"]+)"', texte)
        assert len(ids) == len(set(ids)), adresse
        cites = re.findall(r'(?:href="#|for="|aria-labelledby="|aria-describedby=")([^"]+)"', texte)
        assert set(cites) <= set(ids), adresse


def test_unknown_is_a_dash_or_a_sentence(sign_in: SignIn) -> None:
    texte = read(sign_in("demo-prefet"), f"/preuves/{TILLEULS}/e01-a6-ateliers-langues/")
    assert '<p class="chiffre">—</p>' in texte
    assert "Peut le dire" in texte
    assert "ce n’est pas un zéro" in texte


def test_a_stricter_policy_than_any_style(sign_in: SignIn) -> None:
    reponse = sign_in("demo-prefet").get("/departements/DEP-00/")
    politique = reponse.headers["Content-Security-Policy"]
    assert "default-src 'self'" in politique
    assert "unsafe" not in politique
    assert reponse.headers["Cache-Control"] == "private, no-store"


def test_a_page_weighs_little(sign_in: SignIn) -> None:
    client = sign_in("demo-prefet")
    assert len(client.get(f"/quartiers/{TILLEULS}/").content) < 80_000
    assert len(client.get("/departements/DEP-00/").content) < 100_000


@pytest.mark.parametrize(
    "adresse",
    [
        f"/preuves/{TILLEULS}/e03-a1-france-services/",
        f"/preuves/{TILLEULS}/e08-a1-gpo/",
        "/preuves/QC-FICTIF-HAUTS-DE-LYS/e06-a2-adultes-relais/",
        "/preuves/QC-FICTIF-GRAND-PRE/e03-a1-france-services/",
        "/preuves/QC-FICTIF-ECLUSES/e10-a1-plan-contractualise/",
    ],
)
def test_the_history_says_what_the_page_said_that_day(sign_in: SignIn, adresse: str) -> None:
    """Each line of « ce que l’on savait » leads to the page as it was, with the statut it tells."""
    client = sign_in("demo-prefet")
    texte = read(client, adresse)
    lignes = re.findall(r'<a class="jour" href="([^"]+)">.*?<use href="#g-(\w+)"', texte, re.DOTALL)
    assert len(lignes) >= 2
    for lien, statut in lignes:
        alors = read(client, lien.replace("&amp;", "&"))
        cle = alors[alors.index('class="figure-cle') :]
        assert re.findall(r'<use href="#g-(\w+)"', cle)[0] == statut, lien


def test_an_error_of_ours_is_told_in_french_without_the_base(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page of an error 500 needs neither account, nor base, nor dossier."""

    def break_down(_: object) -> None:
        raise RuntimeError("panne")

    monkeypatch.setattr("quartiers.web.pages.mentions.render_page", break_down)
    client.raise_request_exception = False
    reponse = client.get("/mentions/")
    assert reponse.status_code == 500
    assert "Erreur de notre fait" in reponse.content.decode()
