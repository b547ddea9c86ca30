"""TableauPublie: the dashboard of a territoire, put before the public on a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from quartiers.core.contenu import Champ, Contenu, Sorte, list_futurs


@dataclass(frozen=True, slots=True, kw_only=True)
class TableauPublie(Contenu):
    """One publication, on the day of the record."""

    GENRE = "tableau_publie"
    DE = "Tableau"
    LIBELLE = "Tableau publié"
    SORTE = Sorte.EVENEMENT
    CADRE = True

    publication: Annotated[bool, Champ("Publié")]
    vu_le: Annotated[date, Champ("Vu le", "Jour regardé.")]
    connu_le: Annotated[date, Champ("Connu le", "Jour de connaissance.")]
    adresse: Annotated[str, Champ("Adresse", "Où il se lit.")] = ""

    def list_fautes(self, le: date) -> Iterator[tuple[str, str]]:
        """What contradicts itself."""
        yield from list_futurs(self, le, "vu_le", "connu_le")
