"""Records → faits for places of official lists: presence, nearest distance, opening hours (L-06 to L-11).

Nothing here knows the code of an indicateur: the derivations of the référentiel say which ones places feed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from quartiers.core.etat import RAYON_PROCHE_M, TOLERANCE_M
from quartiers.core.fait import Liste, Objet, Preuve, Rang, Releve
from quartiers.core.referentiel import Derivation, GenreIndicateur, Indicateur, Portee, Referentiel
from quartiers.core.territoire import Niveau

OUI, NON = ("oui",), ("non",)
RAYONS = {Portee.DANS: TOLERANCE_M, Portee.PROCHE: RAYON_PROCHE_M}
HEURES_MAX_PAR_JOUR = 24
_PLAGE = re.compile(r"(\d{1,2})[:h](\d{2})\s*-\s*(\d{1,2})[:h](\d{2})")


@dataclass(frozen=True, slots=True)
class LieuVu:
    """A row of an official list, with its distances (metres) to the territoires that meet it."""

    source: str
    genre: str
    cle: str
    millesime: date
    du: date
    mobile: bool
    connu_le: date
    ordre: int
    preuve: Preuve
    horaires: Mapping[str, str] = field(default_factory=dict)
    distances: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ArretVu:
    """A stop of a mobile place at a territoire. `distance_m` None = inside."""

    lieu: str
    territoire: str
    distance_m: float | None
    du: date | None
    au: date | None
    connu_le: date
    ordre: int
    preuve: Preuve


@dataclass(slots=True)
class FaitsDeLieux:
    """What the places say."""

    objets: list[Objet] = field(default_factory=list)
    listes: list[Liste] = field(default_factory=list)
    releves: list[Releve] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Usage:
    """An indicateur fed by places, and how."""

    indicateur: Indicateur
    derivation: Derivation
    mobile: bool


def list_usages(referentiel: Referentiel, genre: str) -> list[Usage]:
    """Indicateurs of quartier level whose derivation counts places of this kind."""
    usages = []
    for indicateur in referentiel.list_indicateurs():
        for derivation in indicateur.derivations:
            filtre = dict(derivation.filtre)
            if derivation.de != "Lieu" or genre not in filtre.get("genre", ()):
                continue
            if indicateur.niveau is Niveau.QUARTIER and derivation.portee_spatiale is not None:
                usages.append(Usage(indicateur, derivation, filtre.get("mobile", NON) == OUI))
    return usages


def project_lieux(
    referentiel: Referentiel,
    lieux: Sequence[LieuVu],
    arrets: Sequence[ArretVu],
    couverts: Callable[[str], Sequence[str]],
) -> FaitsDeLieux:
    """Faits of all the places. `couverts(source)`: territoires where that source proves an absence."""
    faits = FaitsDeLieux()
    lots: dict[tuple[str, str, date], list[LieuVu]] = defaultdict(list)
    for lieu in lieux:
        lots[lieu.source, lieu.genre, lieu.millesime].append(lieu)
    for (source, genre, _), lot in sorted(lots.items(), key=lambda paire: paire[0]):
        territoires = couverts(source)
        for usage in list_usages(referentiel, genre):
            _project_usage(faits, usage, lot, arrets)
            if usage.indicateur.genre is GenreIndicateur.PRESENCE and not usage.mobile:
                faits.listes += _list_listes(usage.indicateur, lot[0], territoires)
    return faits


def _project_usage(
    faits: FaitsDeLieux, usage: Usage, lot: Sequence[LieuVu], arrets: Sequence[ArretVu]
) -> None:
    concernes = [lieu for lieu in lot if lieu.mobile is usage.mobile]
    if usage.indicateur.genre is GenreIndicateur.PRESENCE:
        make = _list_arrets if usage.mobile else _list_objets
        faits.objets += make(usage, concernes, arrets)
    elif usage.derivation.compte == "distance_min":
        faits.releves += _list_distances(usage.indicateur, concernes)
    elif usage.derivation.compte == "heures_hebdo":
        faits.releves += _list_heures(usage, concernes)


def _list_listes(
    indicateur: Indicateur, lieu: LieuVu, territoires: Sequence[str]
) -> Iterator[Liste]:
    preuve = Preuve(
        cle=f"{lieu.source}/{lieu.millesime}",
        genre="liste",
        libelle="liste officielle complète",
        source=lieu.source,
        millesime=lieu.millesime,
        empreinte=lieu.preuve.empreinte,
        archive=lieu.preuve.archive,
    )
    for territoire in territoires:
        yield Liste(
            indicateur=indicateur.code,
            territoire=territoire,
            source=lieu.source,
            rang=Rang.LISTE,
            date=lieu.millesime,
            connu_le=lieu.connu_le,
            ordre=lieu.ordre,
            preuve=preuve,
        )


def _list_objets(usage: Usage, lieux: Sequence[LieuVu], _: Sequence[ArretVu]) -> Iterator[Objet]:
    for lieu in lieux:
        for territoire, distance in lieu.distances.items():
            yield Objet(
                indicateur=usage.indicateur.code,
                territoire=territoire,
                objet=lieu.cle,
                source=lieu.source,
                rang=Rang.LISTE,
                du=min(lieu.du, lieu.millesime),
                au=None,
                temoin=lieu.millesime,
                distance_m=distance,
                portee=usage.derivation.portee_spatiale,
                connu_le=lieu.connu_le,
                ordre=lieu.ordre,
                preuve=lieu.preuve,
            )


def _list_arrets(
    usage: Usage, lieux: Sequence[LieuVu], arrets: Sequence[ArretVu]
) -> Iterator[Objet]:
    """A mobile place proves something where it stops, as long as the list knows it (L-11)."""
    par_lieu: dict[str, list[ArretVu]] = defaultdict(list)
    for arret in arrets:
        par_lieu[arret.lieu].append(arret)
    for lieu in lieux:
        debut = min(lieu.du, lieu.millesime)
        for arret in par_lieu.get(lieu.cle, ()):
            yield Objet(
                indicateur=usage.indicateur.code,
                territoire=arret.territoire,
                objet=lieu.cle,
                source=lieu.source,
                rang=Rang.LISTE,
                du=max(debut, arret.du or debut),
                au=arret.au,
                temoin=lieu.millesime,
                distance_m=arret.distance_m,
                portee=usage.derivation.portee_spatiale,
                connu_le=max(lieu.connu_le, arret.connu_le),
                ordre=max(lieu.ordre, arret.ordre),
                preuve=arret.preuve,
            )


def _list_distances(indicateur: Indicateur, lieux: Sequence[LieuVu]) -> Iterator[Releve]:
    """The least distance of each territoire; one that meets no place has none, which is not far."""
    proches: dict[str, tuple[float, LieuVu]] = {}
    for lieu in lieux:
        for territoire, distance in lieu.distances.items():
            if territoire not in proches or distance < proches[territoire][0]:
                proches[territoire] = (distance, lieu)
    for territoire, (distance, lieu) in proches.items():
        yield _build_releve(indicateur, territoire, lieu, Fraction(str(distance)))


def _list_heures(usage: Usage, lieux: Sequence[LieuVu]) -> Iterator[Releve]:
    """Weekly hours of the most open place in reach; a timetable that cannot be read says nothing."""
    rayon = RAYONS.get(usage.derivation.portee_spatiale or Portee.DESSERTE)
    ouverts: dict[str, tuple[Fraction, LieuVu]] = {}
    for lieu in lieux:
        heures = count_heures(lieu.horaires)
        if heures is None or rayon is None:
            continue
        for territoire, distance in lieu.distances.items():
            if distance <= rayon and (territoire not in ouverts or heures > ouverts[territoire][0]):
                ouverts[territoire] = (heures, lieu)
    for territoire, (heures, lieu) in ouverts.items():
        yield _build_releve(usage.indicateur, territoire, lieu, heures)


def _build_releve(
    indicateur: Indicateur, territoire: str, lieu: LieuVu, valeur: Fraction
) -> Releve:
    return Releve(
        indicateur=indicateur.code,
        territoire=territoire,
        date=lieu.millesime,
        connu_le=lieu.connu_le,
        ordre=lieu.ordre,
        valeur=round(valeur, 6),
        rang=Rang.LISTE,
        source=lieu.source,
        preuve=lieu.preuve,
    )


def count_heures(horaires: Mapping[str, str]) -> Fraction | None:
    """Weekly hours of `09:00 - 12:00 / 13:30 - 17:00` cells; None when one cannot be read, or none is given."""
    minutes = 0
    for texte in horaires.values():
        for plage in filter(None, (morceau.strip() for morceau in texte.split("/"))):
            trouve = _PLAGE.fullmatch(plage)
            if trouve is None:
                return None
            debut_h, debut_m, fin_h, fin_m = (int(groupe) for groupe in trouve.groups())
            duree = 60 * (fin_h - debut_h) + fin_m - debut_m
            if duree < 0 or fin_h > HEURES_MAX_PAR_JOUR:
                return None
            minutes += duree
    return Fraction(minutes, 60) if minutes else None
