"""Which communes a QRR lies in: the official perimeters do not say, a small table of our own does.

`qrr_communes.csv` was made once and checked by eye against the names. `deduit` = no: measured on the contours
of the communes (2018, five départements; slivers under 2 % left out), `part` being the share of the area of
the QRR. `deduit` = yes: read in the name of the QRR, or shown by public places inside the perimeter; no share.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import resources

from quartiers.core.anomalie import Carnet
from quartiers.sources.code import parse_commune, parse_qrr
from quartiers.sources.lecture import read_table
from quartiers.sources.nombre import parse_nombre
from quartiers.sources.table import Colonnes

FICHIER = "qrr_communes.csv"
_COLONNES = Colonnes(("qrr", "commune", "part", "source", "deduit"))


@dataclass(frozen=True, slots=True)
class QrrCommune:
    """One commune of a QRR. `qrr`: `QRR-93_3`; `part`: share of the QRR's area there, None when unknown."""

    qrr: str
    commune: str
    part: Fraction | None
    source: str
    deduit: bool
    ligne: int


@cache
def load_qrr_communes() -> Mapping[str, tuple[QrrCommune, ...]]:
    """Communes of each QRR, by the code of the territoire."""
    octets = resources.files("quartiers.sources").joinpath(FICHIER).read_bytes()
    carnet = Carnet(FICHIER)
    par_qrr: dict[str, list[QrrCommune]] = defaultdict(list)
    for ligne in read_table(octets, FICHIER, _COLONNES):
        try:
            lue = QrrCommune(
                qrr=f"QRR-{parse_qrr(ligne['qrr'])}",
                commune=parse_commune(ligne["commune"]),
                part=parse_nombre(ligne["part"], negatif=False) if ligne["part"] else None,
                source=ligne["source"],
                deduit=ligne["deduit"] == "oui",
                ligne=ligne.numero,
            )
        except ValueError as erreur:
            carnet.refuse(ligne.numero, None, str(erreur))
            continue
        par_qrr[lue.qrr].append(lue)
    carnet.check()
    return {code: tuple(lues) for code, lues in par_qrr.items()}
