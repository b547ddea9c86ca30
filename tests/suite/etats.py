"""A base loaded once for the tests that follow each other and ask for the same state of it.

The demonstration takes seconds to load, and hundreds of tests look at it. It is loaded in a transaction that
stays open; each test runs in a savepoint of its own, which pytest-django rolls back: it begins with the base as
it was loaded, whatever the test before did. A test that asks for another state, or for an empty base, finds it:
what is loaded is rolled back first. A test asks for a state by its fixture, `etat_NOM` (tests/conftest.py).
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.suite.bases import touches_base

if TYPE_CHECKING:
    from quartiers.usecases.savoir import Savoir

PREFIXE = "etat_"
OUVERTURE = "_django_db_helper"
"""The fixture of pytest-django that opens the savepoint of a test: the state is loaded just before."""


@dataclass(frozen=True, slots=True)
class Etat:
    """How a state is loaded, and what the process then holds of it; `avant`: the state it is added to."""

    load: Callable[[], Savoir | None]
    avant: str = ""


@dataclass(frozen=True, slots=True)
class Charge:
    """A state that is loaded, the transaction that will take it away, and what was read of it."""

    nom: str
    bloc: transaction.Atomic
    lu: Savoir | None


@dataclass(slots=True)
class Partage:
    """The states that are loaded in this process, each upon the one before."""

    etats: dict[str, Etat] = field(default_factory=dict)
    charges: list[Charge] = field(default_factory=list)
    chargements: int = 0

    @property
    def noms(self) -> list[str]:
        """What is loaded, from the ground up."""
        return [charge.nom for charge in self.charges]

    @property
    def lu(self) -> Savoir | None:
        """What was read of the base as it is loaded; None when nothing is."""
        return self.charges[-1].lu if self.charges else None

    def list_pile(self, nom: str) -> list[str]:
        """The states to load for this one, itself the last; none for the empty base."""
        return [*self.list_pile(self.etats[nom].avant), nom] if nom else []

    def open(self, nom: str) -> None:
        """Put the base in this state; an empty name is the empty base."""
        voulus = self.list_pile(nom)
        while self.noms != voulus[: len(self.charges)]:
            self.close_last()
        for voulu in voulus[len(self.charges) :]:
            bloc = transaction.atomic()
            bloc._from_testcase = True  # type: ignore[attr-defined]  # as Django does for its own tests
            bloc.__enter__()
            self.chargements += 1
            try:
                lu = self.etats[voulu].load()
            except BaseException:
                take_away(bloc)
                raise
            self.charges.append(Charge(voulu, bloc, lu))

    def close_last(self) -> None:
        """Give the base back as it was before the last state."""
        take_away(self.charges.pop().bloc)


def take_away(bloc: transaction.Atomic) -> None:
    """Roll back what was loaded."""
    transaction.set_rollback(True)
    bloc.__exit__(None, None, None)


PARTAGE = Partage()


def list_etats(item: pytest.Item) -> list[str]:
    """The states a test asks for, by the names of their fixtures."""
    fixtures: Iterable[str] = getattr(item, "fixturenames", ())
    return [nom.removeprefix(PREFIXE) for nom in fixtures if nom.startswith(PREFIXE)]


def get_etat(item: pytest.Item) -> str:
    """The highest of the states a test asks for, or the empty base; two that exclude each other are refused."""
    demandes = list_etats(item)
    dernier = max(demandes, key=lambda nom: len(PARTAGE.list_pile(nom)), default="")
    if set(demandes) - set(PARTAGE.list_pile(dernier)):
        msg = f"{item.nodeid} demande deux états de la base : {', '.join(demandes)}"
        raise pytest.UsageError(msg)
    return dernier


def sort_by_etat(items: list[pytest.Item]) -> None:
    """The long tests first; then those of one state follow each other, in the order they had."""
    items.sort(
        key=lambda item: (
            item.get_closest_marker("lent") is None,
            not touches_base(item),
            get_etat(item),
        )
    )


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[object], request: pytest.FixtureRequest
) -> Generator[None, object, object]:
    """Before the savepoint of a test: the base is in the state that the test asks for."""
    if fixturedef.argname == OUVERTURE:
        blocage = request.getfixturevalue("django_db_blocker")
        if not PARTAGE.chargements:
            request.session.addfinalizer(lambda: close_all(blocage))
        with blocage.unblock():
            PARTAGE.open(get_etat(request.node))
    return (yield)


def close_all(blocage: DjangoDbBlocker) -> None:
    """Before the test base is destroyed."""
    with blocage.unblock():
        PARTAGE.open("")
