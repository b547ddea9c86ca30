"""One of the accounts that declare at the same time: a process of its own, told what to write by its arguments.

    python -m tests.recette.ecrivain RANG NOMBRE

Writes NOMBRE relevés, one in five on the line that all write; prints in JSON what was acknowledged, how many
conflicts were shown, and the milliseconds of each write.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

INDICATEUR, TERRITOIRE = "m-2-2-apprentis", "QC-VALLON"
PREMIER = date(2024, 1, 1)
DISPUTEE = "Commune"
SUR = 5
ESSAIS = 200


def main(rang: int, nombre: int) -> None:
    """Every write until it is acknowledged: a conflict is looked at, and written again over what it showed."""
    from quartiers.cli.base import setup_django

    setup_django()
    from quartiers.usecases.declarer import Conflit, declare_releve
    from quartiers.usecases.ecrire import Envoi

    envoi = Envoi(
        genre="", fichier="", empreinte="", millesime=None, connu_le=date(2026, 11, 20),
        saisi_le=datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Europe/Paris")), organisme=f"Mairie {rang}",
    )  # fmt: skip
    durees, conflits, vu = [], 0, None
    for n in range(nombre):
        disputee = n % SUR == 0
        jour = PREMIER if disputee else PREMIER + timedelta(days=n)
        textes = {
            "indicateur": INDICATEUR,
            "territoire": TERRITOIRE,
            "date": jour.isoformat(),
            "valeur": str(1 + rang * nombre + n),
            "source": DISPUTEE if disputee else f"Mairie {rang}",
        }
        debut = time.perf_counter()
        regarde = vu if disputee else None
        for _ in range(ESSAIS):
            try:
                declare_releve(envoi=envoi, textes=textes, vu=regarde)
                break
            except Conflit as conflit:
                conflits += 1
                regarde = vu = conflit.rangee
        else:
            raise AssertionError("jamais écrite")
        durees.append(1000 * (time.perf_counter() - debut))
    print(json.dumps({"ecrites": nombre, "conflits": conflits, "durees": durees}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
