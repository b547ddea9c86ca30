"""Seance: one meeting of a local body, on the day of the record; who sat there by college, never by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from quartiers.core.contenu import Champ, Contenu, Mot, Sorte


@dataclass(frozen=True, slots=True, kw_only=True)
class Seance(Contenu):
    """One meeting."""

    GENRE = "seance"
    DE = "Seance"
    LIBELLE = "Séance d’une instance"
    SORTE = Sorte.EVENEMENT
    TOUS = frozenset({"colleges"})
    PREMIERS = ("tenue",)
    SUPPOSES: ClassVar = {"tenue": "oui"}

    instance: Annotated[Mot, Champ("Genre de l’instance", vocabulaire="instance")]
    tenue: Annotated[bool | None, Champ("Tenue", "« non » : annulée. Vide : on ne sait pas.")] = (
        None
    )
    colleges: Annotated[tuple[Mot, ...], Champ("Collèges présents", vocabulaire="college")] = ()
