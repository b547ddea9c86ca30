"""sans_objet.csv: what does not apply, validated for twelve months."""

from __future__ import annotations

from pathlib import Path

from quartiers.sources.lecture import read_table_file
from quartiers.usecases.comparaison import list_actuels
from quartiers.usecases.ecrire import Bilan, EcritureOuverte, Envoi
from quartiers.usecases.etat_base import build_contexte
from quartiers.usecases.lecture_petits import COLONNES_SANS_OBJET, SansObjetLu, read_sans_objets
from quartiers.usecases.lot import Lot
from quartiers.usecases.rangees import SANS_OBJETS

GENRE = "sans_objet"
AIDE = "actions sans objet, validées (sans_objet.csv)"


def read(chemin: Path, envoi: Envoi) -> Lot[SansObjetLu]:
    """The lines of the file, compared with what is known of them."""
    contexte = build_contexte(envoi.connu_le)
    lecture = read_sans_objets(read_table_file(chemin, COLONNES_SANS_OBJET), contexte)
    return Lot.build(lecture, list_actuels(SANS_OBJETS.list_sus(envoi.connu_le)))


def write(lot: Lot[SansObjetLu], ecriture: EcritureOuverte) -> Bilan:
    """Store the lines that say something new; a line already known as it is changes nothing."""
    return lot.store(SANS_OBJETS, ecriture)
