"""Which tests touch the base of the run: they are played on both engines, the others once.

Imported by tests/conftest.py. A test touches the base when it asks for it (a fixture of pytest-django, the mark
`django_db`), or says so (the mark `base`: it looks at the settings, or starts a process that inherits them). The
others cannot be wrong about it: pytest-django refuses them the connection, and `pytest_runtest_protocol` points
what they start at a base that does not exist.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable
from contextlib import contextmanager

import pytest

FIXTURES = frozenset(
    {
        "admin_client",
        "admin_user",
        "db",
        "django_db_reset_sequences",
        "django_db_serialized_rollback",
        "live_server",
        "transactional_db",
    }
)
MARQUES = ("django_db", "base", "postgresql")
OPTION = "--base-seule"
PROPRIETE = "touche_la_base"
VARIABLE = "QUARTIERS_BASE"
NULLE_PART = "postgresql://personne@127.0.0.1:1/test-sans-base"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The second engine need not play what the first one has played and that knows neither."""
    aide = "seulement les tests qui touchent la base (les autres ont été joués sur l'autre moteur)"
    parser.addoption(OPTION, action="store_true", help=aide)


def touches_base(item: pytest.Item) -> bool:
    """Whether another engine could change what this test sees."""
    fixtures: Iterable[str] = getattr(item, "fixturenames", ())
    is_marque = any(item.get_closest_marker(marque) for marque in MARQUES)
    return is_marque or not FIXTURES.isdisjoint(fixtures)


def sort_by_base(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Write in the JUnit file which tests touch the base; leave only them when asked."""
    for item in items:
        item.user_properties.append((PROPRIETE, "oui" if touches_base(item) else "non"))
    if not config.getoption(OPTION):
        return
    laisses = [item for item in items if not touches_base(item)]
    items[:] = [item for item in items if touches_base(item)]
    config.hook.pytest_deselected(items=laisses)


@contextmanager
def point_nowhere() -> Generator[None]:
    """What inherits the address of the base would not open it."""
    avant = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = NULLE_PART
    try:
        yield
    finally:
        if avant is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = avant


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """A test that says nothing of the base, played once, must not depend on it behind our back."""
    if touches_base(item):
        return (yield)
    with point_nowhere():
        return (yield)
