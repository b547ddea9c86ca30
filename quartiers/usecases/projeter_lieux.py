"""Records → faits for places of official lists: presence, nearest distance, opening hours (L-06 to L-11).

Nothing here knows the code of an indicateur: the derivations of the référentiel say which ones places feed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from quartiers.core.fait import Liste, Objet, Preuve, Rang, Releve
from quartiers.core.horaires import count_heures
from quartiers.core.rayons import RAYONS
from quartiers.core.referentiel import Derivation, GenreIndicateur, Indicateur, Portee, Referentiel
from quartiers.core.territoire import Niveau
from quartiers.usecases.doutes import Doutes

Savoir = tuple[date, int]


@dataclass(frozen=True, slots=True)
class TerritoireCompare:
    """A territoire as places are compared with it. `parts`: codes of the perimeters it is made of.

    `couvert`: the list proves an absence there. A quartier cible is known as it is from `connu_le` to the eve
    of `oublie_le`; `is_suite`: an earlier version of it was compared before. `communes`, `departements`: where
    it stands; `is_trouble`: the list holds a place that may be there, and nobody knows where it is; `is_prive`:
    the territoire even knew that place.
    """

    territoire: str
    parts: tuple[str, ...]
    couvert: bool
    connu_le: date = date.min
    ordre: int = 0
    oublie_le: date | None = None
    is_suite: bool = False
    communes: frozenset[str] = frozenset()
    departements: frozenset[str] = frozenset()
    is_trouble: bool = False
    is_prive: bool = False

    def join(self, *savoirs: Savoir) -> Savoir | None:
        """When all of it is known together; None when the quartier was known better by then."""
        su = max(*savoirs, (self.connu_le, self.ordre))
        return None if self.oublie_le is not None and su[0] >= self.oublie_le else su


@dataclass(frozen=True, slots=True)
class LieuVu:
    """A row of an official list, with its distances in metres by perimeter. `lot`: the import it came in.

    `commune`: its code today, None when unknown; `is_situe`: its point is known.
    """

    lot: int
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
    commune: str | None = None
    departement: str = ""
    is_situe: bool = True

    @property
    def is_egare(self) -> bool:
        """People are received there, and nobody knows where it is."""
        return not self.mobile and not self.is_situe

    @property
    def debut(self) -> date:
        """First day it is in force: that of its label, and the list itself is a witness (L-06)."""
        return min(self.du, self.millesime)


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
    oublie_le: date | None = None


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
            if derivation.de != "Lieu" or genre not in derivation.get_mots("genre"):
                continue
            if indicateur.niveau is Niveau.QUARTIER and derivation.portee_spatiale is not None:
                usages.append(Usage(indicateur, derivation, filtre.get("mobile") is True))
    return usages


def project_lieux(
    referentiel: Referentiel,
    lieux: Sequence[LieuVu],
    arrets: Sequence[ArretVu],
    cadres: Sequence[TerritoireCompare],
) -> FaitsDeLieux:
    """Faits of all the places in all the territoires."""
    faits = FaitsDeLieux()
    lots: dict[int, list[LieuVu]] = defaultdict(list)
    for lieu in lieux:
        lots[lieu.lot].append(lieu)
    for _, lot in sorted(lots.items()):
        juges = _judge_cadres(lot, lots, cadres)
        vus = [
            (cadre, _list_vus(cadre, par_part)) for par_part in (_index(lot),) for cadre in juges
        ]
        for usage in list_usages(referentiel, lot[0].genre):
            _project_usage(faits, usage, lot, vus, arrets, juges)
    return faits


def _judge_cadres(
    lot: Sequence[LieuVu], lots: Mapping[int, Sequence[LieuVu]], cadres: Sequence[TerritoireCompare]
) -> Sequence[TerritoireCompare]:
    """The territoires as this list can speak of them: no absence is proved where it may hold a lost place."""
    egares = [lieu for lieu in lot if lieu.is_egare]
    if not egares:
        return cadres
    doutes = Doutes(
        communes=frozenset(lieu.commune for lieu in egares if lieu.commune is not None),
        departements=frozenset(lieu.departement for lieu in egares),
        vagues=frozenset(lieu.departement for lieu in egares if lieu.commune is None),
        perimetres=frozenset(_list_parts_connues({lieu.cle for lieu in egares}, lot[0], lots)),
    )
    return [
        replace(cadre, couvert=False, is_trouble=True, is_prive=doutes.is_prive(cadre.parts))
        if doutes.is_trouble(cadre.parts, cadre.communes, cadre.departements)
        else cadre
        for cadre in cadres
    ]


def _list_parts_connues(
    cles: Collection[str], temoin: LieuVu, lots: Mapping[int, Sequence[LieuVu]]
) -> set[str]:
    """The perimeters that met one of these places in an earlier list, as known when this one was."""
    return {
        part
        for lot in lots.values()
        if lot[0].source == temoin.source
        and lot[0].millesime < temoin.millesime
        and lot[0].connu_le <= temoin.connu_le
        for lieu in lot
        if lieu.cle in cles
        for part in lieu.distances
    }


Vus = list[tuple[LieuVu, float]]
"""Places met by a territoire, with their least distance, nearest first."""


def _index(lot: Sequence[LieuVu]) -> dict[str, Vus]:
    par_part: dict[str, Vus] = defaultdict(list)
    for lieu in lot:
        for part, distance in lieu.distances.items():
            par_part[part].append((lieu, distance))
    return par_part


def _list_vus(cadre: TerritoireCompare, par_part: Mapping[str, Vus]) -> Vus:
    distances: dict[str, tuple[LieuVu, float]] = {}
    for part in cadre.parts:
        for lieu, distance in par_part.get(part, ()):
            if lieu.cle not in distances or distance < distances[lieu.cle][1]:
                distances[lieu.cle] = (lieu, distance)
    return sorted(distances.values(), key=lambda vu: (vu[1], vu[0].cle))


def _project_usage(
    faits: FaitsDeLieux,
    usage: Usage,
    lot: Sequence[LieuVu],
    vus: Sequence[tuple[TerritoireCompare, Vus]],
    arrets: Sequence[ArretVu],
    cadres: Sequence[TerritoireCompare],
) -> None:
    if usage.indicateur.genre is GenreIndicateur.PRESENCE:
        if usage.mobile:
            faits.objets += _list_arrets(usage, lot, arrets, cadres)
            return
        faits.listes += _list_listes(usage.indicateur, lot[0], cadres)
        for cadre, proches in vus:
            faits.objets += _list_objets(usage, cadre, proches)
        return
    choose = {"distance_min": _choose_distance, "heures_hebdo": _choose_heures}.get(
        usage.derivation.compte or ""
    )
    if choose is not None:
        for cadre, proches in vus:
            faits.releves += _list_releves(usage, cadre, choose(usage, cadre, proches), lot[0])


def _list_listes(
    indicateur: Indicateur, lieu: LieuVu, cadres: Sequence[TerritoireCompare]
) -> Iterator[Liste]:
    preuve = Preuve(
        cle=f"{lieu.source}/{lieu.millesime}",
        genre="liste",
        libelle="Liste officielle complète",
        source=lieu.source,
        millesime=lieu.millesime,
        empreinte=lieu.preuve.empreinte,
        archive=lieu.preuve.archive,
    )
    for cadre in cadres:
        su = cadre.join((lieu.connu_le, lieu.ordre))
        if su is not None and cadre.couvert:
            yield Liste(
                indicateur=indicateur.code,
                territoire=cadre.territoire,
                source=lieu.source,
                rang=Rang.LISTE,
                date=lieu.millesime,
                connu_le=su[0],
                ordre=su[1],
                preuve=preuve,
                oublie_le=cadre.oublie_le,
            )


def _list_objets(usage: Usage, cadre: TerritoireCompare, proches: Vus) -> Iterator[Objet]:
    """Where a place is lost, only those in reach: one that is merely near would say that none is nearer."""
    rayon = RAYONS.get(usage.derivation.portee_spatiale or Portee.DESSERTE)
    for lieu, distance in proches:
        su = cadre.join((lieu.connu_le, lieu.ordre))
        if su is not None and not (cadre.is_trouble and rayon is not None and distance > rayon):
            yield Objet(
                indicateur=usage.indicateur.code,
                territoire=cadre.territoire,
                objet=lieu.cle,
                source=lieu.source,
                rang=Rang.LISTE,
                du=lieu.debut,
                au=None,
                temoin=lieu.millesime,
                distance_m=distance,
                portee=usage.derivation.portee_spatiale,
                connu_le=su[0],
                ordre=su[1],
                preuve=lieu.preuve,
                oublie_le=cadre.oublie_le,
            )


def _list_arrets(
    usage: Usage,
    lot: Sequence[LieuVu],
    arrets: Sequence[ArretVu],
    cadres: Sequence[TerritoireCompare],
) -> Iterator[Objet]:
    """A mobile place proves something where it stops, as long as the list knows it (L-11).

    A stop recorded for a QPV or a QRR is one of the quartiers cibles that hold it.
    """
    mobiles = {lieu.cle: lieu for lieu in lot if lieu.mobile}
    for arret in arrets:
        lieu = mobiles.get(arret.lieu)
        if lieu is None:
            continue
        concernes = [c for c in cadres if arret.territoire in c.parts]
        if not any(c.territoire == arret.territoire for c in concernes):
            concernes.append(TerritoireCompare(arret.territoire, (), couvert=False))
        for cadre in concernes:
            su = cadre.join((lieu.connu_le, lieu.ordre), (arret.connu_le, arret.ordre))
            oublis = [jour for jour in (cadre.oublie_le, arret.oublie_le) if jour is not None]
            oublie_le = min(oublis, default=None)
            if su is None or (oublie_le is not None and su[0] >= oublie_le):
                continue
            yield Objet(
                indicateur=usage.indicateur.code,
                territoire=cadre.territoire,
                objet=lieu.cle,
                source=lieu.source,
                rang=Rang.LISTE,
                du=max(lieu.debut, arret.du or lieu.debut),
                au=arret.au,
                temoin=lieu.millesime,
                distance_m=arret.distance_m,
                portee=usage.derivation.portee_spatiale,
                connu_le=su[0],
                ordre=su[1],
                preuve=arret.preuve,
                oublie_le=oublie_le,
            )


Choix = tuple[LieuVu, Fraction] | None


def _choose_distance(_: Usage, cadre: TerritoireCompare, proches: Vus) -> Choix:
    """The nearest place, where the list is complete; a territoire that meets none has no distance known."""
    if not proches or not cadre.couvert:
        return None
    lieu, distance = proches[0]
    return lieu, round(Fraction(str(distance)), 6)


def _choose_heures(usage: Usage, cadre: TerritoireCompare, proches: Vus) -> Choix:
    """The most open place in reach (L'« espace retenu »); a timetable that cannot be read says nothing.

    Nor is anything said where a place that was there is lost: it may be the most open.
    """
    if cadre.is_prive:
        return None
    rayon = RAYONS.get(usage.derivation.portee_spatiale or Portee.DESSERTE)
    ouverts = [
        (lieu, heures)
        for lieu, distance in proches
        if rayon is not None
        and distance <= rayon
        and (heures := count_heures(lieu.horaires)) is not None
    ]
    choisi = max(ouverts, key=lambda ouvert: ouvert[1], default=None)
    return None if choisi is None else (choisi[0], round(choisi[1], 6))


def _list_releves(
    usage: Usage, cadre: TerritoireCompare, choix: Choix, temoin: LieuVu
) -> Iterator[Releve]:
    """The value worked out; for a later version of a quartier, its absence takes the earlier one back."""
    if choix is None and not cadre.is_suite:
        return
    lieu = temoin if choix is None else choix[0]
    su = cadre.join((lieu.connu_le, lieu.ordre))
    if su is None:
        return
    yield Releve(
        indicateur=usage.indicateur.code,
        territoire=cadre.territoire,
        date=lieu.millesime,
        connu_le=su[0],
        ordre=su[1],
        valeur=None if choix is None else choix[1],
        rang=Rang.LISTE,
        source=lieu.source,
        preuve=lieu.preuve,
    )
