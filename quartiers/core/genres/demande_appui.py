"""DemandeAppui: a request for support, the days of its life and the time it took."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest
from typing import Annotated, ClassVar

from quartiers.core.contenu import (
    LONG_TEXTE_MAX,
    Champ,
    Contenu,
    Intervalle,
    Mot,
    Sorte,
    list_futurs,
    list_inverses,
)

DELAI = 30
"""Calendar days to decide."""


def _find_decidee(demande: DemandeAppui, _: date) -> Intervalle | None:
    return None if demande.decidee_le is None else (demande.decidee_le, None)


def _find_due(demande: DemandeAppui, _: date) -> Intervalle | None:
    """From the day it was decided, or from the day after its delay: whichever came first."""
    jours = (demande.decidee_le, demande.find_hors_delai())
    connus = [jour for jour in jours if jour is not None]
    return (min(connus), None) if connus else None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandeAppui(Contenu):
    """One request, as last known."""

    GENRE = "demande_appui"
    DE = "DemandeAppui"
    LIBELLE = "Demande d’appui"
    SORTE = Sorte.EVENEMENT
    CADRE = True
    PERIODES: ClassVar = {"decidee": _find_decidee, "echue_ou_decidee": _find_due}
    JOURS: ClassVar = {"decidee": "decidee_le"}

    genre: Annotated[Mot | None, Champ("Genre de l’appui", vocabulaire="genre_appui")] = None
    sujet: Annotated[str, Champ("Sujet", "Sans nom de personne.")]
    urgente: Annotated[bool | None, Champ("Urgente")] = None
    action: Annotated[
        tuple[Mot, ...], Champ("Actions servies", "Codes d’actions.", vocabulaire="action")
    ] = ()
    deposee_le: Annotated[date, Champ("Déposée le")]
    endossee_le: Annotated[date | None, Champ("Endossée le")] = None
    recue_le: Annotated[date | None, Champ("Reçue le")] = None
    qualifiee_le: Annotated[date | None, Champ("Qualifiée le")] = None
    complement_demande_le: Annotated[
        tuple[date, ...], Champ("Complément demandé le", "Le délai s’arrête.")
    ] = ()
    complement_recu_le: Annotated[
        tuple[date, ...], Champ("Complément reçu le", "Le délai repart.")
    ] = ()
    decidee_le: Annotated[date | None, Champ("Décidée le")] = None
    decision: Annotated[Mot | None, Champ("Décision", vocabulaire="decision_appui")] = None
    motif: Annotated[str, Champ("Motif de la décision", maximum=LONG_TEXTE_MAX)] = ""
    mise_en_oeuvre_le: Annotated[date | None, Champ("Mise en œuvre le")] = None
    soldee_le: Annotated[date | None, Champ("Soldée le")] = None
    retiree_le: Annotated[date | None, Champ("Retirée le")] = None
    effet: Annotated[str, Champ("Effet sur l’action", maximum=LONG_TEXTE_MAX)] = ""

    @property
    def jours_depot_decision(self) -> int | None:
        """Days from the filing to the decision, suspensions left out; None while nothing is decided."""
        return None if self.decidee_le is None else self.count_jours(self.decidee_le)

    def count_jours(self, jusqu_au: date) -> int:
        """Days of its delay that ran out by the end of a day."""
        ecoules = (jusqu_au - self.deposee_le).days
        for debut, fin in self._list_suspensions():
            ecoules -= max(0, (min(fin or jusqu_au, jusqu_au) - debut).days)
        return max(0, ecoules)

    def count_delai(self, jour: date) -> int | None:
        """From the filing to the decision, or to this day while nothing is decided."""
        return self.count_jours(jour if self.decidee_le is None else min(self.decidee_le, jour))

    def find_hors_delai(self) -> date | None:
        """First day out of time; None while the clock stands still for want of an answer."""
        jour = self.deposee_le + timedelta(days=DELAI)
        for debut, fin in self._list_suspensions():
            if debut > jour:
                break
            if fin is None:
                return None
            jour += fin - debut
        return jour + timedelta(days=1)

    def _list_suspensions(self) -> Iterator[tuple[date, date | None]]:
        debuts, fins = sorted(self.complement_demande_le), sorted(self.complement_recu_le)
        yield from zip_longest(debuts, fins)

    def list_fautes(self, le: date) -> Iterator[tuple[str, str]]:
        """What contradicts itself."""
        yield from list_inverses(
            self,
            *(("deposee_le", nom) for nom in ("endossee_le", "recue_le", "decidee_le")),
            ("decidee_le", "mise_en_oeuvre_le"),
        )
        if (self.decision is None) != (self.decidee_le is None):
            yield "decision", "une décision et son jour vont ensemble"
        demandes, recus = sorted(self.complement_demande_le), sorted(self.complement_recu_le)
        if len(recus) > len(demandes) or len(demandes) > len(recus) + 1:
            yield "complement_recu_le", "chaque complément reçu répond à une demande"
        elif any(fin < debut for debut, fin in zip(demandes, recus, strict=False)):
            yield "complement_recu_le", "avant « complement_demande_le »"
        yield from list_futurs(self, le, "deposee_le", "decidee_le")
