"""Poste: a funded position, filled or vacant. Who holds it is never recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Annotated, ClassVar

from quartiers.core.contenu import (
    Champ,
    Contenu,
    Intervalle,
    Mot,
    Reference,
    Sorte,
    list_depassements,
    list_dits,
    list_futurs,
    list_inverses,
    list_lendemains,
)

_UN_JOUR = timedelta(days=1)


def _find_financement(poste: Poste, _: date) -> Intervalle | None:
    if poste.finance_depuis is None:
        return None
    return poste.finance_depuis, poste.finance_jusqu_au


def _find_occupation(poste: Poste, _: date) -> Intervalle | None:
    """Filled from a day, until it is vacant or no longer funded."""
    if poste.pourvu_depuis is None:
        return None
    fins = [] if poste.finance_jusqu_au is None else [poste.finance_jusqu_au]
    if poste.vacant_depuis is not None and poste.vacant_depuis > poste.pourvu_depuis:
        fins.append(poste.vacant_depuis - _UN_JOUR)
    return poste.pourvu_depuis, min(fins, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Poste(Contenu):
    """One position as it was on the day of the record."""

    GENRE = "poste"
    DE = "Poste"
    LIBELLE = "Poste"
    SORTE = Sorte.ETAT
    PREMIERS = ("etp_pourvu", "employeur", "pourvu_depuis", "fonction")
    SUPPOSES: ClassVar = {"etp_finance": "1", "etp_pourvu": "1"}
    PERIODES: ClassVar = {"finance": _find_financement, "pourvu": _find_occupation}

    fonction: Annotated[Mot, Champ("Fonction", vocabulaire="fonction")]
    employeur: Annotated[str, Champ("Employeur", "Un organisme, jamais une personne.")]
    etp_finance: Annotated[
        Fraction, Champ("ETP financés", "1 pour un temps plein, 0,5 pour un mi-temps.")
    ]
    etp_pourvu: Annotated[
        Fraction | None, Champ("ETP pourvus", "0 quand le poste est vacant ; vide : inconnu.")
    ] = None
    finance_depuis: Annotated[date | None, Champ("Financé depuis le")] = None
    finance_jusqu_au: Annotated[
        date | None, Champ("Financé jusqu’au", "Vide si la fin n’est pas connue.")
    ] = None
    pourvu_depuis: Annotated[date | None, Champ("Occupé depuis le")] = None
    vacant_depuis: Annotated[date | None, Champ("Vacant depuis le", "Premier jour vacant.")] = None
    jours_presence: Annotated[
        Fraction | None, Champ("Jours de présence", "Par mois, dans le territoire.")
    ] = None
    programme: Annotated[Mot | None, Champ("Programme", vocabulaire="programme_poste")] = None
    convention: Annotated[
        Reference | None, Champ("Convention", "Objet de la convention.", genre="convention")
    ] = None
    lettre_de_mission: Annotated[
        bool | None, Champ("Lettre de mission", "Elle cite le plan du quartier.")
    ] = None

    @property
    def jours_financement_prise_de_poste(self) -> int | None:
        """Days from the funding to the day somebody came; None while nobody did."""
        if self.finance_depuis is None or self.pourvu_depuis is None:
            return None
        return max(0, (self.pourvu_depuis - self.finance_depuis).days)

    def count_delai(self, jour: date) -> int | None:
        """From the funding to the day somebody came, or to this day while nobody did; None when nobody funds it."""
        if self.finance_depuis is None:
            return None
        fin = jour if self.pourvu_depuis is None else min(self.pourvu_depuis, jour)
        return max(0, (fin - self.finance_depuis).days)

    def list_changements(self) -> tuple[date, ...]:
        """Funded, filled, vacant; no longer funded."""
        dits = (self.finance_depuis, self.pourvu_depuis, self.vacant_depuis)
        return (*list_dits(*dits), *list_lendemains(self.finance_jusqu_au))

    def list_fautes(self, le: date) -> Iterator[tuple[str, str]]:
        """What contradicts itself."""
        yield from list_depassements(self, ("etp_pourvu", "etp_finance"))
        yield from list_inverses(self, ("finance_depuis", "finance_jusqu_au"))
        if self.etp_pourvu:
            if self.pourvu_depuis is None:
                yield "pourvu_depuis", "un poste occupé dit depuis quand"
            elif self.vacant_depuis is not None and self.vacant_depuis > self.pourvu_depuis:
                yield "vacant_depuis", "un poste occupé n’est pas vacant depuis"
        yield from list_futurs(self, le, "finance_depuis", "pourvu_depuis", "vacant_depuis")
