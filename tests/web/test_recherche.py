"""Search: a territoire however it is written, never one that the account may not open."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from quartiers.core.dire import flatten
from quartiers.core.dossier import Dossier
from quartiers.core.table_des_droits import TABLE
from quartiers.core.territoire import Ancien, Genre, QuartierCible, Territoire, Territoires
from quartiers.core.vue import Vue
from quartiers.usecases.creer_comptes_demo import COMPTES
from quartiers.web.presentation.recherche import (
    RESULTATS_MAX,
    PageRecherche,
    find_territoires,
    write_suivi,
)
from tests.web.conftest import SignIn
from tests.web.petit_monde import CONNU, REFERENTIEL, VU_LE

COMMUNES = [
    Territoire(f"COM-93{n:03}", f"Ville {n}", Genre.COMMUNE, ("DEP-93",)) for n in range(70)
]
MONDE = Territoires.build(
    [
        Territoire("FR", "France", Genre.NATION),
        Territoire("REG-11", "Île-de-France", Genre.REGION, ("FR",)),
        Territoire("REG-93", "Provence-Alpes-Côte d'Azur", Genre.REGION, ("FR",)),
        Territoire("DEP-93", "Seine-Saint-Denis", Genre.DEPARTEMENT, ("REG-11",)),
        Territoire("COM-94038", "L'Haÿ-les-Roses", Genre.COMMUNE, ("REG-11",)),
        Territoire("COM-62510", "Nœux-les-Mines", Genre.COMMUNE, ("FR",)),
        Territoire("COM-69202", "Sainte-Foy-lès-Lyon", Genre.COMMUNE, ("FR",)),
        Territoire("COM-13096", "Stes-Maries-de-la-Mer", Genre.COMMUNE, ("FR",)),
        Territoire("COM-93070", "St Ouen", Genre.COMMUNE, ("REG-11",)),
        Territoire("COM-93066", "Saint-Denis", Genre.COMMUNE, ("DEP-93",)),
        Territoire("QN09301M", "Le Clos Saint-Lazare", Genre.QPV, ("COM-93066", "DEP-93")),
        Territoire("QRR-93_3", "Franc-Moisin", Genre.QRR, ("COM-93066", "DEP-93")),
        Territoire(
            "COM-93960", "Pierrefitte", Genre.COMMUNE, ("DEP-93",), None, date(2024, 12, 31)
        ),
        *[commune for commune in COMMUNES if commune.code != "COM-93066"],
    ],
    {
        "COM-93960": Ancien("COM-93066", "Pierrefitte"),
        "COM-93961": Ancien("COM-93960", "Taneuve-le-Vieux"),
        "COM-93066": Ancien("COM-94038", "Saint-Denis d’avant"),
    },
)
VUE = Vue(
    Dossier(
        REFERENTIEL,
        MONDE,
        quartiers=[
            QuartierCible("QC-93-CLOS", "Le Clos", "DEP-93", ("QN09301M",), None, None, CONNU, 1)
        ],
        version="recherche",
    ),
    VU_LE,
    VU_LE,
)


def find(question: str, codes: set[str] | None = None) -> PageRecherche:
    """The answer for an account that opens `codes` (all by default)."""
    ouverts = [VUE.territoires[code] for code in sorted(VUE.territoires)]
    return find_territoires(
        question,
        VUE,
        [t for t in ouverts if codes is None or t.code in codes],
        lambda t: f"/t/{t.code}/",
    )


def list_codes(page: PageRecherche) -> list[str]:
    """Codes in the order of the page."""
    return [r.code for groupe in page.groupes for r in groupe.resultats]


@pytest.mark.parametrize(
    ("question", "premier"),
    [
        ("QN09301M", {"QN09301M", "QC-93-CLOS"}),
        ("qn09301m", {"QN09301M", "QC-93-CLOS"}),
        ("QRR-93_3", {"QRR-93_3"}),
        ("qrr 93_3", {"QRR-93_3"}),
        ("93_3", {"QRR-93_3"}),
        ("93066", {"COM-93066", "QN09301M", "QRR-93_3", "QC-93-CLOS"}),
        ("QC-93-CLOS", {"QC-93-CLOS"}),
        ("DEP-93", {"DEP-93"}),
        ("l’hay les roses", {"COM-94038"}),
        ("L'HAŸ", {"COM-94038"}),
        ("noeux", {"COM-62510"}),
        ("ile de france", {"REG-11"}),
        ("  seine   SAINT denis ", {"DEP-93"}),
        ("lazare clos", {"QN09301M"}),
        ("st lazare", {"QN09301M"}),
        ("Clos St-Lazare", {"QN09301M"}),
        ("St-Denis", {"COM-93066", "QN09301M", "QRR-93_3", "QC-93-CLOS", "DEP-93"}),
        ("sainte foy", {"COM-69202"}),
        ("ste-foy", {"COM-69202"}),
        ("Ste Foy", {"COM-69202"}),
        ("stes maries", {"COM-13096"}),
        ("saintes-maries", {"COM-13096"}),
        ("ouen", {"COM-93070"}),
        ("saint ouen", {"COM-93070"}),
    ],
)
def test_it_is_found_however_it_is_written(question: str, premier: set[str]) -> None:
    assert set(list_codes(find(question))) == premier


@pytest.mark.parametrize(
    ("question", "codes", "precision"),
    [
        ("93960", ["COM-93066", "COM-93960"], "Seine-Saint-Denis, dont Pierrefitte (93960)"),
        ("COM-93960", ["COM-93066", "COM-93960"], "Seine-Saint-Denis, dont Pierrefitte (93960)"),
        ("pierrefitte", ["COM-93066", "COM-93960"], "Seine-Saint-Denis, dont Pierrefitte (93960)"),
        (
            "taneuve le vieux",
            ["COM-93066"],
            "Seine-Saint-Denis, dont Taneuve-le-Vieux (93961)",
        ),
    ],
)
def test_a_former_commune_leads_to_the_one_of_today(
    question: str, codes: list[str], precision: str
) -> None:
    page = find(question)
    assert list_codes(page) == codes
    assert page.groupes[0].resultats[0].precision == precision


def test_a_code_in_use_again_is_itself() -> None:
    assert "COM-94038" not in list_codes(find("93066"))


def test_a_number_is_first_a_code_then_a_beginning_then_anything() -> None:
    codes = list_codes(find("93"))
    assert set(codes[:2]) == {"DEP-93", "REG-93"}
    denis = find("saint")
    assert list_codes(denis)[-1] == "DEP-93"  # « Seine-Saint-Denis » only holds the word
    assert denis.groupes[-1].titre == "Départements"


def test_at_most_fifty_and_it_says_how_many_more() -> None:
    page = find("ville")
    assert len(list_codes(page)) == RESULTATS_MAX == 50
    assert (int(page.total), int(page.restants)) == (69, 19)
    noms = [r.nom for groupe in page.groupes for r in groupe.resultats]
    assert all(a <= b for a, b in pairwise(noms))


def test_what_the_account_does_not_open_is_neither_shown_nor_counted() -> None:
    page = find("saint", {"QN09301M"})
    assert list_codes(page) == ["QN09301M"]
    assert (int(page.total), int(page.restants)) == (1, 0)


@pytest.mark.parametrize("question", ["", "   ", "-- '", "\u0000"])
def test_nothing_asked_is_not_everything(question: str) -> None:
    page = find(question)
    assert (page.groupes, int(page.total)) == ((), 0)


def test_flatten() -> None:
    assert flatten("Épinay-sous-Sénart – l’ŒUVRE") == "epinay sous senart l oeuvre"
    assert flatten("St-Roch, Ste-Anne") == flatten("saint roch sainte anne")
    assert flatten("Est, Stains, Brest") == "est stains brest"  # whole words only


def list_suivis(page: PageRecherche) -> dict[str, str]:
    """What each result says of who holds it."""
    return {r.code: r.suivi for groupe in page.groupes for r in groupe.resultats}


def test_what_a_quartier_cible_holds_says_so_to_whoever_opens_it() -> None:
    suivi = "suivi dans Le Clos (quartier cible)"
    assert list_suivis(find("clos")) == {"QC-93-CLOS": "", "QN09301M": suivi}
    assert list_suivis(find("clos", {"QN09301M"})) == {"QN09301M": ""}


def test_several_quartiers_cibles_may_hold_the_same() -> None:
    assert write_suivi(["A", "B", "C"]) == "suivi dans A, B et C (quartiers cibles)"


# --- the page ---------------------------------------------------------------------------------------


def read(client: Client, adresse: str) -> str:
    """The text of a page that answers."""
    reponse = client.get(adresse)
    assert reponse.status_code == 200
    return str(reponse.content.decode())


@pytest.mark.parametrize("compte", [c.identifiant for c in COMPTES])
def test_each_result_of_each_role_opens(sign_in: SignIn, compte: str) -> None:
    client = sign_in(compte)
    liens = re.findall(r'<li><a href="([^"]+)">', read(client, "/recherche/?q=fictif"))
    liens += re.findall(r'<li><a href="([^"]+)">', read(client, "/recherche/?q=saint"))
    role = next(c.role for c in COMPTES if c.identifiant == compte)
    assert bool(liens) == (TABLE[role].plafond not in {None, "public"})
    assert {client.get(lien.replace("&amp;", "&")).status_code for lien in liens} <= {200}


def test_a_denied_territoire_and_a_missing_one_answer_alike(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    refuse = read(client, "/recherche/?q=QC-FICTIF-BEAUREGARD")
    absent = read(client, "/recherche/?q=QC-FICTIF-BEAUREGARX")
    csrf = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
    assert csrf.sub("", refuse) == csrf.sub("", absent).replace("BEAUREGARX", "BEAUREGARD")
    assert "Aucun territoire de votre compte" in refuse


def test_the_dates_of_the_page_are_kept(sign_in: SignIn) -> None:
    client = sign_in("demo-prefet")
    texte = read(client, "/recherche/?q=tilleuls&vu_le=2026-06-30")
    assert 'href="/quartiers/QC-FICTIF-TILLEULS/?vu_le=2026-06-30"' in texte
    assert '<input type="hidden" name="vu_le" value="2026-06-30">' in texte
    partout = read(client, "/regles/?vu_le=2026-06-30")
    assert '<input type="hidden" name="vu_le" value="2026-06-30">' in partout
    assert 'action="/recherche/"' in partout


def test_the_same_name_three_times_is_said_to_be_one_place(sign_in: SignIn) -> None:
    lignes = re.findall(
        r"<li><a href=.*?</li>", read(sign_in("demo-prefet"), "/recherche/?q=tilleuls")
    )
    suivi = "suivi dans Les Tilleuls (quartier cible) · "
    assert [suivi in ligne for ligne in lignes] == [False, True, True]
    par_abrege = read(sign_in("demo-prefet"), "/recherche/?q=st+aubert")
    assert "QC-FICTIF-TILLEULS" in par_abrege


def test_what_is_typed_is_never_markup(sign_in: SignIn) -> None:
    texte = read(sign_in("demo-prefet"), '/recherche/?q="><script>alert(1)</script>')
    assert "<script" not in texte


def test_the_page_asks_the_base_a_fixed_number_of_times(
    sign_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in("demo-task-force")
    for question in ("saint", "fictif", "zzz"):
        client.get(f"/recherche/?q={question}")
        with django_assert_num_queries(5):
            client.get(f"/recherche/?q={question}")
