"""Territoires entering the base: added or renamed, never lost without being asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from quartiers.core.anomalie import Anomalie, Carnet, DonneesRefusees
from quartiers.geo.perimetre import Perimetre, load_perimetre
from quartiers.geo.recouvrement import Recouvrement, measure_overlaps
from quartiers.storage.models import CodeAncien, Rattachement, Territoire
from quartiers.usecases.journal import Plume

LOT = 1000
EXEMPLES = 10
PAR_LES_QPV = "communes des QPV qui le recouvrent"
PART_MIN = 0.02
DANS, RECOUVRE = "dans", "recouvre"


@dataclass(frozen=True, slots=True)
class Arrivant:
    """A territoire as a file gives it. `parents`: what holds it directly, in order, with share and origin."""

    code: str
    nom: str
    genre: str
    parents: tuple[Parent, ...]
    ligne: int
    generation: int | None = None
    du: date | None = None
    au: date | None = None
    geometrie: bytes | None = None


@dataclass(frozen=True, slots=True)
class Parent:
    """One holder of a territoire. `part`: share of its area there, None when unknown; `deduit`: not measured."""

    code: str
    part: float | None = None
    deduit: bool = False
    source: str = ""


def check_retrait(plume: Plume, arrivants: Sequence[Arrivant]) -> tuple[str, ...]:
    """Codes that a new file no longer holds, by kind and generation; refused unless it was asked for."""
    nouveaux = {a.code for a in arrivants}
    familles = {(a.genre, a.generation) for a in arrivants}
    perdus: list[str] = []
    anomalies = []
    for genre, generation in sorted(familles, key=str):
        connus = Territoire.objects.filter(genre=genre, generation=generation, retire=False)
        absents = sorted(set(connus.values_list("code", flat=True)) - nouveaux)
        perdus += absents
        if absents:
            nom = f"{genre} {generation}" if generation else genre
            dont = ", ".join(absents[:EXEMPLES]) + (", …" if len(absents) > EXEMPLES else "")
            raison = (
                f"{len(absents)} {nom} de la base absents du fichier ({dont}) : "
                "--accepter-retrait pour l'admettre"
            )
            anomalies.append(Anomalie(plume.envoi.fichier, None, None, raison))
    if anomalies and not plume.envoi.accepter_retrait:
        raise DonneesRefusees(anomalies)
    return tuple(perdus)


@dataclass(frozen=True, slots=True)
class Arrivee:
    """What entering did: how many stayed as they were, and the codes that are new or changed."""

    inchangees: int
    changes: tuple[str, ...] = ()


def store_territoires(plume: Plume, arrivants: Sequence[Arrivant]) -> Arrivee:
    """Add what is new, update what changed, end what is gone."""
    perdus = check_retrait(plume, arrivants)
    anciens = {t.code: t for t in Territoire.objects.all()}
    parents = _list_parents()
    changes = [
        a for a in arrivants if not _is_pareil(a, anciens.get(a.code), parents.get(a.code, ()))
    ]
    if not changes and not perdus:
        return Arrivee(len(arrivants))
    numero = plume.open()
    Territoire.objects.bulk_create(
        [_build(a, numero) for a in changes],
        batch_size=LOT,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[
            *("nom", "genre", "generation", "du", "au", "retire", "geometrie"),
            *("importation", "ligne"),
        ],
    )
    _store_parents(changes, numero)
    plume.ajoutees += len(changes) + _retire(perdus, plume)
    return Arrivee(len(arrivants) - len(changes), tuple(a.code for a in changes))


def _retire(perdus: Sequence[str], plume: Plume) -> int:
    """End what the file no longer holds: kept with all that was said of it, no longer expected of anyone."""
    fin = (plume.envoi.millesime or plume.envoi.connu_le) - timedelta(days=1)
    for debut in range(0, len(perdus), LOT):
        lot = Territoire.objects.filter(code__in=perdus[debut : debut + LOT])
        lot.filter(Q(au__isnull=True) | Q(au__gt=fin)).update(au=fin)
        lot.update(retire=True)
    return len(perdus)


def _list_parents() -> dict[str, tuple[tuple[str, float | None, bool], ...]]:
    parents: dict[str, list[tuple[str, float | None, bool]]] = {}
    lignes = Rattachement.objects.filter(genre=DANS).exclude(source=PAR_LES_QPV)
    lignes = lignes.order_by("enfant", "rang")
    for enfant, parent, part, deduit in lignes.values_list("enfant", "parent", "part", "deduit"):
        parents.setdefault(enfant, []).append((parent, part, deduit))
    return {enfant: tuple(tous) for enfant, tous in parents.items()}


def _is_pareil(
    arrivant: Arrivant,
    ancien: Territoire | None,
    parents: tuple[tuple[str, float | None, bool], ...],
) -> bool:
    if ancien is None or ancien.retire:
        return False
    geometrie = None if ancien.geometrie is None else bytes(ancien.geometrie)
    return (
        (ancien.nom, ancien.genre, ancien.generation, ancien.du, ancien.au, geometrie)
        == (
            arrivant.nom,
            arrivant.genre,
            arrivant.generation,
            arrivant.du,
            arrivant.au,
            arrivant.geometrie,
        )
    ) and parents == tuple((p.code, p.part, p.deduit) for p in arrivant.parents)


def _build(arrivant: Arrivant, numero: int) -> Territoire:
    return Territoire(
        code=arrivant.code,
        nom=arrivant.nom,
        genre=arrivant.genre,
        generation=arrivant.generation,
        du=arrivant.du,
        au=arrivant.au,
        geometrie=arrivant.geometrie,
        importation_id=numero,
        ligne=arrivant.ligne,
    )


def _store_parents(arrivants: Iterable[Arrivant], numero: int) -> None:
    """The holders of each, in order, in the place of the former ones."""
    codes = [a.code for a in arrivants]
    for debut in range(0, len(codes), LOT):
        Rattachement.objects.filter(genre=DANS, enfant__in=codes[debut : debut + LOT]).delete()
    Rattachement.objects.bulk_create(
        [
            Rattachement(
                enfant=a.code,
                parent=parent.code,
                genre=DANS,
                rang=rang,
                part=parent.part,
                deduit=parent.deduit,
                source=parent.source,
                importation_id=numero,
            )
            for a in arrivants
            for rang, parent in enumerate(a.parents)
        ],
        batch_size=LOT,
    )


def load_perimetres(**filtre: Any) -> list[Perimetre]:
    """Perimeters of the base, by code."""
    territoires = Territoire.objects.filter(geometrie__isnull=False, **filtre).order_by("code")
    lignes = territoires.values_list("code", "geometrie")
    return [load_perimetre(code, bytes(wkb)) for code, wkb in lignes if wkb is not None]


def refresh_overlaps(numero: int) -> int:
    """Shares of each QRR and QPV that overlap, both ways, measured again."""
    recouvrements = measure_overlaps(load_perimetres(genre="qrr"), load_perimetres(genre="qpv"))
    Rattachement.objects.filter(genre=RECOUVRE).delete()
    Rattachement.objects.bulk_create(
        [
            Rattachement(
                enfant=r.b,
                parent=r.a,
                genre=RECOUVRE,
                part=r.part_b,
                part_du_parent=r.part_a,
                source="périmètres officiels",
                importation_id=numero,
            )
            for r in recouvrements
        ],
        batch_size=LOT,
    )
    _deduce_communes(recouvrements, numero)
    return len(recouvrements)


def _deduce_communes(recouvrements: Sequence[Recouvrement], numero: int) -> None:
    """A QRR whose communes nobody gave lies in those of the QPV it overlaps: said to be deduced."""
    Rattachement.objects.filter(genre=DANS, source=PAR_LES_QPV).delete()
    communes: dict[str, list[str]] = {}
    liens = Rattachement.objects.filter(genre=DANS, parent__startswith="COM-").order_by("rang")
    for enfant, parent in liens.values_list("enfant", "parent"):
        communes.setdefault(enfant, []).append(parent)
    deduites: dict[str, set[str]] = {}
    for r in recouvrements:
        if r.a not in communes and r.part_a >= PART_MIN:
            deduites.setdefault(r.a, set()).update(communes.get(r.b, ()))
    Rattachement.objects.bulk_create(
        Rattachement(
            enfant=qrr,
            parent=commune,
            genre=DANS,
            rang=rang,
            deduit=True,
            source=PAR_LES_QPV,
            importation_id=numero,
        )
        for qrr, trouvees in sorted(deduites.items())
        for rang, commune in enumerate(sorted(trouvees), start=1)
    )


def fold_parents(plume: Plume, arrivants: Sequence[Arrivant]) -> list[Arrivant]:
    """The same with present commune codes; a parent that nobody knows refuses the file (the COG comes first)."""
    connus = set(Territoire.objects.order_by().values_list("code", flat=True))
    anciens = dict(CodeAncien.objects.order_by().values_list("code", "present"))
    carnet = Carnet(plume.envoi.fichier)
    plies = []
    for arrivant in arrivants:
        parents = []
        for parent in arrivant.parents:
            code = parent.code if parent.code in connus else anciens.get(parent.code, "")
            if not code:
                carnet.refuse(
                    arrivant.ligne,
                    None,
                    f"{arrivant.code} : territoire inconnu {parent.code} (importer le COG d'abord)",
                )
            elif code != parent.code:
                carnet.repair(
                    arrivant.ligne, None, f"{arrivant.code} : {parent.code} est devenu {code}"
                )
            parents.append(replace(parent, code=code))
        uniques = {parent.code: parent for parent in reversed(parents)}
        plies.append(replace(arrivant, parents=tuple(reversed(uniques.values()))))
    rapport = carnet.close(len(plies))
    if rapport.reparees:
        plume.rapports.append(replace(rapport, lues=0, gardees=0))
    return plies
