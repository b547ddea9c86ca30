"""arrets.csv: stops of the buses among the known places."""

from __future__ import annotations

from pathlib import Path

from quartiers.geo.distance import Points, measure_distances
from quartiers.geo.perimetre import load_perimetre
from quartiers.sources.lecture import read_table_file
from quartiers.storage.models import Arret, Lieu, QuartierCible, Territoire
from quartiers.usecases.etat_base import build_contexte
from quartiers.usecases.importer import Bilan
from quartiers.usecases.journal import Plume
from quartiers.usecases.lecture_petits import COLONNES_ARRETS, ArretLu, read_arrets

GENRE = "arrets"
AIDE = "arrêts des bus (arrets.csv)"
_CHAMPS = ("lieu", "territoire", "adresse", "longitude", "latitude", "jour", "heures", "du", "au")


def run(chemin: Path, plume: Plume) -> Bilan:
    """Store the stops not yet known, each with its distance to its territoire."""
    contexte = build_contexte(plume.envoi.connu_le)
    mobiles = frozenset(
        Lieu.objects.filter(mobile=True).order_by().values_list("cle", flat=True).distinct()
    )
    lus, rapport = read_arrets(read_table_file(chemin, COLONNES_ARRETS), contexte, mobiles)
    plume.rapports.append(rapport)
    connus = set(Arret.objects.order_by().values_list(*_CHAMPS))
    nouveaux = [lu for lu in lus if tuple(getattr(lu, champ) for champ in _CHAMPS) not in connus]
    Arret.objects.bulk_create(
        [
            Arret(
                **plume.sign(),
                ligne=lu.ligne,
                distance_m=measure_arret(lu),
                **{champ: getattr(lu, champ) for champ in _CHAMPS},
            )
            for lu in nouveaux
        ]
    )
    return Bilan(inchangees=len(lus) - len(nouveaux))


def measure_arret(arret: ArretLu) -> float | None:
    """Metres from the perimeter of its territoire; None without coordinates or perimeter (then inside)."""
    if arret.longitude is None:
        return None
    codes = list_codes(arret.territoire)
    lignes = Territoire.objects.filter(code__in=codes, geometrie__isnull=False).values_list(
        "code", "geometrie"
    )
    perimetres = [load_perimetre(code, bytes(wkb)) for code, wkb in lignes if wkb is not None]
    points = Points.build([("arret", arret.longitude, arret.latitude)])
    return min((d.distance_m for d in measure_distances(perimetres, points)), default=None)


def list_codes(territoire: str) -> list[str]:
    """The territoire itself, or what a quartier cible holds."""
    version = QuartierCible.objects.filter(code=territoire).order_by("connu_le", "ordre").last()
    return [territoire] if version is None else list(version.rattaches)
