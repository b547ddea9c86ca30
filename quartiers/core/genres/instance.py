"""InstanceLocale: a local body that meets, and how many problems it opened and solved; never which ones."""

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
    list_depassements,
    list_dits,
    list_futurs,
    list_inverses,
    list_lendemains,
)


def _find_existence(instance: InstanceLocale, le: date) -> Intervalle:
    return instance.creee or min(le, instance.fin or le), instance.fin


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceLocale(Contenu):
    """A body as it was on the day of the record."""

    GENRE = "instance"
    DE = "InstanceLocale"
    LIBELLE = "Instance locale"
    SORTE = Sorte.ETAT
    PERIODES: ClassVar = {"en_vigueur": _find_existence}

    genre: Annotated[Mot, Champ("Genre de l’instance", vocabulaire="instance")]
    nom: Annotated[str, Champ("Nom")] = ""
    creee: Annotated[date | None, Champ("Créée le")] = None
    fin: Annotated[date | None, Champ("Jusqu’au", "Vide si elle dure.")] = None
    problemes_ouverts: Annotated[
        int | None, Champ("Problèmes ouverts", "Un nombre, jamais une adresse ni un nom.")
    ] = None
    problemes_resolus: Annotated[
        int | None, Champ("Problèmes résolus", "Parmi ceux qui ont été ouverts.")
    ] = None

    def list_changements(self) -> tuple[date, ...]:
        """Its creation, and the day after its last one."""
        return (*list_dits(self.creee), *list_lendemains(self.fin))

    def list_fautes(self, le: date) -> Iterator[tuple[str, str]]:
        """What contradicts itself."""
        yield from list_inverses(self, ("creee", "fin"))
        yield from list_depassements(self, ("problemes_resolus", "problemes_ouverts"))
        yield from list_futurs(self, le, "creee")
