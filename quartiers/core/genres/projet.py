"""Projet: a building or renewal project, its steps and its operations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from quartiers.core.contenu import Champ, Contenu, Etape, Mot, Sorte, list_depassements


@dataclass(frozen=True, slots=True, kw_only=True)
class Projet(Contenu):
    """A project as it stood on the day of the record."""

    GENRE = "projet"
    DE = "Projet"
    LIBELLE = "Projet"
    SORTE = Sorte.ETAT

    programme: Annotated[Mot, Champ("Programme", vocabulaire="programme_projet")]
    nom: Annotated[str, Champ("Nom")] = ""
    etape: Annotated[
        Etape | None, Champ("Étape", "Son numéro, ou ses mots, dans l’échelle du programme.")
    ] = None
    etat: Annotated[Mot | None, Champ("État", vocabulaire="etat_projet")] = None
    soutien_etat: Annotated[bool | None, Champ("Soutien de l’État")] = None
    operations_programmees: Annotated[int | None, Champ("Opérations programmées")] = None
    operations_engagees: Annotated[
        int | None, Champ("Opérations engagées", "Parmi les opérations programmées.")
    ] = None
    operations_avec_exigence: Annotated[
        int | None,
        Champ("Opérations avec exigence environnementale", "Parmi les opérations programmées."),
    ] = None
    locaux_livres: Annotated[int | None, Champ("Locaux livrés", "Total depuis le 1er janvier.")] = (
        None
    )

    def list_fautes(self, le: date) -> Iterator[tuple[str, str]]:
        """What contradicts itself."""
        del le
        yield from list_depassements(
            self,
            ("operations_engagees", "operations_programmees"),
            ("operations_avec_exigence", "operations_programmees"),
        )
