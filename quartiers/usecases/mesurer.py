"""How far recorded places are from perimeters, measured when either enters.

Only fixed places are measured: the published point of a bus is its garage. Distances are worked out, not
learnt: they can be thrown away and measured again, and are known as soon as the place is.

Of a list, all within 1,000 m, and the nearest beyond. Of what people declare, all within 1,000 m, the perimeters that
a place says it stands in, and every one for the kinds of places that an indicateur counts wherever they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from quartiers.core.derivation.geographie import Distances
from quartiers.core.derivation.portee import get_point
from quartiers.core.enregistrement import Enregistrement as EnregistrementDit
from quartiers.core.enregistrement import NatureDeLien
from quartiers.core.genres.lieu import Lieu
from quartiers.core.genres.quartier_cible import QuartierDeclare
from quartiers.core.referentiel import Portee
from quartiers.geo.distance import (
    RAYON_MAX_M,
    Distance,
    Points,
    measure_distances,
    measure_paires,
)
from quartiers.geo.perimetre import Perimetre
from quartiers.storage.models import Desserte, Enregistrement, Proximite
from quartiers.storage.models.base import LOT, AjoutQuerySet
from quartiers.usecases.charger_contexte import load_referentiel
from quartiers.usecases.chercher_lieux import filter_lieux, find_point
from quartiers.usecases.garder_enregistrements import DECLARES, iterate_contenus
from quartiers.usecases.interroger import split
from quartiers.usecases.rattacher import load_perimetres


@dataclass(frozen=True, slots=True)
class LieuMesure:
    """A fixed place to be measured: its row, the write it came in, its kind, its point in degrees."""

    rangee: int
    ecriture: int
    genre: str
    lon: float
    lat: float

    @property
    def point(self) -> tuple[str, float, float]:
        """As distances are asked."""
        return (str(self.rangee), self.lon, self.lat)


def measure_lieux(ecriture: int) -> int:
    """Distances from the fixed places of one list, just written, to every perimeter."""
    ecrits = Enregistrement.objects.filter(genre=Lieu.GENRE, ecriture_id=ecriture)
    return _store(_measure_listes(load_perimetres(), list_mesures(ecrits)))


def measure_declares(ecriture: int) -> int:
    """Distances from the fixed places that people declared in one write, just written."""
    ecrits = Enregistrement.objects.filter(genre=Lieu.GENRE, ecriture_id=ecriture)
    lieux = list_mesures(ecrits)
    return _store(_measure_declares(load_perimetres(), lieux)) if lieux else 0


def measure_territoires(codes: Sequence[str]) -> int:
    """Distances from every fixed place to the perimeters that just entered or moved."""
    if not codes:
        return 0
    for debut in range(0, len(codes), LOT):
        Proximite.objects.filter(territoire__in=codes[debut : debut + LOT]).delete()
    voulus = set(codes)
    perimetres = [p for p in load_perimetres() if p.code in voulus]
    declares = Enregistrement.objects.filter(genre=Lieu.GENRE, ecriture__canal__in=DECLARES)
    nombre = _store(_measure_listes(perimetres, list_mesures(filter_lieux())))
    return nombre + _store(_measure_declares(perimetres, list_mesures(declares)))


def list_mesures(rangees: AjoutQuerySet) -> list[LieuMesure]:
    """Those of some rows that are fixed places whose point is known."""
    dits = rangees.filter(retrait=False).order_by("pk").values_list("pk", "ecriture_id", "champs")
    return [
        LieuMesure(pk, ecriture, champs["genre"], *point)
        for pk, ecriture, champs in dits
        if (point := find_point(champs)) is not None
    ]


def _measure_listes(
    perimetres: Sequence[Perimetre], lieux: Sequence[LieuMesure]
) -> Iterator[Distance]:
    """Each list by itself: the nearest place of one list is not that of another."""
    lots: dict[int, list[LieuMesure]] = {}
    for lieu in lieux:
        lots.setdefault(lieu.ecriture, []).append(lieu)
    for lot in lots.values():
        yield from measure_distances(perimetres, Points.build([lieu.point for lieu in lot]))


def _measure_declares(
    perimetres: Sequence[Perimetre], lieux: Sequence[LieuMesure]
) -> Iterator[Distance]:
    """Each place by itself: what is near, what it says it stands in, and all that it is counted from."""
    if not lieux:
        return
    points = Points.build([lieu.point for lieu in lieux])
    trouvees = {
        (d.perimetre, d.point): d for d in measure_distances(perimetres, points, au_dela=False)
    }
    situes = list_situes([lieu.rangee for lieu in lieux])
    trouvees |= {(d.perimetre, d.point): d for d in measure_paires(perimetres, points, situes)}
    genres = list_genres_sans_limite()
    if partout := [lieu.point for lieu in lieux if lieu.genre in genres]:
        toutes = measure_distances(
            perimetres, Points.build(partout), seuil_m=RAYON_MAX_M, au_dela=False
        )
        trouvees |= {(d.perimetre, d.point): d for d in toutes}
    yield from trouvees.values()


def list_situes(rangees: Sequence[int]) -> Iterator[tuple[str, str]]:
    """(perimeter, row) for what each says it stands in; a quartier cible is what it holds, as last known."""
    versions = (contenu for contenu, *_ in iterate_contenus(QuartierDeclare))
    parties = {version.code: version.rattaches for version in versions}
    for lot in split(rangees):
        liens = Desserte.objects.filter(enregistrement_id__in=lot, nature=NatureDeLien.SITUE)
        for rangee, territoire in liens.values_list("enregistrement_id", "territoire"):
            for code in parties.get(territoire, [territoire]):
                yield code, str(rangee)


def list_genres_sans_limite() -> frozenset[str]:
    """The kinds of places that an indicateur counts wherever they are."""
    return frozenset(
        mot
        for indicateur in load_referentiel().list_indicateurs()
        for derivation in indicateur.derivations
        if derivation.de == Lieu.DE and derivation.portee_spatiale is Portee.ILLIMITEE
        for mot in derivation.get_mots("genre")
    )


def _store(distances: Iterable[Distance]) -> int:
    lignes = [
        Proximite(enregistrement_id=int(d.point), territoire=d.perimetre, distance_m=d.distance_m)
        for d in distances
    ]
    Proximite.objects.bulk_create(lignes, batch_size=LOT)
    return len(lignes)


def load_distances(enregistrements: Iterable[EnregistrementDit]) -> Distances:
    """How far the places among these records are from what they were measured to."""
    points = {e.numero: point for e in enregistrements if (point := get_point(e)) is not None}
    distances: Distances = {}
    for lot in split(numero for numero in points if numero is not None):
        proximites = Proximite.objects.filter(enregistrement_id__in=lot).order_by()
        for rangee, territoire, metres in proximites.values_list(
            "enregistrement_id", "territoire", "distance_m"
        ):
            distances.setdefault(points[rangee], {})[territoire] = Fraction(str(metres))
    return distances
