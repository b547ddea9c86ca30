"""arrets.csv: stops of the buses among the known places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from quartiers.core.anomalie import Anomalie, DonneesRefusees
from quartiers.geo.distance import Points, measure_distances
from quartiers.sources.lecture import read_table_file
from quartiers.usecases.comparaison import list_actuels
from quartiers.usecases.ecrire import Bilan, EcritureOuverte, Envoi
from quartiers.usecases.etat_base import build_contexte
from quartiers.usecases.lecture_petits import COLONNES_ARRETS, ArretLu, read_arrets
from quartiers.usecases.lieux_de_liste import list_cles
from quartiers.usecases.lot import Lot
from quartiers.usecases.rangees import ARRETS
from quartiers.usecases.rattachements import load_perimetres
from quartiers.usecases.territoires_connus import list_perimetres

GENRE = "arrets"
AIDE = "arrêts des bus (arrets.csv)"


@dataclass(frozen=True, slots=True)
class ArretsSitues:
    """Stops compared, and the distance of each by its line."""

    lot: Lot[ArretLu]
    distances: dict[int, float | None]


def read(chemin: Path, envoi: Envoi) -> ArretsSitues:
    """The lines of the file, compared with what is known of them."""
    contexte = build_contexte(envoi.connu_le)
    mobiles = list_cles(champs__mobile=True)
    lecture = read_arrets(read_table_file(chemin, COLONNES_ARRETS), contexte, mobiles)
    lot = Lot.build(lecture, list_actuels(ARRETS.list_sus(envoi.connu_le)))
    nouveaux = lot.comparaison.changements
    distances = {lu.ligne: measure_arret(lu) for lu in nouveaux}
    check_situes(nouveaux, distances, envoi.fichier)
    return ArretsSitues(lot, distances)


def write(lus: ArretsSitues, ecriture: EcritureOuverte) -> Bilan:
    """Store the stops not yet known, each with its distance to its territoire."""
    return lus.lot.store(ARRETS, ecriture, distance_m=lambda lu: lus.distances[lu.ligne])


def measure_arret(arret: ArretLu) -> float | None:
    """Metres from the perimeter of its territoire; None without coordinates or perimeter (then inside)."""
    if arret.longitude is None:
        return None
    perimetres = load_perimetres(code__in=list_perimetres(arret.territoire))
    if not perimetres:
        return None
    points = Points.build([("arret", arret.longitude, arret.latitude)])
    distances = [d.distance_m for d in measure_distances(perimetres, points)]
    return min(distances, default=float("inf"))


def check_situes(
    arrets: Sequence[ArretLu], distances: dict[int, float | None], fichier: str
) -> None:
    """A stop across an ocean from its territoire has its coordinates wrong: nothing is guessed."""
    ailleurs = [
        Anomalie(
            fichier,
            arret.ligne,
            "longitude",
            f"coordonnées hors de la zone de {arret.territoire} (longitude et latitude inversées ?)",
        )
        for arret in arrets
        if distances[arret.ligne] == float("inf")
    ]
    if ailleurs:
        raise DonneesRefusees(ailleurs)
