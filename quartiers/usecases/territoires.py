"""Territoires entering the base: added or renamed, never lost without being asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from quartiers.core.anomalie import Anomalie, DonneesRefusees
from quartiers.geo.perimetre import Perimetre, load_perimetre
from quartiers.geo.recouvrement import measure_overlaps
from quartiers.storage.models import Importation, Rattachement, Territoire
from quartiers.usecases.journal import Plume

LOT = 1000
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
        connus = Territoire.objects.filter(genre=genre, generation=generation, au__isnull=True)
        if generation is not None:
            connus = Territoire.objects.filter(genre=genre, generation=generation)
        absents = sorted(set(connus.values_list("code", flat=True)) - nouveaux)
        perdus += absents
        if absents:
            nom = f"{genre} {generation}" if generation else genre
            raison = f"{len(absents)} {nom} de moins que dans la base (dont {absents[0]}) : --accepter-retrait pour l'admettre"
            anomalies.append(Anomalie(plume.envoi.fichier, None, None, raison))
    if anomalies and not plume.envoi.accepter_retrait:
        raise DonneesRefusees(anomalies)
    return tuple(perdus)


def store_territoires(plume: Plume, arrivants: Sequence[Arrivant]) -> int:
    """Add what is new, update what changed, end what is gone; returns how many stayed as they were."""
    perdus = check_retrait(plume, arrivants)
    anciens = {t.code: t for t in Territoire.objects.defer("importation").all()}
    parents = _list_parents()
    changes = [
        a for a in arrivants if not _is_pareil(a, anciens.get(a.code), parents.get(a.code, ()))
    ]
    if not changes and not perdus:
        return len(arrivants)
    importation = plume.open()
    Territoire.objects.bulk_create(
        [_build(a, importation) for a in changes],
        batch_size=LOT,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[
            "nom",
            "genre",
            "generation",
            "du",
            "au",
            "geometrie",
            "importation",
            "ligne",
        ],
    )
    plume.ajoutees += len(changes)
    _store_parents(changes, importation)
    fin = (plume.envoi.millesime or plume.envoi.connu_le) - timedelta(days=1)
    plume.ajoutees += Territoire.objects.filter(code__in=perdus, au__isnull=True).update(au=fin)
    return len(arrivants) - len(changes)


def _list_parents() -> dict[str, tuple[tuple[str, float | None, bool], ...]]:
    parents: dict[str, list[tuple[str, float | None, bool]]] = {}
    lignes = Rattachement.objects.filter(genre=DANS).order_by("enfant", "rang")
    for enfant, parent, part, deduit in lignes.values_list("enfant", "parent", "part", "deduit"):
        parents.setdefault(enfant, []).append((parent, part, deduit))
    return {enfant: tuple(tous) for enfant, tous in parents.items()}


def _is_pareil(
    arrivant: Arrivant,
    ancien: Territoire | None,
    parents: tuple[tuple[str, float | None, bool], ...],
) -> bool:
    if ancien is None:
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


def _build(arrivant: Arrivant, importation: Importation) -> Territoire:
    return Territoire(
        code=arrivant.code,
        nom=arrivant.nom,
        genre=arrivant.genre,
        generation=arrivant.generation,
        du=arrivant.du,
        au=arrivant.au,
        geometrie=arrivant.geometrie,
        importation=importation,
        ligne=arrivant.ligne,
    )


def _store_parents(arrivants: Iterable[Arrivant], importation: Importation) -> None:
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
                importation=importation,
            )
            for a in arrivants
            for rang, parent in enumerate(a.parents)
        ],
        batch_size=LOT,
    )


def load_perimetres(genre: str | None = None) -> list[Perimetre]:
    """Perimeters of the base, by code."""
    territoires = Territoire.objects.filter(geometrie__isnull=False).order_by("code")
    if genre is not None:
        territoires = territoires.filter(genre=genre)
    lignes = territoires.values_list("code", "geometrie")
    return [load_perimetre(code, bytes(wkb)) for code, wkb in lignes if wkb is not None]


def refresh_overlaps(importation: Importation) -> int:
    """Shares of each QRR and QPV that overlap, both ways, measured again."""
    recouvrements = measure_overlaps(load_perimetres("qrr"), load_perimetres("qpv"))
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
                importation=importation,
            )
            for r in recouvrements
        ],
        batch_size=LOT,
    )
    return len(recouvrements)
