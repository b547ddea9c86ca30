"""Financement: what a funder granted and paid to an organisation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Annotated, ClassVar

from quartiers.core.contenu import Champ, Contenu, Mot, Sorte, list_futurs, list_inverses


@dataclass(frozen=True, slots=True, kw_only=True)
class Financement(Contenu):
    """One line of funding."""

    GENRE = "financement"
    DE = "Financement"
    LIBELLE = "Financement"
    SORTE = Sorte.EVENEMENT
    JOURS: ClassVar = {"attribue": "attribue_le", "verse": "verse_le"}
    ALIAS: ClassVar = {"beneficiaire": "genre_beneficiaire"}
    VOCABULAIRES: ClassVar = {"etat": "etat_financement"}

    financeur: Annotated[str, Champ("Financeur", "Un organisme.")]
    beneficiaire: Annotated[str, Champ("Bénéficiaire", "Un organisme, jamais une personne.")]
    genre_beneficiaire: Annotated[
        Mot | None, Champ("Genre du bénéficiaire", vocabulaire="genre_organisme")
    ] = None
    attribue_le: Annotated[date | None, Champ("Attribué le")] = None
    verse_le: Annotated[date | None, Champ("Versé le")] = None
    montant_verse: Annotated[Fraction | None, Champ("Montant versé", "En euros.")] = None
    action_financee: Annotated[
        str, Champ("Action financée", "La même écriture d’un financeur à l’autre.")
    ] = ""
    domaine: Annotated[tuple[Mot, ...], Champ("Domaines", vocabulaire="domaine")] = ()
    theme: Annotated[tuple[Mot, ...], Champ("Thèmes", vocabulaire="theme")] = ()
    programme: Annotated[Mot | None, Champ("Programme", vocabulaire="programme_financement")] = None

    def list_fautes(self, le: date) -> Iterator[tuple[str, str]]:
        """What contradicts itself."""
        yield from list_inverses(self, ("attribue_le", "verse_le"))
        if self.montant_verse is not None and self.verse_le is None:
            yield "verse_le", "un montant versé dit quel jour"
        yield from list_futurs(self, le, "attribue_le", "verse_le")
