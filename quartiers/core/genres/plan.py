"""Plan: the plan of actions of a quartier and how far it has gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from quartiers.core.contenu import (
    Champ,
    Contenu,
    Etape,
    Reference,
    Sorte,
    list_futurs,
    list_inverses,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Contenu):
    """A plan as it stood on the day of the record."""

    GENRE = "plan"
    DE = "Plan"
    LIBELLE = "Plan d’actions"
    SORTE = Sorte.ETAT
    CADRE = True

    nom: Annotated[str, Champ("Nom")] = ""
    etape: Annotated[Etape, Champ("Étape", "Son numéro, ou ses mots, dans l’échelle du programme.")]
    valide_le: Annotated[date | None, Champ("Validé le")] = None
    signe_le: Annotated[date | None, Champ("Signé le")] = None
    revue_le: Annotated[date | None, Champ("Dernière revue annuelle")] = None
    clos_le: Annotated[date | None, Champ("Clos le")] = None
    avis_habitants_le: Annotated[date | None, Champ("Avis du conseil citoyen")] = None
    convention: Annotated[
        Reference | None, Champ("Annexé à", "Objet de la convention.", genre="convention")
    ] = None

    def list_fautes(self, le: date) -> Iterator[tuple[str, str]]:
        """What contradicts itself."""
        yield from list_inverses(self, ("valide_le", "signe_le"), ("signe_le", "clos_le"))
        yield from list_futurs(self, le, "valide_le", "signe_le", "revue_le", "clos_le")
