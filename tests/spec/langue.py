"""The small French in which the givens of an example are written: what a reader reads is what is computed.

`Les Tilleuls : relevé 3 au 2026-09-30, connu le 2026-10-04` is one line: a place (Les Tilleuls unless said),
a fait, complements after `, `. A word that is not understood is an error, never silently left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from tests.spec.geographie import get_code, list_codes

Ligne = dict[str, Any]
TOUJOURS = date(2018, 1, 1)  # target lines and quartiers cibles are known from that day unless said

_J = r"(\d{4}-\d\d-\d\d)"
_N = r"(-?[\d ]+(?:,\d+)?)"
_OPERATEURS = {"au moins": ">=", "au plus": "<=", "exactement": "="}
_RANGS = {
    "relevé": None,
    "déclaration validée": 0,
    "valeur officielle": 1,
    "déclaration non validée": 2,
}
_NOMS_D_OBJET = "lieu|poste|convention|séance|arrêt|label|dispositif"


class LigneIncomprise(ValueError):  # noqa: N818 -- French noun
    """A line of givens that says something the examples' French does not hold."""


def read_nombre(texte: str) -> Fraction:
    """« 1 000,5 »."""
    return Fraction(texte.replace(" ", "").replace(",", "."))


def read_jour(texte: str) -> date:
    """An ISO day."""
    return date.fromisoformat(texte)


@dataclass(slots=True)
class Recueil:
    """The collections of a monde, filled line by line; `ordre` is the order of knowledge."""

    indicateur: str = "i"
    collections: dict[str, list[Ligne]] = field(default_factory=dict)
    calendriers: dict[str, Ligne] = field(default_factory=dict)
    ordre: int = 0

    def add(self, collection: str, **champs: Any) -> None:
        """One more line, in the order of the table."""
        self.ordre += 1
        self.collections.setdefault(collection, []).append({**champs, "ordre": self.ordre})

    def read(self, ligne: str, ici: str = "Les Tilleuls") -> None:
        """Add the fait of one line, once per place it names."""
        lieu, separe, reste = ligne.partition(" : ")
        noms, texte = (lieu, reste) if separe else (ici, ligne)
        tete, *complements = texte.split(", ")
        for code in list_codes(noms):
            self._read_fait(tete, complements, code, ligne)

    def _read_fait(self, tete: str, complements: list[str], code: str, ligne: str) -> None:
        for motif, lire in FAITS:
            if trouve := re.fullmatch(motif, tete):
                collection, champs = lire(trouve)
                for complement in complements:
                    champs |= _read_complement(complement, collection, ligne)
                if collection == "calendriers":
                    self._add_calendrier(code, champs)
                    return
                if collection != "quartiers":
                    champs = {"indicateur": self.indicateur, "territoire": code} | champs
                self.add(collection, **champs)
                return
        raise LigneIncomprise(ligne)

    def _add_calendrier(self, code: str, champs: Ligne) -> None:
        connu = self.calendriers.setdefault(code, {"periodes": []})
        if "periode" in champs:
            connu["periodes"].append(champs["periode"])
        else:
            connu.update(champs)


Lecture = Callable[[re.Match[str]], tuple[str, Ligne]]


def _read_valeur(m: re.Match[str]) -> tuple[str, Ligne]:
    jour = read_jour(m[4])
    champs: Ligne = {"date": jour, "connu_le": jour, "source": "s", "cle": None}
    if m[3] is None:
        champs["valeur"] = read_nombre(m[2])
    else:
        champs |= {"numerateur": read_nombre(m[2]), "denominateur": read_nombre(m[3])}
    rang = _RANGS[m[1]]
    return ("releves", champs) if rang is None else ("valeurs", champs | {"rang": rang})


def _read_etape(m: re.Match[str]) -> tuple[str, Ligne]:
    jour = read_jour(m[2])
    communs: Ligne = {"date": jour, "connu_le": jour, "source": "s", "cle": None}
    return "releves", communs | {"jalon": int(m[1])}


def _read_retrait(m: re.Match[str]) -> tuple[str, Ligne]:
    jour = read_jour(m[1])
    return "releves", {"date": jour, "connu_le": jour, "source": "s", "cle": None}


def _make_cible(operateur: str, valeur: Fraction | None, echeance: str | None) -> tuple[str, Ligne]:
    return "cibles", {
        "operateur": operateur,
        "valeur": valeur,
        "echeance": read_jour(echeance) if echeance else None,
        "base": None,
        "base_date": None,
        "origine": "plan",
        "effet": None,
        "connu_le": TOUJOURS,
    }


def _read_doublement(m: re.Match[str]) -> tuple[str, Ligne]:
    collection, champs = _make_cible(">=", None, m[2])
    return collection, champs | {"base": read_nombre(m[1]) if m[1] else None}


def _read_objet(m: re.Match[str]) -> tuple[str, Ligne]:
    du = read_jour(m[2])
    return "objets", {
        "objet": m[1],
        "source": "liste",
        "rang": 1,
        "du": du,
        "au": None,
        "temoin": du,
        "distance_m": None,
        "portee": None,
        "connu_le": du,
    }


