"""What is known of the base at one of its states."""

from __future__ import annotations

from dataclasses import dataclass

from quartiers.core.cellule import Cellules
from quartiers.core.dossier import Dossier
from quartiers.core.territoire import Territoires
from quartiers.usecases.registres import Registres
from quartiers.usecases.suivre import Marque

Etat = tuple[Marque, str]
"""The last import and the rules: their name alone (`write_version`) is the same in two copies of a base."""


@dataclass(frozen=True, slots=True)
class Savoir:
    """What a process holds of the base: the dossier, its cells, and the mark of the write it stops at.

    `codes`: the territoires with the quartiers cibles, whatever the day they were known: what a line is checked
    against. `actuels`: the territoires with all that is known of the quartiers: what rights are decided on (ADR 0012).
    `touches`: the indicateurs something was said of since the state that it grew from; None: it was read whole.
    """

    dossier: Dossier
    cellules: Cellules
    codes: Territoires
    actuels: Territoires
    marque: Marque
    registres: Registres
    touches: frozenset[str] | None = None

    @property
    def etat(self) -> Etat:
        """What tells this state from any other, that of a base put back from a copy included."""
        return (self.marque, self.dossier.referentiel.version)
