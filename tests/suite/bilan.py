"""Read pytest's JUnit files: how many tests ran, which did not, and for want of what."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

# The beginnings of our skip messages: written by tests/conftest.py, read here.
NAVIGATEUR_ABSENT = "Chromium absent"
POSTGRESQL_ABSENT = "demande PostgreSQL"
DONNEES_ABSENTES = "données officielles absentes"


@dataclass(slots=True)
class Bilan:
    """Counts of one run of pytest; `sautes` maps a reason to the names of the tests."""

    joues: int = 0
    rates: int = 0
    sautes: dict[str, list[str]] = field(default_factory=dict)

    def count(self, debut: str) -> int:
        """Number of tests skipped for a reason that begins so."""
        return sum(len(noms) for raison, noms in self.sautes.items() if raison.startswith(debut))


def read_bilan(fichier: Path) -> Bilan:
    """Read a JUnit file that pytest has just written (our own file: no hostile XML here)."""
    bilan = Bilan()
    if not fichier.is_file():
        return bilan
    for cas in ET.parse(fichier).iter("testcase"):  # noqa: S314 - our own file
        nom = f"{cas.get('classname')}::{cas.get('name')}"
        saute = cas.find("skipped")
        if saute is not None:
            raison = re.sub(r"^Skipped: ", "", saute.get("message") or "sans raison")
            bilan.sautes.setdefault(raison, []).append(nom)
        else:
            bilan.joues += 1
            bilan.rates += cas.find("failure") is not None or cas.find("error") is not None
    return bilan
