"""What a file would do to the base, line by line: read before it is applied, and applied only if it is still true."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class SortDeLigne(StrEnum):
    """What would become of a line."""

    NOUVELLE = "nouvelle"
    CORRIGEE = "corrigée"
    RETIREE = "retirée"
    INCHANGEE = "inchangée"
    REFUSEE = "refusée"


class Risque(StrEnum):
    """Why a line waits for a word of its author, asked once for all those that run the same risk."""

    DIX_FOIS = "dix_fois"
    RETRAIT = "retrait"


ECRITES = frozenset({SortDeLigne.NOUVELLE, SortDeLigne.CORRIGEE, SortDeLigne.RETIREE})
"""What changes the base."""


@dataclass(frozen=True, slots=True)
class LigneEssayee:
    """A line of a file, what it speaks of, and its fate.

    `avant`, `apres`: what is known and what would be, in words. `colonne`, `lu`, `raison`: why it is refused, or what
    to know of it. `suit`: the row of the base that it would follow.
    """

    ligne: int
    sort: SortDeLigne
    quoi: str = ""
    avant: str = ""
    apres: str = ""
    colonne: str = ""
    lu: str = ""
    raison: str = ""
    risque: str = ""
    suit: int | None = None


@dataclass(frozen=True, slots=True)
class EffetDImport:
    """A statut that the whole of a file would change."""

    indicateur: str
    territoire: str
    avant: str
    apres: str


@dataclass(frozen=True, slots=True)
class EssaiDImport:
    """The fate of every line of a file, in its order, and what follows.

    `raisons`: why the file as a whole cannot be read; it then has no line. `avis`: what is worth telling of it.
    `effets`: None when nobody worked them out.
    """

    lignes: Sequence[LigneEssayee] = ()
    effets: Sequence[EffetDImport] | None = None
    avis: Sequence[str] = ()
    raisons: Sequence[str] = ()
    comptes: Counter[SortDeLigne] = field(init=False)

    def __post_init__(self) -> None:
        """Counted once."""
        object.__setattr__(self, "comptes", Counter(ligne.sort for ligne in self.lignes))

    @property
    def condensat(self) -> str:
        """SHA-256 of the fates, and of the rows of the base that they rest on: another one, another trial."""
        dits = [list(asdict(ligne).values()) for ligne in self.lignes]
        ecrit = json.dumps([dits, list(self.raisons)], ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(ecrit.encode()).hexdigest()

    @property
    def ecrites(self) -> int:
        """Lines that would change the base."""
        return sum(self.comptes[sort] for sort in ECRITES)

    def list_du_sort(self, sort: SortDeLigne) -> list[LigneEssayee]:
        """The lines of one fate."""
        return [ligne for ligne in self.lignes if ligne.sort is sort]

    def list_risquees(self, risque: Risque) -> list[LigneEssayee]:
        """The lines that run a risk."""
        return [ligne for ligne in self.lignes if ligne.risque == risque]

    def list_laissees(self, admis: frozenset[str]) -> frozenset[int]:
        """The lines that stay out: those refused, and those whose risk was not taken."""
        return frozenset(
            ligne.ligne
            for ligne in self.lignes
            if ligne.sort is SortDeLigne.REFUSEE or (ligne.risque and ligne.risque not in admis)
        )

    def iterate_bougees(
        self, ancien: EssaiDImport
    ) -> Iterator[tuple[LigneEssayee, LigneEssayee | None]]:
        """The lines that are not what they were in an earlier trial of the same file, with what they were."""
        anciennes = {ligne.ligne: ligne for ligne in ancien.lignes}
        for ligne in self.lignes:
            if anciennes.get(ligne.ligne) != ligne:
                yield ligne, anciennes.get(ligne.ligne)


def write_essai(essai: EssaiDImport) -> dict[str, Any]:
    """As it is kept."""
    return {
        "lignes": [list(asdict(ligne).values()) for ligne in essai.lignes],
        "effets": None
        if essai.effets is None
        else [list(asdict(e).values()) for e in essai.effets],
        "avis": list(essai.avis),
        "raisons": list(essai.raisons),
    }


def parse_essai(ecrit: dict[str, Any]) -> EssaiDImport:
    """Back from what is kept."""
    effets = ecrit["effets"]
    return EssaiDImport(
        tuple(LigneEssayee(n, SortDeLigne(sort), *reste) for n, sort, *reste in ecrit["lignes"]),
        None if effets is None else tuple(EffetDImport(*effet) for effet in effets),
        tuple(ecrit["avis"]),
        tuple(ecrit["raisons"]),
    )
