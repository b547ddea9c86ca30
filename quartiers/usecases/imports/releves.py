"""releves.csv: values of indicateurs, declared."""

from __future__ import annotations

from pathlib import Path

from quartiers.sources.lecture import read_table_file
from quartiers.usecases.etat_base import build_contexte
from quartiers.usecases.journal import Bilan, Plume
from quartiers.usecases.lecture import keep_nouveaux
from quartiers.usecases.lecture_releves import COLONNES, read_releves
from quartiers.usecases.rangees import RELEVES

GENRE = "releves"
AIDE = "valeurs déclarées d'indicateurs (releves.csv)"


def run(chemin: Path, plume: Plume) -> Bilan:
    """Store the lines that say something new; a line already known as it is changes nothing."""
    contexte = build_contexte(plume.envoi.connu_le)
    lus, rapport = read_releves(read_table_file(chemin, COLONNES), contexte)
    plume.rapports.append(rapport)
    nouveaux = keep_nouveaux(lus, RELEVES.list_sus(plume))
    RELEVES.add(nouveaux, plume)
    return Bilan(inchangees=len(lus) - len(nouveaux))
