"""Figures made of other figures, counted again one by one from the files of the programme."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

DOSSIER: Final = Path(__file__).parents[2] / "data" / "referentiel"
SANS_REPONSE: Final = ("non_renseigne", "perime")
ETATS: Final = ("statut", "renseigne", "valeur_positive", "devenu_positif")
"""What is asked of how a figure stands; the other filters ask which figures."""


@dataclass(frozen=True, slots=True)
class Dit:
    """What a territoire shows of an indicateur."""

    statut: str
    valeur: Any


@dataclass(frozen=True, slots=True)
class Compte:
    """How many there are, out of how many when it is a share; the codes counted."""

    nombre: int
    sur: int | None
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Entree:
    """An indicateur as its file writes it, with what stands above it."""

    ecrit: Mapping[str, Any]
    engagement: str
    mode: str | None

    @property
    def code(self) -> str:
        """Its name."""
        return str(self.ecrit["code"])

    @property
    def counts_constats(self) -> bool:
        """One of its derivations reads constats."""
        return any(d.get("de") == "Constat" for d in self.ecrit.get("derivations", []))


@cache
def read_entrees() -> tuple[Entree, ...]:
    """Every indicateur of the programme."""
    entrees = []
    for chemin in sorted(DOSSIER.glob("*.toml")):
        ecrit = tomllib.loads(chemin.read_text(encoding="utf-8"))
        for bloc in ecrit.get("objectifs", []):
            entrees += [Entree(i, ecrit["code"], None) for i in bloc.get("indicateurs", [])]
        for bloc in ecrit.get("actions", []):
            entrees += [Entree(i, ecrit["code"], bloc["mode"]) for i in bloc.get("indicateurs", [])]
    return tuple(entrees)


def list_comptants() -> list[str]:
    """The indicateurs that read constats."""
    return [entree.code for entree in read_entrees() if entree.counts_constats]


def count(code: str, dits: Mapping[str, Dit], veille: Mapping[str, Dit]) -> Compte | None:
    """The figure on a day; `veille`: the same territoire on the eve of the période. None: nothing is said."""
    (entree,) = [e for e in read_entrees() if e.code == code]
    derivations = entree.ecrit["derivations"]
    regardes: set[str] = set()
    asks_renseigne = False
    roles: dict[str, set[str]] = {}
    for derivation in derivations:
        filtre = derivation["filtre"]
        asks_renseigne = asks_renseigne or "renseigne" in filtre
        role = roles.setdefault(derivation.get("role", "valeur"), set())
        for autre in read_entrees():
            if not can_be_counted(autre, dits):
                continue
            lesquels = {cle: v for cle, v in filtre.items() if cle not in ETATS}
            if all(passes(cle, voulu, autre, dits, veille) for cle, voulu in lesquels.items()):
                regardes.add(autre.code)
                if all(passes(cle, voulu, autre, dits, veille) for cle, voulu in filtre.items()):
                    role.add(autre.code)
    if not asks_renseigne and all(dits[c].statut in SANS_REPONSE for c in regardes):
        return None
    if "denominateur" not in roles:
        codes = frozenset(roles["valeur"])
        return Compte(len(codes), None, codes)
    dessus = frozenset(roles["numerateur"])
    return Compte(len(dessus), len(roles["denominateur"]), dessus)


def can_be_counted(entree: Entree, dits: Mapping[str, Dit]) -> bool:
    """Shown here, by this territoire or by one that it is in, the nation apart; no figure made of figures."""
    return entree.code in dits and entree.ecrit["niveau"] != "N" and not entree.counts_constats


def passes(
    cle: str, voulu: Any, entree: Entree, dits: Mapping[str, Dit], veille: Mapping[str, Dit]
) -> bool:
    """One filter."""
    dit = dits[entree.code]
    positif = dit.statut not in SANS_REPONSE and dit.valeur is not None and dit.valeur > 0
    match cle:
        case "engagement":
            return entree.engagement in voulu
        case "mode":
            return entree.mode in voulu
        case "principal":
            return bool(entree.ecrit.get("principal", False))
        case "applicable":
            return dit.statut != "sans_objet"
        case "statut":
            return dit.statut in voulu
        case "renseigne":
            return dit.statut not in SANS_REPONSE
        case "valeur_positive":
            return positif
        case "devenu_positif":
            avant = veille.get(entree.code)
            return positif and (avant is None or avant.valeur is None or avant.valeur <= 0)
    raise ValueError(cle)
