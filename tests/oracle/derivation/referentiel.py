"""The programme, read from its files into a few plain structures."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

DOSSIER: Final = Path(__file__).parents[3] / "data" / "referentiel"
COMMUN: Final = "programme.toml"


@dataclass(frozen=True, slots=True)
class Derivation:
    """One way to draw a figure from records, as it is written."""

    de: str | None
    filtre: Mapping[str, Any]
    compte: str | None
    champ: str | None
    portee: str | None
    role: str | None
    calendrier: str | None = None
    constante: int | None = None
    source: str | None = None
    produit: tuple["Derivation", ...] = ()


@dataclass(frozen=True, slots=True)
class Indicateur:
    """What the oracle needs of an indicateur."""

    code: str
    genre: str
    niveau: str
    nature: str | None
    periode: str | None
    frequence: str
    sens: str
    derivations: tuple[Derivation, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Programme:
    """Every indicateur, the schemes of each engagement, the words that a derivation may use."""

    indicateurs: Mapping[str, Indicateur]
    dispositifs_de: Mapping[
        str, frozenset[str]
    ]  # engagement → schemes that serve one of its actions
    mots: Mapping[str, Mapping[str, list[str]]]  # kind → filter → words
    dispositifs: frozenset[str]
    vocabulaires: Mapping[str, Mapping[str, str]]
    sources: frozenset[str]


def read_derivation(brut: Mapping[str, Any]) -> Derivation:
    """A derivation; a key that nobody knows is refused by the dataclass itself."""
    connus = dict(brut)
    return Derivation(
        de=connus.pop("de", None),
        filtre=connus.pop("filtre", {}),
        compte=connus.pop("compte", None),
        champ=connus.pop("champ", None),
        portee=connus.pop("portee_spatiale", None),
        role=connus.pop("role", None),
        produit=tuple(read_derivation(facteur) for facteur in connus.pop("produit", [])),
        **connus,
    )


def read_indicateur(brut: Mapping[str, Any]) -> Indicateur:
    """An indicateur of a file of the programme."""
    return Indicateur(
        code=brut["code"],
        genre=brut["genre"],
        niveau=brut["niveau"],
        nature=brut.get("nature"),
        periode=brut.get("periode"),
        frequence=brut["frequence"],
        sens=brut["sens"],
        derivations=tuple(read_derivation(d) for d in brut.get("derivations", [])),
    )


@cache
def read_programme(dossier: Path = DOSSIER) -> Programme:
    """The whole programme."""
    indicateurs: dict[str, Indicateur] = {}
    dispositifs_de: dict[str, frozenset[str]] = {}
    for chemin in sorted(dossier.glob("*.toml")):
        if chemin.name == COMMUN:
            continue
        engagement = tomllib.loads(chemin.read_text(encoding="utf-8"))
        servants: set[str] = set()
        for bloc in [*engagement.get("objectifs", []), *engagement.get("actions", [])]:
            servants |= set(bloc.get("dispositifs", []))
            for brut in bloc.get("indicateurs", []):
                indicateurs[brut["code"]] = read_indicateur(brut)
        dispositifs_de[engagement["code"]] = frozenset(servants)
    commun = tomllib.loads((dossier / COMMUN).read_text(encoding="utf-8"))
    return Programme(
        indicateurs=indicateurs,
        dispositifs_de=dispositifs_de,
        mots=commun["enregistrements"],
        dispositifs=frozenset(d["code"] for d in commun["dispositifs"]),
        vocabulaires=commun["vocabulaires"],
        sources=frozenset(s["code"] for s in commun["sources"]),
    )
