"""What a fact is proved by, as a page shows it; and how many of the facts behind a figure are."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from quartiers.core.composition import AnyConstat
from quartiers.core.constat import Constat, ConstatCompte, FaitRetenu
from quartiers.core.fait import Liste, Rang
from quartiers.reports.presentation.nombre import Decompte, PartDite


@dataclass(frozen=True, slots=True)
class PieceMontree:
    """A piece. `mot`: photo, document, vu sur place; `nom` and `adresse` are empty for who may not open it."""

    nature: str
    mot: str
    nom: str = ""
    adresse: str = ""
    empreinte: str = ""


Pieces: TypeAlias = Mapping[int, tuple[PieceMontree, ...]]
"""The pieces of faits, by their rank among all that was learnt."""
SANS_PIECE: Pieces = {}


@dataclass(frozen=True, slots=True)
class AvecPreuve:
    """How many of the declared faits behind a figure have a piece: « 3 sur 4 avec preuve »."""

    prouves: Decompte
    declares: Decompte

    @property
    def part(self) -> PartDite:
        """The share, for a bar; none without a declared fait."""
        if not self.declares:
            return PartDite(None)
        return PartDite(Fraction(self.prouves.valeur, self.declares.valeur))

    def __str__(self) -> str:
        return f"{self.prouves.sur(self.declares)} avec preuve"


def count_avec_preuve(faits: Iterable[FaitRetenu], prouves: Container[int]) -> AvecPreuve:
    """Of the faits of a figure or of a total, each once, those that somebody declared, and those that have a piece.

    `prouves`: their rank among all that was learnt.
    """
    declares = {get_entree(fait) for fait in faits if is_declare(fait)}
    nombre = sum(ordre in prouves for ordre in declares)
    return AvecPreuve(Decompte(nombre), Decompte(len(declares)))


def list_faits_derriere(constat: AnyConstat) -> tuple[FaitRetenu, ...]:
    """The faits retained of a figure; of a total, those of all that it is made of."""
    if isinstance(constat, Constat):
        return constat.faits
    if constat.propre is not None:
        return constat.propre.faits
    parts = (*constat.constats, *(() if constat.reste is None else (constat.reste,)))
    return tuple(fait for part in parts for fait in part.faits)


def get_entree(fait: FaitRetenu) -> int:
    """The rank of the row that says a fait, whatever was decided of it since."""
    dit = getattr(fait, "enregistrement", fait)
    return getattr(dit, "entree", 0) or fait.ordre


def is_declare(fait: FaitRetenu) -> bool:
    """Somebody said it; the line of an official list is its own proof, and a counted constat has its own page."""
    return (
        not isinstance(fait, Liste | ConstatCompte)
        and getattr(fait, "rang", None) is not Rang.LISTE
    )
