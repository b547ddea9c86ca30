"""confirmations.csv: a nearby place that does serve a quartier, said by the délégué."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from quartiers.core.anomalie import Anomalie
from quartiers.core.rayons import RAYON_A_PROXIMITE_M
from quartiers.sources.lecture import read_table_file
from quartiers.storage.models import Proximite
from quartiers.usecases.comparaison import list_actuels
from quartiers.usecases.ecrire import Bilan, EcritureOuverte, Envoi
from quartiers.usecases.etat_base import build_contexte
from quartiers.usecases.lecture_petits import (
    COLONNES_CONFIRMATIONS,
    ConfirmationLue,
    read_confirmations,
)
from quartiers.usecases.lieux_de_liste import filter_cles
from quartiers.usecases.lot import Lot
from quartiers.usecases.rangees import CONFIRMATIONS
from quartiers.usecases.territoires_connus import list_perimetres

GENRE = "confirmations"
AIDE = "dessertes confirmées par le délégué (confirmations.csv)"


def read(chemin: Path, envoi: Envoi) -> Lot[ConfirmationLue]:
    """The lines compared with those known; one that can do nothing (farther than 1,000 m) is told."""
    contexte = build_contexte(envoi.connu_le)
    lecture = read_confirmations(read_table_file(chemin, COLONNES_CONFIRMATIONS), contexte)
    lot = Lot.build(lecture, list_actuels(CONFIRMATIONS.list_sus(envoi.connu_le)))
    return lot.notice(list(list_vaines(lot.lus, chemin.name)))


def write(lot: Lot[ConfirmationLue], ecriture: EcritureOuverte) -> Bilan:
    """Store the lines that say something new; a line already known as it is changes nothing."""
    return lot.store(CONFIRMATIONS, ecriture)


def list_vaines(lues: Sequence[ConfirmationLue], fichier: str) -> Iterator[Anomalie]:
    """Confirmations of a place that no list shows within 1,000 m of its territoire (L-10)."""
    for lue in lues:
        proches = Proximite.objects.filter(
            enregistrement__in=filter_cles([lue.lieu]).order_by().values("pk"),
            territoire__in=list_perimetres(lue.territoire),
            distance_m__lte=RAYON_A_PROXIMITE_M,
        )
        if not proches.exists():
            raison = f"sans effet : aucune liste ne montre {lue.lieu} à moins de 1 000 m de {lue.territoire}"
            yield Anomalie(fichier, lue.ligne, "lieu", raison)
