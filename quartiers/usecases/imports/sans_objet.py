"""sans_objet.csv: what does not apply, validated for twelve months."""

from __future__ import annotations

from pathlib import Path

from quartiers.sources.lecture import read_table_file
from quartiers.usecases.comparaison import list_actuels
from quartiers.usecases.etat_base import build_contexte
from quartiers.usecases.journal import Bilan, Plume
from quartiers.usecases.lecture_petits import COLONNES_SANS_OBJET, read_sans_objets
from quartiers.usecases.lot import Lot
from quartiers.usecases.rangees import SANS_OBJETS

GENRE = "sans_objet"
AIDE = "actions sans objet, validées (sans_objet.csv)"


def run(chemin: Path, plume: Plume) -> Bilan:
    """Store the lines not yet known."""
    contexte = build_contexte(plume.envoi.connu_le)
    lecture = read_sans_objets(read_table_file(chemin, COLONNES_SANS_OBJET), contexte)
    lot = Lot.build(lecture, list_actuels(SANS_OBJETS.list_sus(plume.envoi.connu_le)))
    return lot.store(SANS_OBJETS, plume)
