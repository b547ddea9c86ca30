"""Which territoires a record feeds, for which share, how far."""

from dataclasses import dataclass
from fractions import Fraction

from tests.oracle.derivation.cadre import QUARTIERS, get_genre, get_version
from tests.oracle.derivation.lignes import Liens, LigneBrute
from tests.oracle.derivation.referentiel import Derivation
from tests.oracle.derivation.regard import Regard

RAYONS = {"A": 50, "AB": 300}  # metres; A allows for what an address is worth
PROCHE = 1000
MESUREES = ("A", "AB", "illimitee")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands for a territoire: in reach, near, at so many metres; its share for a sum."""

    atteint: bool
    proche: bool = False
    distance: Fraction | None = None
    part: Fraction | None = Fraction(1)


def is_nourri(regard: Regard, code: str) -> bool:
    """Does a link to `code` feed the territoire looked at?"""
    return regard.territoire in regard.list_tenants(code)


def get_part(regard: Regard, liens: Liens) -> Fraction | None:
    """The share of a sum that comes to the territoire; None when nobody gave it.

    The shares of its parts add up, to one at most. Without them, all of it comes to the territoire that holds all
    that is served, and nothing that can be said to the others.
    """
    dedans = [code for code in liens if is_nourri(regard, code)]
    parts = [liens[code] for code in dedans]
    connues = [part for part in parts if part is not None]
    if len(connues) == len(parts):
        return min(Fraction(1), sum(connues, Fraction(0)))
    return Fraction(1) if len(dedans) == len(liens) else None


def list_liens(regard: Regard, ligne: LigneBrute, derivation: Derivation) -> Liens:
    """The links that this reach reads. An activity at a place is situated where the place is."""
    situe = ligne.situe
    lieu = find_lieu(regard, ligne)
    if lieu is not None:
        situe = lieu.situe
    if derivation.portee in MESUREES:
        return situe
    return {**ligne.dessert, **situe}


def find_lieu(regard: Regard, ligne: LigneBrute) -> LigneBrute | None:
    """The place where an activity is held: its last statement known."""
    reference = ligne.get("lieu") if ligne.genre == "activite" else None
    if reference is None:
        return None
    lieux = [s for s in regard.sus if s.genre == "lieu" and s.objet == reference]
    return max(lieux, key=lambda s: s.le, default=None)


def find_place(regard: Regard, ligne: LigneBrute, derivation: Derivation) -> Place | None:
    """Where a record stands for the territoire looked at; None when it does not feed it."""
    liens = list_liens(regard, ligne, derivation)
    nourrissants = [code for code in liens if is_nourri(regard, code)]
    is_de_quartier = any(get_genre(regard.monde, code) in QUARTIERS for code in nourrissants)
    if regard.indicateur.genre == "national" and nourrissants and not is_de_quartier:
        # A national figure is fed by its quartiers; what is linked to none of them is told apart.
        regard.non_repartis.add(ligne.objet)
        return None
    part = get_part(regard, liens) if nourrissants else Fraction(1)
    if derivation.portee not in MESUREES:
        return Place(atteint=True, part=part) if nourrissants else None
    distance = find_distance(regard, ligne, liens)
    if distance is None:
        return None
    rayon = RAYONS.get(str(derivation.portee))
    if rayon is None or distance <= rayon:
        return Place(atteint=True, distance=distance, part=part)
    if distance <= PROCHE and regard.indicateur.genre == "presence":
        return Place(atteint=False, proche=True, distance=distance, part=part)
    return None


def find_distance(regard: Regard, ligne: LigneBrute, liens: Liens) -> Fraction | None:
    """Metres to the territoire: measured, or 0 when it is said to stand inside.

    A quartier cible is as far as the nearest of its parts.
    """
    lieu = find_lieu(regard, ligne)
    objet = ligne.objet if lieu is None else lieu.objet
    version = get_version(regard.monde, regard.territoire, regard.connu_le)
    rattaches = () if version is None else version.rattaches
    mesures = regard.monde.distances
    distances = [
        mesures[code, objet] for code in (regard.territoire, *rattaches) if (code, objet) in mesures
    ]
    if not distances:
        return Fraction(0) if any(is_nourri(regard, code) for code in liens) else None
    if any(code in liens and (code, objet) not in mesures for code in rattaches):
        distances.append(Fraction(0))
    return min(distances)
