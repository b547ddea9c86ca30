"""The windows of a derivation: how long an event goes on counting after its day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from quartiers.core.contenu import Sorte
from quartiers.core.referentiel import ValeurDeFiltre

MOIS, NOMMEE = "fenetre_mois", "fenetre"


class FenetreNommee(StrEnum):
    """A window that has a name."""

    VACANCES = "derniere_periode_vacances"
    ETE = "dernier_ete"
    MOIS_COMPLET = "dernier_mois_complet"


@dataclass(frozen=True, slots=True)
class Fenetre:
    """A number of months after the event, or a named one: one of the two."""

    mois: int | None = None
    nommee: FenetreNommee | None = None

    @property
    def is_de_vacances(self) -> bool:
        """It is told by the school calendar."""
        return self.nommee in {FenetreNommee.VACANCES, FenetreNommee.ETE}


def build_fenetre(filtre: Mapping[str, ValeurDeFiltre]) -> Fenetre | None:
    """The window that a well formed filter asks."""
    mois, noms = filtre.get(MOIS), filtre.get(NOMMEE)
    if isinstance(mois, int):
        return Fenetre(mois=mois)
    return Fenetre(nommee=FenetreNommee(noms[0])) if isinstance(noms, tuple) else None


def list_raisons_de_la_fenetre(
    filtre: Mapping[str, ValeurDeFiltre], sorte: Sorte | None, *, is_cumul: bool
) -> Iterator[str]:
    """Why a window is one too many, or missing. `is_cumul`: what is counted adds up over a période or a calendar."""
    demandees = [cle for cle in (MOIS, NOMMEE) if cle in filtre]
    dites = " et ".join(f"« {cle} »" for cle in demandees)
    noms = filtre.get(NOMMEE)
    if len(demandees) > 1:
        yield f"deux fenêtres : {dites}"
    elif isinstance(noms, tuple) and len(noms) > 1:
        yield f"deux fenêtres : {', '.join(noms)}"
    if sorte is Sorte.ETAT and demandees:
        yield f"{dites} : une fenêtre sur un état, qui vaut jusqu’à ce qu’un autre soit dit"
    if sorte is Sorte.EVENEMENT and is_cumul and demandees:
        yield f"{dites} : une fenêtre sur un cumul, qui a déjà sa période"
    if sorte is Sorte.EVENEMENT and not is_cumul and not demandees:
        yield f"un événement compté à la date sans fenêtre ; possibles : {MOIS}, {NOMMEE}"
