"""Read pytest's JUnit files: how many tests ran, which did not, and for want of what."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

# The beginnings of our skip messages: written by tests/conftest.py, read here.
NAVIGATEUR_ABSENT = "Chromium absent"
POSTGRESQL_ABSENT = "demande PostgreSQL"
DONNEES_ABSENTES = "données officielles absentes"


# Written in each test case by tests/suite/bases.py.
PROPRIETE = "touche_la_base"


@dataclass(slots=True)
class Bilan:
    """Counts of one run of pytest; `sautes` maps a reason to the names of the tests.

    `noms`: every test of the run, skipped ones included; `sans_base`: those that no base can change.
    """

    joues: int = 0
    rates: int = 0
    sautes: dict[str, list[str]] = field(default_factory=dict)
    noms: set[str] = field(default_factory=set)
    sans_base: set[str] = field(default_factory=set)

    def count(self, debut: str) -> int:
        """Number of tests skipped for a reason that begins so."""
        return sum(len(noms) for raison, noms in self.sautes.items() if raison.startswith(debut))


def list_oublies(premier: Bilan, second: Bilan) -> list[str]:
    """Tests that touch the base and that the second one has not seen: none may be lost on the way."""
    return sorted(premier.noms - premier.sans_base - second.noms)


def count_par_dossier(noms: set[str]) -> dict[str, int]:
    """How many tests of each folder of `tests/`, from the names that pytest gives (`tests.web.test_pages::…`)."""
    comptes = Counter(nom.split(".")[1] for nom in noms if nom.startswith("tests."))
    return dict(sorted(comptes.items()))


def is_sans_base(cas: ET.Element) -> bool:
    """Whether the case says that no base can change it."""
    return any(p.get("name") == PROPRIETE and p.get("value") == "non" for p in cas.iter("property"))


def read_bilan(fichier: Path) -> Bilan:
    """Read a JUnit file that pytest has just written (our own file: no hostile XML here)."""
    bilan = Bilan()
    if not fichier.is_file():
        return bilan
    for cas in ET.parse(fichier).iter("testcase"):  # noqa: S314 - our own file
        nom = f"{cas.get('classname')}::{cas.get('name')}"
        bilan.noms.add(nom)
        if is_sans_base(cas):
            bilan.sans_base.add(nom)
        saute = cas.find("skipped")
        if saute is not None:
            raison = re.sub(r"^Skipped: ", "", saute.get("message") or "sans raison")
            bilan.sautes.setdefault(raison, []).append(nom)
        else:
            bilan.joues += 1
            bilan.rates += cas.find("failure") is not None or cas.find("error") is not None
    return bilan
