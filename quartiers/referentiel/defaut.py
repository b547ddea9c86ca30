"""What is wrong with a référentiel: where, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Defaut:
    """One thing wrong: file, entry (code of the nearest engagement, action or indicateur) and reason."""

    fichier: str
    entree: str
    raison: str

    def __str__(self) -> str:
        lieu = f"{self.fichier}, {self.entree}" if self.entree else self.fichier
        return f"{lieu} : {self.raison}"


class ReferentielInvalide(Exception):  # noqa: N818 -- the domain's word; shown to the user, not a bug
    """The files cannot be a référentiel; every defect is listed, one per line."""

    def __init__(self, defauts: Iterable[Defaut]) -> None:
        self.defauts = tuple(defauts)
        super().__init__(self.defauts)

    def __str__(self) -> str:
        return "\n".join(str(defaut) for defaut in self.defauts)
