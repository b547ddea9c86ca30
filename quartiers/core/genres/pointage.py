"""Pointage: on that day, all there is of a kind in some territoires was recorded; it makes an absence a known zero."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from quartiers.core.contenu import Champ, Contenu, Mot, MotDeChamp, Sorte


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointage(Contenu):
    """All there is of a kind, or of some words of it, was recorded."""

    GENRE = "pointage"
    DE = "Pointage"
    LIBELLE = "Pointage"
    AIDE = "Ce jour-là, dans ces territoires, tout ce qui existe de ce genre était enregistré."
    SORTE = Sorte.EVENEMENT

    genre: Annotated[Mot, Champ("Genre pointé", vocabulaire="genre_pointe")]
    mot: Annotated[
        tuple[MotDeChamp, ...],
        Champ("Mots", "Ce qui le restreint, par exemple « fonction=dcpp »."),
    ] = ()
