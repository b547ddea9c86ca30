"""cibles.csv: target lines of plans and avenants."""

from __future__ import annotations

from pathlib import Path

from quartiers.sources.lecture import read_table_file
from quartiers.usecases.comparaison import list_actuels
from quartiers.usecases.ecrire import Bilan, EcritureOuverte, Envoi
from quartiers.usecases.etat_base import build_contexte
from quartiers.usecases.lecture_cibles import COLONNES, CibleLue, read_cibles
from quartiers.usecases.lot import Lot
from quartiers.usecases.rangees import CIBLES

GENRE = "cibles"
AIDE = "cibles des plans et avenants (cibles.csv)"


def read(chemin: Path, envoi: Envoi) -> Lot[CibleLue]:
    """The lines of the file, compared with what is known of them."""
    contexte = build_contexte(envoi.connu_le)
    lecture = read_cibles(read_table_file(chemin, COLONNES), contexte)
    return Lot.build(lecture, list_actuels(CIBLES.list_sus(envoi.connu_le)))


def write(lot: Lot[CibleLue], ecriture: EcritureOuverte) -> Bilan:
    """Store the lines that say something new; a line already known as it is changes nothing."""
    return lot.store(CIBLES, ecriture)
