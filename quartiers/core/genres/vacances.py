"""VacancesScolaires: days of class, then holidays, in the départements of a zone; known from the first to the last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from quartiers.core.contenu import Champ, Contenu, Sorte, list_inverses
from quartiers.core.territoire import Genre

CLASSES_MAX, VACANCES_MAX = 183, 122
"""Days: no school calendar has classes, or holidays, that last longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancesScolaires(Contenu):
    """One holiday and the classes before it; what no line tells is unknown, and not « hors vacances »."""

    GENRE = "vacances"
    LIBELLE = "Vacances scolaires"
    AIDE = "Une ligne par vacances ; du premier jour de classe à leur fin, le calendrier est connu."
    SORTE = Sorte.EVENEMENT
    GENRES_LIES = (Genre.DEPARTEMENT, Genre.COLLECTIVITE)

    nom: Annotated[str, Champ("Nom", "Par exemple « Toussaint 2026, zone C ».")] = ""
    classes_depuis: Annotated[
        date, Champ("Classes depuis le", "Premier jour de classe avant ces vacances.")
    ]
    debut: Annotated[date, Champ("Début", "Premier jour de vacances.")]
    fin: Annotated[date, Champ("Fin", "Dernier jour de vacances.")]

    def list_fautes(self, le: date) -> Iterator[tuple[str, str]]:
        """What contradicts itself; a calendar is told before its days come."""
        del le
        yield from list_inverses(self, ("debut", "fin"), ("classes_depuis", "debut"))
        if (self.fin - self.debut).days >= VACANCES_MAX:
            yield "fin", f"des vacances de {VACANCES_MAX} jours ou plus"
        if (self.debut - self.classes_depuis).days >= CLASSES_MAX:
            yield "classes_depuis", f"{CLASSES_MAX} jours ou plus avant les vacances"
