"""Convention: what was signed (contract, label, charter, diagnosis), from a day to a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from quartiers.core.contenu import (
    Champ,
    Contenu,
    Etape,
    Intervalle,
    Mot,
    Sorte,
    list_dits,
    list_inverses,
    list_lendemains,
)


def _find_vigueur(convention: Convention, le: date) -> Intervalle:
    """In force from its first day, from the day of the record when nobody knows it, to its last one."""
    return convention.debut or min(le, convention.fin or le), convention.fin


@dataclass(frozen=True, slots=True, kw_only=True)
class Convention(Contenu):
    """An act as it stood on the day of the record."""

    GENRE = "convention"
    DE = "Convention"
    LIBELLE = "Convention"
    AIDE = "Un contrat, un label, une charte, un diagnostic."
    SORTE = Sorte.ETAT
    PERIODES: ClassVar = {"en_vigueur": _find_vigueur}

    genre: Annotated[Mot, Champ("Genre de la convention", vocabulaire="genre_convention")]
    debut: Annotated[date | None, Champ("Début", "Premier jour où elle vaut.")] = None
    fin: Annotated[date | None, Champ("Fin", "Dernier jour où elle vaut ; vide si elle dure.")] = (
        None
    )
    etape: Annotated[
        Etape | None, Champ("Étape", "Son numéro, ou ses mots, dans l’échelle du programme.")
    ] = None
    clause: Annotated[tuple[Mot, ...], Champ("Clauses écrites", vocabulaire="clause")] = ()
    signataire: Annotated[
        tuple[str, ...], Champ("Signataires", "Des organismes, jamais des personnes.")
    ] = ()
    action: Annotated[
        tuple[Mot, ...], Champ("Actions servies", "Codes d’actions.", vocabulaire="action")
    ] = ()

    def list_changements(self) -> tuple[date, ...]:
        """Its first day, and the day after its last one."""
        return (*list_dits(self.debut), *list_lendemains(self.fin))

    def get_temoin(self, le: date) -> date:
        """An act does not age before its own end."""
        return le if self.fin is None else max(le, self.fin)

    def list_fautes(self, le: date) -> Iterator[tuple[str, str]]:
        """What contradicts itself."""
        del le
        yield from list_inverses(self, ("debut", "fin"))
