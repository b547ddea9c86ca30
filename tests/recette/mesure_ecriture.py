"""What one declaration costs in the base of this process: questions, steps, times; and the next look of another."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.test.utils import CaptureQueriesContext

from quartiers.usecases.charger_dossier import load_savoir
from quartiers.usecases.declarer import declare_releve
from quartiers.usecases.ecrire import Envoi
from quartiers.usecases.suivre import read_marque, read_nouveautes

INDICATEUR, TERRITOIRE = "m-2-2-apprentis", "QC-MARAIS"
PREMIER = date(2026, 1, 1)


def measure(nombre: int) -> dict[str, Any]:
    """Declare on a cell of which more is known than a form looks at; then `nombre` more, for the times."""
    envoi = Envoi(
        genre="", fichier="", empreinte="", millesime=None, connu_le=date(2026, 11, 20),
        saisi_le=datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Europe/Paris")), organisme="Mairie",
    )  # fmt: skip
    savoir = load_savoir()
    debut = count_cellule()
    ecrire, relire = [], []
    questions = pas = 0
    for rang in range(nombre + 1):
        jour = PREMIER + timedelta(days=debut + rang)
        textes = {
            "indicateur": INDICATEUR, "territoire": TERRITOIRE, "date": jour.isoformat(),
            "valeur": "3", "source": f"Mairie {debut}", "cle": f"m{debut + rang}",
        }  # fmt: skip
        avant = read_marque()
        if rang == 0:
            compteur = Pas()
            with CaptureQueriesContext(connection) as vues:
                declare_releve(envoi=envoi, textes=textes)
            questions, pas = len(vues), compteur.stop()
            continue
        instant = time.perf_counter()
        declare_releve(envoi=envoi, textes=textes)
        ecrire.append(1000 * (time.perf_counter() - instant))
        instant = time.perf_counter()
        lots = read_nouveautes(avant, read_marque(), savoir.dossier.referentiel)
        relire.append(1000 * (time.perf_counter() - instant))
        if lots is None or [r.date for r in lots.nouveautes.releves] != [jour]:
            raise AssertionError("un autre ne voit pas ce qui vient d’être écrit")
    return {
        "questions": questions,
        "pas": pas if connection.vendor == "sqlite" else None,
        "ecrire": ecrire,
        "relire": relire,
    }


def count_cellule() -> int:
    """Relevés already declared on the cell: each measure goes on from there."""
    from quartiers.storage.models import Releve

    return Releve.objects.filter(indicateur=INDICATEUR, territoire=TERRITOIRE).count()


class Pas:
    """Steps of the engine of SQLite: what reading more rows would cost, whatever the clock says."""

    def __init__(self) -> None:
        self.vus = 0
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            connection.connection.set_progress_handler(self.add, 1)

    def add(self) -> int:
        """One step."""
        self.vus += 1
        return 0

    def stop(self) -> int:
        """How many there were."""
        if connection.vendor == "sqlite":
            connection.connection.set_progress_handler(None, 1)
        return self.vus
