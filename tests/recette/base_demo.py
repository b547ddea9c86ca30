"""A base of one's own in this very process: imports by the hundred, each undone, without starting a command."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tests.recette.outils import RACINE, Atelier

if TYPE_CHECKING:
    from quartiers.usecases.importer import ResultatImport

CADRE = RACINE / "data" / "demo" / "2026-01-15"
GESTES = (("cog", "cog"), ("qpv", "qpv.geojson"), ("qrr", "qrr.geojson"))
CONNU_LE = date(2026, 11, 24)
SAISI_LE = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Europe/Paris"))


def open_base(atelier: Atelier) -> None:
    """Django on the empty base of the atelier; nothing of the product is imported before."""
    os.environ.update(atelier.get_environnement(), DJANGO_SETTINGS_MODULE="quartiers.settings")
    import django

    django.setup()
    from quartiers.cli.base import prepare_base

    prepare_base()


def load_cadre() -> None:
    """The territoires of the invented département."""
    for genre, nom in (*GESTES, ("quartiers", "quartiers.csv")):
        take(genre, CADRE / nom, connu_le=date(2026, 1, 15))


def take(
    genre: str, chemin: Path, *, connu_le: date = CONNU_LE, millesime: date | None = None
) -> ResultatImport:
    """Import a file; DonneesRefusees when it is refused. What it would shrink is consented to."""
    from quartiers.usecases.importer import import_fichier

    return import_fichier(
        genre=genre,
        chemin=chemin,
        connu_le=connu_le,
        saisi_le=SAISI_LE,
        millesime=millesime,
        accepter_retrait=True,
    )


@contextmanager
def undo() -> Iterator[None]:
    """What is written inside is undone at the end."""
    from django.db import transaction

    from quartiers.usecases.charger_dossier import forget_dossier

    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    forget_dossier()
