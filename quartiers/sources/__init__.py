"""Floor 1: official open data and declared tables, read robustly into typed rows.

One file per official source. A source is found by walking this folder: a module that declares `CODE` is one.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class SourceOfficielle:
    """What a source module declares. `read` takes a file (for `cog`, a folder) and gives its reading;
    `licence` is what the producer states, « non vérifiée » until somebody has read it.
    """

    code: str
    producteur: str
    libelle: str
    colonnes: tuple[str, ...]
    exhaustive: bool
    read: Callable[[Path], Any]
    licence: str = "non vérifiée"


@cache
def list_sources() -> tuple[SourceOfficielle, ...]:
    """Every official source of this folder, by code."""
    sources = []
    for module in pkgutil.iter_modules(__path__):
        contenu = importlib.import_module(f"{__name__}.{module.name}")
        if hasattr(contenu, "CODE"):
            sources.append(
                SourceOfficielle(
                    contenu.CODE,
                    contenu.PRODUCTEUR,
                    contenu.LIBELLE,
                    contenu.COLONNES,
                    contenu.EXHAUSTIVE,
                    contenu.read,
                    getattr(contenu, "LICENCE", "non vérifiée"),
                )
            )
    return tuple(sorted(sources, key=lambda source: source.code))


def get_source(code: str) -> SourceOfficielle:
    """One source by its code; KeyError when there is none."""
    return {source.code: source for source in list_sources()}[code]
