"""Which perimeters of today cover one that ended, measured when a refusal needs to say it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from quartiers.geo.perimetre import Perimetre
from quartiers.geo.recouvrement import measure_overlaps
from quartiers.sources.code import get_departement
from quartiers.usecases.rattacher import PART_MIN, load_perimetres

SANS_MESURE = 20  # codes measured for one file: beyond, the reader has understood


@dataclass(slots=True)
class Recouvrants:
    """The answers of one reading: each code once, the perimeters of a département once."""

    _dits: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _presents: dict[str, list[Perimetre]] = field(default_factory=dict)

    def list_codes(self, code: str) -> Sequence[str]:
        """« QN03401M (82 %) »: the QPV in force that share more than a sliver of a former one, the largest first."""
        if code not in self._dits and len(self._dits) < SANS_MESURE:
            recouvrements = measure_overlaps(
                load_perimetres(code=code), self._load_presents(get_departement(code))
            )
            larges = [r for r in recouvrements if r.part_a >= PART_MIN]
            larges.sort(key=lambda r: (-r.part_a, r.b))
            self._dits[code] = tuple(f"{r.b} ({100 * r.part_a:.0f} %)" for r in larges)
        return self._dits.get(code, ())

    def _load_presents(self, departement: str) -> list[Perimetre]:
        if departement not in self._presents:
            debut = f"QN{departement.zfill(3)}"
            self._presents[departement] = load_perimetres(
                genre="qpv", au__isnull=True, code__startswith=debut
            )
        return self._presents[departement]
