"""The correction layer: known errors of official files, in a file of our own, beside the source."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Correction:
    """One known error: applied only while the source still says `avant`."""

    source: str
    cle: str
    champ: str
    avant: tuple[str, ...]
    apres: tuple[str, ...]
    raison: str
    reference: str


@cache
def load_corrections() -> dict[tuple[str, str, str], Correction]:
    """All corrections by (source, record key, field)."""
    texte = resources.files("quartiers.sources").joinpath("corrections.toml").read_text("utf-8")
    corrections = [
        Correction(
            source=entree["source"],
            cle=entree["cle"],
            champ=entree["champ"],
            avant=tuple(entree["avant"]),
            apres=tuple(entree["apres"]),
            raison=entree["raison"],
            reference=entree["reference"],
        )
        for entree in tomllib.loads(texte)["correction"]
    ]
    return {(c.source, c.cle, c.champ): c for c in corrections}


def get_correction(source: str, cle: str, champ: str) -> Correction | None:
    """The correction of one field of one record, if there is one."""
    return load_corrections().get((source, cle, champ))
