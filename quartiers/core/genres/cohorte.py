"""Cohorte: how many were counted from a day on; numbers only, never a list of people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from quartiers.core.contenu import (
    Champ,
    Contenu,
    Intervalle,
    Mot,
    Sorte,
    SousEnsemble,
    list_futurs,
    list_inverses,
)
from quartiers.core.temps import get_annee_scolaire


def _find_annee_scolaire(cohorte: Cohorte, le: date) -> Intervalle:
    """From its first day to the end of the school year that holds its last one."""
    dernier = cohorte.get_dernier_jour(le)
    return min(cohorte.du, dernier), get_annee_scolaire(dernier)[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohorte(Contenu):
    """A running total since `du`."""

    GENRE = "cohorte"
    DE = "Cohorte"
    LIBELLE = "Cohorte"
    AIDE = "Des nombres, jamais des personnes : ni nom, ni initiales, ni liste."
    SORTE = Sorte.ETAT
    PERIODES: ClassVar = {"annee_scolaire": _find_annee_scolaire}
    VIDES = frozenset({"etape"})
    SERIE = ("dispositif", "unite_comptee", "etape", "organisme")

    dispositif: Annotated[Mot, Champ("Dispositif", vocabulaire="dispositif")]
    unite_comptee: Annotated[Mot, Champ("Ce qui est compté", vocabulaire="unite_comptee")]
    etape: Annotated[
        Mot | None, Champ("Étape du parcours", "Vide : les entrées.", vocabulaire="etape")
    ] = None
    n: Annotated[int, Champ("Nombre", "Total depuis « du » ; 0 se dit.")]
    du: Annotated[date, Champ("Du", "Premier jour compté.")]
    au: Annotated[date | None, Champ("Au", "Dernier jour compté ; vide : le jour dit.")] = None
    organisme: Annotated[str, Champ("Organisme", "Qui compte.")] = ""
    dont: Annotated[
        tuple[SousEnsemble, ...],
        Champ("Dont", "Un mot et son nombre, par exemple « residant_qrr_qpv 12 ».", "dont"),
    ] = ()

    def get_dernier_jour(self, le: date) -> date:
        """The last day counted by a record of the day `le`."""
        return le if self.au is None else min(self.au, le)

    def get_depuis(self, le: date) -> date:
        """A total holds from its last day on (L-66)."""
        return self.get_dernier_jour(le)

    def get_temoin(self, le: date) -> date:
        """Its last day: a count told late attests no more than what it counted."""
        return self.get_dernier_jour(le)

    def list_fautes(self, le: date) -> Iterator[tuple[str, str]]:
        """What contradicts itself."""
        yield from list_inverses(self, ("du", "au"))
        mots = [dont.mot for dont in self.dont]
        for dont in self.dont:
            if dont.n > self.n:
                yield "dont", f"« {dont.mot} » compte {dont.n}, plus que « n » ({self.n})"
            if mots.count(dont.mot) > 1:
                yield "dont", f"« {dont.mot} » est dit deux fois"
        yield from list_futurs(self, le, "du")
