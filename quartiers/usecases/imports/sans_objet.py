"""sans_objet.csv: what does not apply, validated for twelve months."""

from __future__ import annotations

from pathlib import Path

from quartiers.sources.lecture import read_table_file
from quartiers.storage.models import SansObjet
from quartiers.usecases.etat_base import build_contexte
from quartiers.usecases.importer import Bilan
from quartiers.usecases.journal import Plume
from quartiers.usecases.lecture_petits import COLONNES_SANS_OBJET, read_sans_objets

GENRE = "sans_objet"
AIDE = "actions sans objet, validées (sans_objet.csv)"
_CHAMPS = ("indicateur", "territoire", "motif", "valide_le", "valide_par")


def run(chemin: Path, plume: Plume) -> Bilan:
    """Store the lines not yet known."""
    contexte = build_contexte(plume.envoi.connu_le)
    lus, rapport = read_sans_objets(read_table_file(chemin, COLONNES_SANS_OBJET), contexte)
    plume.rapports.append(rapport)
    connus = set(SansObjet.objects.order_by().values_list(*_CHAMPS))
    nouveaux = [lu for lu in lus if tuple(getattr(lu, champ) for champ in _CHAMPS) not in connus]
    SansObjet.objects.bulk_create(
        [
            SansObjet(
                **plume.sign(), ligne=lu.ligne, **{champ: getattr(lu, champ) for champ in _CHAMPS}
            )
            for lu in nouveaux
        ]
    )
    return Bilan(inchangees=len(lus) - len(nouveaux))
