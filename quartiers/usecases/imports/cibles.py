"""cibles.csv: target lines of plans and avenants."""

from __future__ import annotations

from pathlib import Path

from quartiers.sources.lecture import read_table_file
from quartiers.usecases.comparaison import list_actuels
from quartiers.usecases.etat_base import build_contexte
from quartiers.usecases.journal import Bilan, Plume
from quartiers.usecases.lecture_cibles import COLONNES, read_cibles
from quartiers.usecases.lot import Lot
from quartiers.usecases.rangees import CIBLES

GENRE = "cibles"
AIDE = "cibles des plans et avenants (cibles.csv)"


def run(chemin: Path, plume: Plume) -> Bilan:
    """Store the lines that are not already the last known of their cell, effect and origin."""
    contexte = build_contexte(plume.envoi.connu_le)
    lecture = read_cibles(read_table_file(chemin, COLONNES), contexte)
    lot = Lot.build(lecture, list_actuels(CIBLES.list_sus(plume.envoi.connu_le)))
    return lot.store(CIBLES, plume)
