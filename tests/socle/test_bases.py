"""What is played once, and the base shared between tests: neither may hide anything."""

from __future__ import annotations

import os

import pytest
from django.contrib.auth.models import Group
from django.db import transaction

from quartiers.storage.models import Territoire
from tests.suite.bases import NULLE_PART, VARIABLE, sort_by_base, touches_base
from tests.suite.chargements import ETATS
from tests.suite.etats import PARTAGE, Etat, Partage, get_etat


@pytest.mark.parametrize("nom", ["x"])
def test_a_test_without_base_knows_no_base(nom: str, request: pytest.FixtureRequest) -> None:
    """The connection is refused, and what it would start is led nowhere."""
    assert not touches_base(request.node)
    assert os.environ[VARIABLE] == NULLE_PART
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        Territoire.objects.exists()


def test_a_fixture_of_the_base_is_seen(db: None, request: pytest.FixtureRequest) -> None:
    assert touches_base(request.node)
    assert os.environ.get(VARIABLE) != NULLE_PART


@pytest.mark.django_db
def test_a_mark_of_the_base_is_seen(request: pytest.FixtureRequest) -> None:
    assert touches_base(request.node)


@pytest.mark.base
def test_a_declared_dependence_is_seen(request: pytest.FixtureRequest) -> None:
    assert touches_base(request.node)
    assert os.environ.get(VARIABLE) != NULLE_PART


class Crochet:
    """A hook that notes what is left."""

    def __init__(self) -> None:
        self.laisses: list[object] = []

    def pytest_deselected(self, items: list[object]) -> None:
        self.laisses += items


class Reglages:
    """As much of the configuration of pytest as is asked for."""

    def __init__(self, seule: bool) -> None:
        self.hook, self.seule = Crochet(), seule

    def getoption(self, _nom: str) -> bool:
        return self.seule


class Faux:
    """An item with its fixtures."""

    def __init__(self, *fixtures: str) -> None:
        self.fixturenames, self.nodeid = fixtures, "faux"
        self.user_properties: list[tuple[str, object]] = []

    def get_closest_marker(self, _nom: str) -> None:
        return None


@pytest.mark.parametrize(("seule", "gardes"), [(False, 3), (True, 2)])
def test_only_those_of_the_base_are_left_when_asked(seule: bool, gardes: int) -> None:
    items: list[object] = [Faux("db"), Faux("tmp_path"), Faux("etat_demo", "db")]
    reglages = Reglages(seule)
    sort_by_base(reglages, items)  # type: ignore[arg-type]
    assert (len(items), len(reglages.hook.laisses)) == (gardes, 3 - gardes)


def test_the_highest_state_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PARTAGE, "etats", ETATS)
    assert get_etat(Faux("etat_cadre", "etat_listes")) == "listes"  # type: ignore[arg-type]
    assert get_etat(Faux("db")) == ""  # type: ignore[arg-type]
    with pytest.raises(pytest.UsageError, match="deux états"):
        get_etat(Faux("etat_demo", "etat_listes"))  # type: ignore[arg-type]


def write(nom: str) -> None:
    """A row of a state, in a table that nothing else fills."""
    Group.objects.create(name=nom)


def test_states_are_stacked_and_given_back(db: None) -> None:
    """From one to the other and to the empty base, whatever a test has written in between."""
    etats = {
        "bas": Etat(lambda: write("A")),
        "haut": Etat(lambda: write("B"), avant="bas"),
        "autre": Etat(lambda: write("C")),
    }
    partage = Partage(etats)

    def list_noms() -> str:
        return "".join(sorted(Group.objects.values_list("name", flat=True)))

    vus = []
    for nom in ("haut", "haut", "bas", "autre", "haut", ""):
        partage.open(nom)
        with transaction.atomic():
            vus.append(list_noms())
            write("Z")
            transaction.set_rollback(True)
    assert vus == ["AB", "AB", "A", "C", "AB", ""]
    assert (partage.noms, partage.chargements) == ([], 5)


def test_a_state_that_does_not_load_leaves_nothing(db: None) -> None:
    def fail() -> None:
        write("A")
        raise ZeroDivisionError

    partage = Partage({"faux": Etat(fail)})
    with pytest.raises(ZeroDivisionError):
        partage.open("faux")
    assert partage.noms == []
    assert not Group.objects.exists()


@pytest.mark.parametrize("tour", [1, 2])
def test_a_test_begins_with_the_state_as_it_was_loaded(etat_cadre: None, tour: int) -> None:
    assert not Group.objects.filter(name="Z").exists()
    assert Territoire.objects.filter(code="COM-00003").exists()
    write("Z")


def test_another_test_finds_an_empty_base(db: None) -> None:
    assert not Territoire.objects.exists()
