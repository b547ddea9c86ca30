"""A dossier that also knows what was learnt since it was read: a merge, not a second reading.

Recorded faits are only ever added, so the merged dossier is the one a full reading would give (a test says so).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

from quartiers.core.cellule import get_ordre
from quartiers.core.dossier import Dossier, Nouveautes
from quartiers.core.fait import Cible, Confirmation, Releve, SansObjet
from quartiers.core.registre import Cle, Registre

_Declare = TypeVar("_Declare", Releve, Confirmation, SansObjet, Cible)


def merge_dossier(
    dossier: Dossier,
    nouveautes: Nouveautes,
    version: str,
    versions: tuple[tuple[date, str], ...],
) -> Dossier:
    """The dossier with what is new; the one given is left as it was, pages may still be reading it."""
    return replace(
        dossier,
        releves=merge_ordre(dossier.releves, nouveautes.releves),
        confirmations=merge_ordre(dossier.confirmations, nouveautes.confirmations),
        sans_objets=merge_ordre(dossier.sans_objets, nouveautes.sans_objets),
        cibles=merge_ordre(dossier.cibles, nouveautes.cibles),
        registres=merge_registres(dossier.registres, nouveautes.registres),
        contestations={**dossier.contestations, **nouveautes.contestations},
        version=version,
        versions=versions,
    )


def merge_registres(
    anciens: Mapping[Cle, Registre], changes: Mapping[Cle, Registre | None]
) -> Mapping[Cle, Registre]:
    """The registers, those that changed in the place of what they were."""
    if not changes:
        return anciens
    gardes = {cle: registre for cle, registre in anciens.items() if cle not in changes}
    return gardes | {cle: registre for cle, registre in changes.items() if registre is not None}


def merge_ordre(anciens: list[_Declare], nouveaux: tuple[_Declare, ...]) -> list[_Declare]:
    """In order of knowledge; only what was known after the first of them is sorted again."""
    if not nouveaux:
        return anciens
    debut = bisect_right(anciens, min(map(get_ordre, nouveaux)), key=get_ordre)
    fin = anciens[debut:] + list(nouveaux)
    fin.sort(key=get_ordre)
    return anciens[:debut] + fin
