"""The rules as their tables say them (`regles.json`, written with docs/regles.md by the same generator)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from quartiers.core.referentiel import GenreIndicateur
from quartiers.core.statut import Statut
from quartiers.reports.presentation.nombre import Decompte

FICHIER = Path(__file__).resolve().parent / "regles.json"
# Where the rule of an indicateur is told; `suivi` is never judged.
THEME_DU_GENRE: Mapping[GenreIndicateur, str] = {
    GenreIndicateur.PRESENCE: "04-presence",
    GenreIndicateur.COMPTE: "07-trajectoire",
    GenreIndicateur.PART: "13-part",
    GenreIndicateur.DOUBLEMENT: "12-doublement",
    GenreIndicateur.NATIONAL: "17-national",
    GenreIndicateur.JALON: "14-etapes",
    GenreIndicateur.SUIVI: "01-inconnu",
}


@dataclass(frozen=True, slots=True)
class Bloc:
    """A piece of a rule: `texte`, `liste` (numbered) or `formule`."""

    genre: str
    lignes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExempleEcrit:
    """One example that every change of the product checks; `statut` None: counts without a statut."""

    nom: str
    donnees: str
    vu_le: str
    statut: Statut | None
    obtenu: str
    pourquoi: str
    reference: str


@dataclass(frozen=True, slots=True)
class GroupeEcrit:
    """Examples that share an indicateur and givens."""

    indicateur: str
    donnees: tuple[str, ...]
    cas: tuple[ExempleEcrit, ...]


@dataclass(frozen=True, slots=True)
class ThemeEcrit:
    """A rule, then its examples."""

    code: str
    titre: str
    blocs: tuple[Bloc, ...]
    groupes: tuple[GroupeEcrit, ...]

    @property
    def nombre(self) -> Decompte:
        """How many examples."""
        return Decompte(sum(len(groupe.cas) for groupe in self.groupes))


@dataclass(frozen=True, slots=True)
class ReglesEcrites:
    """Every rule; `mots`: the words that qualify a statut, and what each says."""

    mots: tuple[tuple[str, str], ...]
    themes: tuple[ThemeEcrit, ...]

    @property
    def nombre(self) -> Decompte:
        """How many examples in all."""
        return Decompte(sum(int(theme.nombre) for theme in self.themes))


@cache
def load_regles() -> ReglesEcrites:
    """Read once: the file is part of the product."""
    brut = json.loads(FICHIER.read_text(encoding="utf-8"))
    return ReglesEcrites(
        mots=tuple((mot, sens) for mot, sens in brut["mots"]),
        themes=tuple(
            ThemeEcrit(
                code=theme["code"],
                titre=theme["titre"],
                blocs=tuple(Bloc(b["genre"], tuple(b["lignes"])) for b in theme["blocs"]),
                groupes=tuple(
                    GroupeEcrit(
                        indicateur=groupe["indicateur"],
                        donnees=tuple(groupe["donnees"]),
                        cas=tuple(
                            ExempleEcrit(
                                **{
                                    **cas,
                                    "statut": Statut(cas["statut"]) if cas["statut"] else None,
                                }
                            )
                            for cas in groupe["cas"]
                        ),
                    )
                    for groupe in theme["groupes"]
                ),
            )
            for theme in brut["themes"]
        ),
    )
