"""The French tables: themes, groups of examples that share givens, and examples; read from `*.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

ICI = Path(__file__).resolve().parent
LECTURES = ICI.parent.parent / "docs" / "lectures.md"
INCONNUS = ("inconnue", "jamais", "aucune")  # « there is none », and that is checked


@dataclass(frozen=True, slots=True)
class Cas:
    """One example: a sentence, its givens, the day looked at, and what must come out.

    Numbers are integers, « 0,67 » (compared once rounded) or « 729/1088 » (compared exactly); « inconnue » and
    « jamais » mean that there is none. What is not written is not compared, drapeaux excepted (none = none).
    """

    nom: str
    vu_le: date
    pourquoi: str
    reference: str
    donnees: tuple[str, ...] = ()
    connu_le: date | None = None
    territoire: str = "Les Tilleuls"
    indicateur: str | None = None
    monde: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    statut: str | None = None
    drapeaux: tuple[str, ...] | None = None
    valeur: int | str | None = None
    numerateur: int | str | None = None
    denominateur: int | str | None = None
    ratio: int | str | None = None
    date: date | None = None
    perime_le: Any = None
    perdu_le: Any = None
    cible: int | str | None = None
    echeance: Any = None
    effet: Any = None
    statuts: str | None = None
    attendus: int | None = None
    applicables: int | None = None
    renseignes: int | None = None
    couverture: int | str | None = None
    taux_min: int | str | None = None
    taux_max: int | str | None = None
    valeur_fraiche: int | str | None = None
    valeur_complete: bool | None = None
    au_moins: int | str | None = None
    au_plus: int | str | None = None
    territoires: tuple[str, ...] | None = None
    libelle: str | None = None
    cause: str | None = None


@dataclass(frozen=True, slots=True)
class Groupe:
    """Examples that share an indicateur, givens, or a day."""

    indicateur: str
    donnees: tuple[str, ...]
    monde: tuple[str, ...]
    cas: tuple[Cas, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """One section of docs/regles.md: the rule in words, then its examples."""

    code: str
    titre: str
    regle: str
    groupes: tuple[Groupe, ...]


class TableFautive(ValueError):  # noqa: N818 -- French noun
    """A table that holds an unknown column, or lacks one."""


CHAMPS = {champ.name for champ in fields(Cas)}
COMMUNS = {"indicateur", "donnees", "monde", "vu_le", "reference", "territoire", "cas"}


def _build_cas(brut: dict[str, Any], communs: dict[str, Any], fichier: str) -> Cas:
    partages = ("vu_le", "reference", "territoire")
    champs: dict[str, Any] = {nom: communs[nom] for nom in partages if nom in communs}
    champs |= brut
    if inconnus := set(champs) - CHAMPS:
        msg = f"{fichier}, « {brut.get('nom')} » : colonnes inconnues {sorted(inconnus)}"
        raise TableFautive(msg)
    listes = {nom: tuple(valeur) for nom, valeur in champs.items() if isinstance(valeur, list)}
    try:
        return Cas(**(champs | listes))
    except TypeError as erreur:
        msg = f"{fichier}, « {brut.get('nom')} » : {erreur}"
        raise TableFautive(msg) from erreur


def _build_groupe(brut: dict[str, Any], fichier: str) -> Groupe:
    if inconnus := set(brut) - COMMUNS:
        msg = f"{fichier} : colonnes de groupe inconnues {sorted(inconnus)}"
        raise TableFautive(msg)
    return Groupe(
        indicateur=brut.get("indicateur", ""),
        donnees=tuple(brut.get("donnees", ())),
        monde=tuple(brut.get("monde", ("Les Tilleuls",))),
        cas=tuple(_build_cas(cas, brut, fichier) for cas in brut["cas"]),
    )


def load_theme(chemin: Path) -> Theme:
    """One file, one theme."""
    brut = tomllib.loads(chemin.read_text(encoding="utf-8"))
    return Theme(
        code=chemin.stem,
        titre=brut["titre"],
        regle=brut["regle"].strip(),
        groupes=tuple(_build_groupe(groupe, chemin.name) for groupe in brut["groupe"]),
    )


@cache
def load_themes() -> tuple[Theme, ...]:
    """Every theme, in the order of the names of their files."""
    return tuple(load_theme(chemin) for chemin in sorted(ICI.glob("[0-9][0-9]-*.toml")))


def list_cas(themes: tuple[Theme, ...]) -> list[tuple[Theme, Groupe, Cas]]:
    """Every example with where it stands."""
    return [(t, g, c) for t in themes for g in t.groupes for c in g.cas]
