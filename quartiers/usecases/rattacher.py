"""What holds each territoire, worked out from what the files publish and from the codes of today (L-37).

A file says a commune as it was called that year; that word is kept, and the attachment is worked out again
from it whenever the frame moves. So the order in which files enter does not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quartiers.core.territoire import Territoires
from quartiers.geo.perimetre import Perimetre, load_perimetre
from quartiers.geo.recouvrement import measure_overlaps
from quartiers.storage.models import Rattachement, Territoire
from quartiers.usecases.charger_territoires import load_codes

LOT = 1000
PAR_LES_QPV = "communes des QPV qui le recouvrent"
PART_MIN = 0.02
DANS, RECOUVRE = "dans", "recouvre"


@dataclass(frozen=True, slots=True)
class Parent:
    """One holder of a territoire. `part`: share of its area there, None when unknown; `deduit`: not measured."""

    code: str
    part: float | None = None
    deduit: bool = False
    source: str = ""

    def to_publie(self) -> list[Any]:
        """As it is kept with the territoire."""
        return [self.code, self.part, self.deduit, self.source]


def fold_parents(publies: Iterable[Parent], territoires: Territoires) -> tuple[Parent, ...]:
    """Holders with the codes of today: those that became one are one, with the sum of their shares.

    A holder that ended and that nothing continues is kept as it was.
    """
    plies: dict[str, Parent] = {}
    for publie in publies:
        code = territoires.get_present(publie.code) or publie.code
        premier = plies.get(code)
        if premier is None:
            plies[code] = Parent(code, publie.part, publie.deduit, publie.source)
            continue
        parts = (premier.part, publie.part)
        somme = None if None in parts else min(1.0, sum(p for p in parts if p is not None))
        plies[code] = Parent(code, somme, premier.deduit or publie.deduit, premier.source)
    return tuple(plies.values())


def refresh_rattachements(ecriture: int) -> list[str]:
    """Fold every published holder again and store what moved; the codes whose holders are no more the same."""
    territoires = load_codes()
    ranges = _list_ranges()
    changes: dict[str, tuple[Parent, ...]] = {}
    for code, publies in Territoire.objects.order_by("code").values_list("code", "publies"):
        parents = fold_parents((Parent(*publie) for publie in publies), territoires)
        if parents != ranges.get(code, ()):
            changes[code] = parents
    _store(changes, ecriture)
    return [code for code in changes if code in ranges]


def _list_ranges() -> Mapping[str, tuple[Parent, ...]]:
    """The holders as they are stored, deduced ones apart."""
    ranges: dict[str, tuple[Parent, ...]] = {}
    lignes = Rattachement.objects.filter(genre=DANS).exclude(source=PAR_LES_QPV)
    champs = ("enfant", "parent", "part", "deduit", "source")
    for enfant, *valeurs in lignes.order_by("enfant", "rang").values_list(*champs):
        ranges[enfant] = (*ranges.get(enfant, ()), Parent(*valeurs))
    return ranges


def _store(changes: Mapping[str, Sequence[Parent]], ecriture: int) -> None:
    """The holders of each, in order, in the place of the former ones."""
    codes = list(changes)
    for debut in range(0, len(codes), LOT):
        Rattachement.objects.filter(genre=DANS, enfant__in=codes[debut : debut + LOT]).delete()
    Rattachement.objects.bulk_create(
        (
            Rattachement(
                enfant=code,
                parent=parent.code,
                genre=DANS,
                rang=rang,
                part=parent.part,
                deduit=parent.deduit,
                source=parent.source,
                ecriture_id=ecriture,
            )
            for code, parents in changes.items()
            for rang, parent in enumerate(parents)
        ),
        batch_size=LOT,
    )


def load_perimetres(**filtre: Any) -> list[Perimetre]:
    """Perimeters of the base, by code."""
    territoires = Territoire.objects.filter(geometrie__isnull=False, **filtre).order_by("code")
    lignes = territoires.values_list("code", "geometrie")
    return [load_perimetre(code, bytes(wkb)) for code, wkb in lignes if wkb is not None]


def refresh_overlaps(ecriture: int) -> int:
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
                ecriture_id=ecriture,
            )
            for r in recouvrements
        ],
        batch_size=LOT,
    )
    deduce_communes(ecriture)
    return len(recouvrements)


def deduce_communes(ecriture: int) -> None:
    """A QRR whose communes nobody gave lies in those of the QPV it overlaps: said to be deduced."""
    Rattachement.objects.filter(genre=DANS, source=PAR_LES_QPV).delete()
    communes: dict[str, list[str]] = {}
    liens = Rattachement.objects.filter(genre=DANS, parent__startswith="COM-").order_by("rang")
    for enfant, parent in liens.values_list("enfant", "parent"):
        communes.setdefault(enfant, []).append(parent)
    deduites: dict[str, set[str]] = {}
    for qpv, qrr in _list_recouverts():
        if qrr not in communes:
            deduites.setdefault(qrr, set()).update(communes.get(qpv, ()))
    Rattachement.objects.bulk_create(
        Rattachement(
            enfant=qrr,
            parent=commune,
            genre=DANS,
            rang=rang,
            deduit=True,
            source=PAR_LES_QPV,
            ecriture_id=ecriture,
        )
        for qrr, trouvees in sorted(deduites.items())
        for rang, commune in enumerate(sorted(trouvees), start=1)
    )


def _list_recouverts() -> Iterator[tuple[str, str]]:
    """Pairs (QPV, QRR) whose overlap is more than a sliver of the QRR."""
    liens = Rattachement.objects.filter(genre=RECOUVRE, part_du_parent__gte=PART_MIN)
    yield from liens.order_by("parent", "enfant").values_list("enfant", "parent")
