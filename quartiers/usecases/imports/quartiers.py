"""quartiers.csv: quartiers cibles, what they hold, and when a plan is expected of them."""

from __future__ import annotations

from pathlib import Path

from quartiers.sources.lecture import read_table_file
from quartiers.usecases.comparaison import list_actuels
from quartiers.usecases.ecrire import Bilan, EcritureOuverte, Envoi
from quartiers.usecases.etat_base import build_contexte
from quartiers.usecases.lecture_petits import COLONNES_QUARTIERS, QuartierLu, read_quartiers
from quartiers.usecases.lot import Lot
from quartiers.usecases.rangees import QUARTIERS

GENRE = "quartiers"
AIDE = "quartiers cibles (quartiers.csv)"


def read(chemin: Path, envoi: Envoi) -> Lot[QuartierLu]:
    """The lines of the file, compared with what is known of them."""
    contexte = build_contexte(envoi.connu_le)
    lecture = read_quartiers(read_table_file(chemin, COLONNES_QUARTIERS), contexte)
    return Lot.build(lecture, list_actuels(QUARTIERS.list_sus(envoi.connu_le)))


def write(lot: Lot[QuartierLu], ecriture: EcritureOuverte) -> Bilan:
    """Store the lines that say something new; a line already known as it is changes nothing."""
    return lot.store(QUARTIERS, ecriture)
