"""Écriture 13. What the earlier issues had to show is still shown: each program of their series, played and green.

Within the whole recette, their results are read where it leaves them; alone, this program plays them itself.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

from tests.recette import bases
from tests.recette.lancer_recette import RESULTATS, SERIES, play_items
from tests.recette.outils import Atelier, expect, play

ANTERIEURES = ("item", "lecture", "entree")


def read_resultats() -> dict[str, bool]:
    """Shown or not, by item: as the recette that plays this program left them, or played here."""
    fichier = os.environ.get(RESULTATS)
    if fichier:
        lus: dict[str, bool] = json.loads(Path(fichier).read_text(encoding="utf-8"))
        return lus
    voulus = [(serie, n) for serie in ANTERIEURES for n in SERIES[serie]]
    with tempfile.TemporaryDirectory(prefix="quartiers-bases-") as dossier:
        os.environ[bases.VARIABLE] = dossier
        resultats = play_items(voulus)
    return {r.numero: all(x.reussi for x in resultats if x.numero == r.numero) for r in resultats}


def show(atelier: Atelier) -> str:
    """Every item of the earlier series."""
    resultats = read_resultats()
    attendus = [f"{serie} {n}" for serie in ANTERIEURES for n in SERIES[serie]]
    rates = [nom for nom in attendus if not resultats.get(nom)]
    atelier.note(f"{', '.join(f'{len(SERIES[s])} {s}' for s in ANTERIEURES)}")
    expect(not rates, f"pas montrés : {', '.join(rates)}")
    return f"{len(attendus)} points des livraisons d’avant, {len(attendus)} montrés"


if __name__ == "__main__":
    play(show)