def _read_liste(m: re.Match[str]) -> tuple[str, Ligne]:
    jour = read_jour(m[1])
    return "listes", {"date": jour, "connu_le": jour, "source": "liste", "rang": 1}


def _read_confirmation(m: re.Match[str]) -> tuple[str, Ligne]:
    jour = read_jour(m[2])
    return "confirmations", {"objet": m[1], "date": jour, "connu_le": jour}


def _read_quartier_cible(m: re.Match[str]) -> tuple[str, Ligne]:
    return "quartiers", {
        "code": get_code(m[1]),
        "departement": "DEP-01",
        "rattaches": [],
        "attendu_du": None,
        "attendu_au": None,
        "connu_le": TOUJOURS,
    }


FAITS: list[tuple[str, Lecture]] = [
    (rf"({'|'.join(_RANGS)}) {_N}(?:/{_N})? au {_J}", _read_valeur),
    (rf"étape (\d+) au {_J}", _read_etape),
    (rf"retrait au {_J}", _read_retrait),
    (
        rf"cible ({'|'.join(_OPERATEURS)}) {_N} (?:au {_J}|sans échéance)",
        lambda m: _make_cible(_OPERATEURS[m[1]], read_nombre(m[2]), m[3]),
    ),
    (
        rf"cible étape (\d+) (?:au {_J}|sans date)",
        lambda m: _make_cible(">=", Fraction(m[1]), m[2]),
    ),
    (rf"cible doubler (?:{_N}|une base inconnue) au {_J}", _read_doublement),
    (rf"(?:{_NOMS_D_OBJET}) ([\w-]+) depuis le {_J}", _read_objet),
    (rf"liste du {_J}", _read_liste),
    (rf"confirmation de ([\w-]+) le {_J}", _read_confirmation),
    (
        rf"sans objet le {_J}",
        lambda m: ("sans_objet", {"valide_le": read_jour(m[1]), "connu_le": read_jour(m[1])}),
    ),
    (r"quartier cible (QC [\w ]+)", _read_quartier_cible),
    (
        rf"calendrier scolaire connu du {_J} au {_J}",
        lambda m: ("calendriers", {"valide_du": read_jour(m[1]), "valide_au": read_jour(m[2])}),
    ),
    (
        rf"vacances du {_J} au {_J}",
        lambda m: ("calendriers", {"periode": [read_jour(m[1]), read_jour(m[2])]}),
    ),
]

# What may follow a fait, and in which collections.
COMPLEMENTS: list[tuple[str, str, Callable[[re.Match[str]], Ligne]]] = [
    (rf"connue? le {_J}", "*", lambda m: {"connu_le": read_jour(m[1])}),
    (r"clé ([\w-]+)", "releves valeurs", lambda m: {"cle": m[1]}),
    (r"source ([\w-]+)", "releves valeurs objets listes", lambda m: {"source": m[1]}),
    (rf"base {_N}", "cibles", lambda m: {"base": read_nombre(m[1])}),
    (
        rf"base {_N} au {_J}",
        "cibles",
        lambda m: {"base": read_nombre(m[1]), "base_date": read_jour(m[2])},
    ),
    (rf"base au {_J}", "cibles", lambda m: {"base_date": read_jour(m[1])}),
    (rf"en vigueur le {_J}", "cibles", lambda m: {"effet": read_jour(m[1])}),
    (r"avenant", "cibles", lambda _: {"origine": "avenant"}),
    (r"proposition", "cibles", lambda _: {"origine": "proposition"}),
    (rf"attestée? le {_J}", "objets", lambda m: {"temoin": read_jour(m[1])}),
    (rf"jusqu’au {_J}", "objets", lambda m: {"au": read_jour(m[1])}),
    (
        rf"à {_N} m",
        "objets",
        lambda m: {"distance_m": float(read_nombre(m[1]))},
    ),
    (r"portée A", "objets", lambda _: {"portee": "A"}),
    (r"déclarée? et validée?", "objets listes", lambda _: {"rang": 0, "source": "declaration"}),
    (r"déclarée? sans validation", "objets", lambda _: {"rang": 2, "source": "declaration"}),
    (
        r"tient ([^,]+)",
        "quartiers",
        lambda m: {"rattaches": [get_code(nom) for nom in m[1].split(" et ")]},
    ),
    (rf"attendu du {_J}", "quartiers", lambda m: {"attendu_du": read_jour(m[1])}),
    (rf"attendu jusqu’au {_J}", "quartiers", lambda m: {"attendu_au": read_jour(m[1])}),
]


def _read_complement(texte: str, collection: str, ligne: str) -> Ligne:
    for motif, collections, lire in COMPLEMENTS:
        if (trouve := re.fullmatch(motif, texte)) and (
            collections == "*" or collection in collections.split()
        ):
            return lire(trouve)
    msg = f"« {texte} » dans « {ligne} »"
    raise LigneIncomprise(msg)
