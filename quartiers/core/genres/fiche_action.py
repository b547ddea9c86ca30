"""FicheAction: one action of the programme in the plan of a quartier."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from quartiers.core.contenu import LONG_TEXTE_MAX, Champ, Contenu, Mot, Reference, Sorte


@dataclass(frozen=True, slots=True, kw_only=True)
class FicheAction(Contenu):
    """An action in a plan as it stood on the day of the record."""

    GENRE = "fiche_action"
    DE = "FicheAction"
    LIBELLE = "Fiche action"
    SORTE = Sorte.ETAT
    CADRE = True

    plan: Annotated[Reference | None, Champ("Plan", "Objet du plan.", genre="plan")] = None
    action: Annotated[Mot, Champ("Action", "Code de l’action.", vocabulaire="action")]
    applicable: Annotated[bool | None, Champ("Applicable")] = None
    motif: Annotated[str, Champ("Motif", "Pourquoi elle est sans objet.")] = ""
    pilote: Annotated[str, Champ("Pilote", "Un organisme et une fonction.")] = ""
    partenaires: Annotated[tuple[str, ...], Champ("Partenaires", "Des organismes.")] = ()
    echeance: Annotated[date | None, Champ("Échéance")] = None
    indicateur: Annotated[str, Champ("Indicateur principal", "Son code.")] = ""
    signee_le: Annotated[date | None, Champ("Plan signé le")] = None
    premier_fait_le: Annotated[date | None, Champ("Premier fait le")] = None
    prochain_jalon: Annotated[str, Champ("Prochain jalon")] = ""
    commentaire: Annotated[
        str, Champ("Commentaire", "Sans nom de personne.", maximum=LONG_TEXTE_MAX)
    ] = ""

    @property
    def complete(self) -> bool:
        """Pilot, deadline and principal indicateur are there."""
        return bool(self.pilote and self.echeance is not None and self.indicateur)

    @property
    def jours_signature_premier_fait(self) -> int | None:
        """Days from the signature to the first thing done; None while there is none."""
        if self.signee_le is None or self.premier_fait_le is None:
            return None
        return max(0, (self.premier_fait_le - self.signee_le).days)

    def count_delai(self, jour: date) -> int | None:
        """From the signature to the first thing done, or to this day while there is none; None when not signed."""
        if self.signee_le is None:
            return None
        fin = jour if self.premier_fait_le is None else min(self.premier_fait_le, jour)
        return max(0, (fin - self.signee_le).days)

    def list_fautes(self, le: date) -> Iterator[tuple[str, str]]:
        """What contradicts itself."""
        del le
        if self.applicable is False and not self.motif:
            yield "motif", "une action sans objet dit pourquoi"
