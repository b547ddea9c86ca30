"""Files to keep: HEAD makes none, a large one at a time, and pages and small files go on meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from django.test import Client

from quartiers.core.composition import get_constat
from quartiers.core.territoire import Genre
from quartiers.core.vue import Vue
from quartiers.usecases.charger_demo import VU_LE_DEMO
from quartiers.usecases.charger_dossier import load_dossier
from quartiers.usecases.ecrire_tableau import FORMES, Forme
from quartiers.web import atelier
from quartiers.web.atelier import GRANDE, PETITE, Place, PlacePrise, choose_place
from quartiers.web.pages import papier
from tests.web.conftest import TILLEULS, SignIn

INDICATEUR = "e06-a2-adultes-relais"
TABLEAUX = [f"/territoires/{TILLEULS}/tableau.{forme}" for forme in FORMES]
PAPIERS = [
    f"/quartiers/{TILLEULS}/papier.pdf",
    "/departements/DEP-00/papier.pdf",
    f"/preuves/DEP-00/{INDICATEUR}/papier.pdf",
]
NATION = "/territoires/FR/tableau.csv"


def refuse_to_make(*_: object) -> bytes:
    raise AssertionError("rien ne devait être préparé")


@pytest.fixture
def nothing_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever makes a file fails."""
    for nom, forme in FORMES.items():
        monkeypatch.setitem(FORMES, nom, Forme(forme.type_mime, refuse_to_make))
    monkeypatch.setattr(papier, "print_papier", refuse_to_make)
    monkeypatch.setattr(papier, "print_preuve", refuse_to_make)


# --- HEAD -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("adresse", TABLEAUX + PAPIERS)
def test_head_says_what_get_says(sign_in: SignIn, adresse: str) -> None:
    """The same headers; only the length, that making the file would tell, is not said."""
    client = sign_in("demo-prefet")
    entetes = [dict(client.generic(verbe, adresse).headers) for verbe in ("HEAD", "GET")]
    assert entetes[1].pop("Content-Length")
    assert entetes[0] == entetes[1]
    assert entetes[0]["ETag"]


@pytest.mark.parametrize("adresse", TABLEAUX + PAPIERS)
def test_head_makes_nothing(sign_in: SignIn, nothing_made: None, adresse: str) -> None:
    client = sign_in("demo-prefet")
    assert client.head(adresse).status_code == 200
    with pytest.raises(AssertionError, match="rien ne devait"):
        client.get(adresse)


def test_head_goes_through_the_same_doors(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    vue = Vue(load_dossier(), VU_LE_DEMO, VU_LE_DEMO)
    indicateurs = [i for e in vue.dossier.referentiel.engagements for i in e.list_indicateurs()]
    non_montre = next(i.code for i in indicateurs if get_constat(vue, i, TILLEULS) is None)
    for adresse in (
        NATION,  # denied
        "/territoires/QC-RIEN/tableau.csv",  # missing
        f"/territoires/{TILLEULS}/tableau.exe",  # a form that is none
        "/departements/DEP-00/papier.pdf",  # denied
        f"/departements/{TILLEULS}/papier.pdf",  # of another kind
        f"/preuves/{TILLEULS}/rien/papier.pdf",  # an indicateur that is none
        f"/preuves/{TILLEULS}/{non_montre}/papier.pdf",  # shown elsewhere
    ):
        assert client.head(adresse).status_code == client.get(adresse).status_code == 404, adresse


# --- one large file at a time -----------------------------------------------------------------------


def test_while_a_large_file_is_made_another_is_asked_to_come_back(sign_in: SignIn) -> None:
    client = sign_in("demo-task-force")
    with GRANDE.take():
        for adresse in (
            NATION,
            "/territoires/REG-00/tableau.ods?vu_le=2026-09-01",
            f"/preuves/FR/{INDICATEUR}/papier.pdf",
        ):
            reponse = client.get(adresse)
            assert reponse.status_code == 503, adresse
            assert reponse["Retry-After"] == "30"
            assert reponse["Cache-Control"] == "private, no-store"
            assert "Content-Disposition" not in reponse
            assert "ETag" not in reponse
            texte = reponse.content.decode()
            assert "Un autre fichier est en cours de préparation" in texte
            assert f'<a href="{adresse}">Redemander le fichier</a>' in texte
    assert client.get(NATION).status_code == 200


def test_meanwhile_pages_and_small_files_are_answered(sign_in: SignIn) -> None:
    client = sign_in("demo-task-force")
    with GRANDE.take():
        assert client.head(NATION).status_code == 200
        for adresse in (
            "/territoires/FR/",
            f"/territoires/{TILLEULS}/tableau.csv",
            "/territoires/COM-00003/tableau.json",
            *PAPIERS,
        ):
            assert client.get(adresse).status_code == 200, adresse


def test_a_denied_file_looks_missing_even_when_the_place_is_taken(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    with GRANDE.take(), PETITE.take():
        refus = [client.get(f"/territoires/{code}/tableau.csv") for code in ("FR", "QC-RIEN")]
    assert {r.status_code for r in refus} == {404}
    assert refus[0].content == refus[1].content


def test_a_small_file_waits_a_little(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atelier, "PATIENCE_S", 0.01)
    client = sign_in("demo-prefet")
    with PETITE.take():
        assert client.get(TABLEAUX[0]).status_code == 503
    assert client.get(TABLEAUX[0]).status_code == 200


def test_a_failure_leaves_the_place_free(sign_in: SignIn, nothing_made: None) -> None:
    client: Client = sign_in("demo-prefet")
    for _ in range(2):
        with pytest.raises(AssertionError, match="rien ne devait"):
            client.get(TABLEAUX[0])


def test_the_kinds_that_hold_many_quartiers_are_the_large_ones(demo: None) -> None:
    territoires = Vue(load_dossier(), VU_LE_DEMO, VU_LE_DEMO).territoires
    grands = {
        territoires[code].genre for code in territoires if choose_place(territoires[code]) is GRANDE
    }
    assert grands == {Genre.NATION, Genre.REGION, Genre.EPCI}


# --- the place itself -------------------------------------------------------------------------------


def wait_until(is_vrai: Callable[[], bool]) -> None:
    """At most five seconds."""
    fin = time.monotonic() + 5
    while not is_vrai():
        assert time.monotonic() < fin
        time.sleep(0.001)


def start_waiting(place: Place, entres: list[str]) -> threading.Thread:
    """Another thread that asks for the place, and says that it got it."""

    def enter() -> None:
        with place.take():
            entres.append("entré")

    fil = threading.Thread(target=enter, daemon=True)
    fil.start()
    return fil


def test_one_waits_and_the_next_is_sent_back_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads that wait answer no page: they are counted too."""
    monkeypatch.setattr(atelier, "PATIENCE_S", 30)
    place = Place(file=1)
    entres: list[str] = []
    with place.take():
        fil = start_waiting(place, entres)
        wait_until(lambda: not place._dehors._value)
        debut = time.monotonic()
        with pytest.raises(PlacePrise), place.take():
            pass
        assert time.monotonic() - debut < 5
        assert entres == []
    fil.join(5)
    assert entres == ["entré"]
    with place.take():
        pass


def test_nobody_waits_for_a_large_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atelier, "PATIENCE_S", 30)
    with GRANDE.take():
        debut = time.monotonic()
        with pytest.raises(PlacePrise), GRANDE.take():
            pass
        assert time.monotonic() - debut < 5
