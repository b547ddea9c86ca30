"""A département with texts that a spreadsheet would take for formulas, and values of every type."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from quartiers.core.composition import list_tableaux
from quartiers.core.dossier import Dossier
from quartiers.core.tableau import Tableau
from quartiers.core.vue import Vue
from tests.core.adaptateur import build_dossier

VU_LE, CONNU_LE = date(2026, 11, 23), date(2026, 11, 24)
PIEGES = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1")
"""Units that a hostile référentiel would give: a text of the export, whatever it begins with."""


def make_indicateur(code: str, **autres: Any) -> dict[str, Any]:
    """A count of posts, unless told otherwise."""
    return {
        "code": code,
        "engagement": "E1",
        "action": f"A-{code}",
        "principal": True,
        "mode": "obligation",
        "genre": "compte",
        "niveau": "Q",
        "sens": "hausse",
        "frequence": "T",
        "agregation": "somme",
        "nature": "stock",
        "unite": "postes",
    } | autres


def build_monde() -> Dossier:
    """One quartier knows everything, the other nothing; one indicateur per trap."""
    pieges = [make_indicateur(f"piege-{n}", unite=piege) for n, piege in enumerate(PIEGES)]
    part = make_indicateur(
        "part",
        genre="part",
        agregation="rapport",
        unite="%",
        cible={
            "operateur": ">=",
            "valeur": 75,
            "origine": "annexe",
            "echeance": date(2027, 12, 31),
        },
    )
    releves = [
        {"indicateur": f"piege-{n}", "territoire": "QRR-1_1", "date": date(2026, 11, 1), "valeur": Fraction(n, 7), "connu_le": date(2026, 11, 2), "ordre": n + 1}
        for n in range(len(PIEGES))
    ]  # fmt: skip
    releves.append(
        {"indicateur": "part", "territoire": "QRR-1_1", "date": date(2026, 11, 1), "numerateur": Fraction(1), "denominateur": Fraction(3), "connu_le": date(2026, 11, 2), "ordre": 50}
    )  # fmt: skip
    return build_dossier(
        {
            "indicateurs": [*pieges, part],
            "territoires": [
                {"code": "FR", "genre": "nation"},
                {"code": "DEP-1", "genre": "departement", "parents": ["FR"]},
                {"code": "QRR-1_1", "genre": "qrr", "parents": ["DEP-1"]},
                {"code": "QRR-1_2", "genre": "qrr", "parents": ["DEP-1"]},
            ],
            "releves": releves,
        }
    )


def list_monde(code: str = "DEP-1") -> list[Tableau]:
    """Its tableaux, the name of the first one being a trap too."""
    premier, *suite = list_tableaux(Vue(build_monde(), VU_LE, CONNU_LE), code)
    piege = replace(premier.territoire, nom="=Val & <Brume>")
    return [replace(premier, territoire=piege), *suite]
