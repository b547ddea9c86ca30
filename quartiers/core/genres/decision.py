"""Decision: what a meeting decided, its deadline and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, ClassVar

from quartiers.core.contenu import LONG_TEXTE_MAX, Champ, Contenu, Intervalle, Mot, Sorte


def _find_echue(decision: Decision, _: date) -> Intervalle | None:
    """Due from the morrow of its deadline."""
    return None if decision.echeance is None else (decision.echeance + timedelta(days=1), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Contenu):
    """A decision as it stood on the day of the record."""

    GENRE = "decision"
    DE = "Decision"
    LIBELLE = "Décision d’une instance"
    SORTE = Sorte.ETAT
    PERIODES: ClassVar = {"echue": _find_echue}

    instance: Annotated[Mot, Champ("Genre de l’instance", vocabulaire="instance")]
    texte: Annotated[str, Champ("Décision", "Sans nom de personne.", maximum=LONG_TEXTE_MAX)] = ""
    echeance: Annotated[date | None, Champ("Échéance", "Dernier jour pour l’exécuter.")] = None
    etat: Annotated[Mot | None, Champ("État", vocabulaire="etat_decision")] = None
