"""quartiers.csv: quartiers cibles, what they hold, and when a plan is expected of them."""

from __future__ import annotations

from pathlib import Path

from quartiers.sources.lecture import read_table_file
from quartiers.usecases.comparaison import list_actuels
from quartiers.usecases.etat_base import build_contexte
from quartiers.usecases.journal import Bilan, Plume
from quartiers.usecases.lecture_petits import COLONNES_QUARTIERS, read_quartiers
from quartiers.usecases.lot import Lot
from quartiers.usecases.rangees import QUARTIERS

GENRE = "quartiers"
AIDE = "quartiers cibles (quartiers.csv)"


def run(chemin: Path, plume: Plume) -> Bilan:
    """A line that differs from the last known version is a new version."""
    contexte = build_contexte(plume.envoi.connu_le)
    lecture = read_quartiers(read_table_file(chemin, COLONNES_QUARTIERS), contexte)
    lot = Lot.build(lecture, list_actuels(QUARTIERS.list_sus(plume.envoi.connu_le)))
    return lot.store(QUARTIERS, plume)
