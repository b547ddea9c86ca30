"""confirmations.csv: a nearby place that does serve a quartier, said by the délégué."""

from __future__ import annotations

from pathlib import Path

from quartiers.sources.lecture import read_table_file
from quartiers.storage.models import Confirmation
from quartiers.usecases.etat_base import build_contexte
from quartiers.usecases.importer import Bilan
from quartiers.usecases.journal import Plume
from quartiers.usecases.lecture_petits import COLONNES_CONFIRMATIONS, read_confirmations

GENRE = "confirmations"
AIDE = "dessertes confirmées par le délégué (confirmations.csv)"
_CHAMPS = ("indicateur", "territoire", "lieu", "date", "motif", "par")


def run(chemin: Path, plume: Plume) -> Bilan:
    """Store the lines not yet known."""
    contexte = build_contexte(plume.envoi.connu_le)
    lues, rapport = read_confirmations(read_table_file(chemin, COLONNES_CONFIRMATIONS), contexte)
    plume.rapports.append(rapport)
    connues = set(Confirmation.objects.order_by().values_list(*_CHAMPS))
    nouvelles = [
        lue for lue in lues if tuple(getattr(lue, champ) for champ in _CHAMPS) not in connues
    ]
    Confirmation.objects.bulk_create(
        [
            Confirmation(
                **plume.sign(), ligne=lue.ligne, **{champ: getattr(lue, champ) for champ in _CHAMPS}
            )
            for lue in nouvelles
        ]
    )
    return Bilan(inchangees=len(lues) - len(nouvelles))
