"""Lines read beside the last version known of each: new, corrected, withdrawn or as they were."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any, Generic, TypeVar

from quartiers.core.anomalie import Anomalie
from quartiers.core.dire import say_nombre
from quartiers.usecases.lire_lignes import LigneLue, get_contenu

L = TypeVar("L", bound=LigneLue)
Dire = Callable[[Any], str]
"""The value of a line in words, with its unit."""
VALEURS = frozenset({"valeur", "numerateur", "denominateur", "jalon"})
RETIREE = "retirée"


@dataclass(frozen=True, slots=True)
class Revision:
    """What a line changes in what was known: `ancien` → `nouveau`. `quoi`: the line, as its producer names it.

    `ligne` is 0 for what is withdrawn because the file no longer holds it.
    """

    ligne: int
    quoi: str
    ancien: str
    nouveau: str

    def say(self, fichier: str) -> str:
        """In words, on one line whatever the file holds; a unit that both share is said once."""
        nombre, espace, unite = self.ancien.rpartition("\u00a0")
        commune = espace and self.nouveau.endswith(espace + unite)
        ancien = nombre if commune else self.ancien
        suite = ancien if self.nouveau == RETIREE else f"{ancien} → {self.nouveau}"
        return (
            f"ligne {self.ligne}, {Anomalie(fichier, None, None, f'{self.quoi} : {suite}').raison}"
        )


@dataclass(frozen=True, slots=True)
class Comparaison(Generic[L]):
    """The lines of a file by what they do. `corrigees`, `retirees`: (version known, line read)."""

    nouvelles: tuple[L, ...]
    corrigees: tuple[tuple[L, L], ...]
    retirees: tuple[tuple[L, L], ...]
    changements: tuple[L, ...]
    """All those to store, in the order of the file."""


def list_actuels(connus: Iterable[L]) -> dict[Hashable, L]:
    """The last version of each line, as `connus` in the order they were learnt: of two of one day, the last one holds.

    All of them before any choice: a correction may have moved a line from a territoire to another.
    """
    actuels: dict[Hashable, L] = {}
    for connu in connus:
        actuels.pop(connu.identite, None)
        actuels[connu.identite] = connu
    return actuels


def compare_lignes(lus: Sequence[L], actuels: Mapping[Hashable, L]) -> Comparaison[L]:
    """A line withdrawn twice is as it was; one that comes back is corrected."""
    nouvelles: list[L] = []
    corrigees: list[tuple[L, L]] = []
    retirees: list[tuple[L, L]] = []
    changements: list[L] = []
    for lu in lus:
        connu = actuels.get(lu.identite)
        if connu is None:
            nouvelles.append(lu)
        elif get_contenu(connu) == get_contenu(lu) or (is_retrait(connu) and is_retrait(lu)):
            continue
        elif is_retrait(lu):
            retirees.append((connu, lu))
        else:
            corrigees.append((connu, lu))
        changements.append(lu)
    return Comparaison(tuple(nouvelles), tuple(corrigees), tuple(retirees), tuple(changements))


def is_retrait(lu: object) -> bool:
    """The line takes back what was said; kinds that cannot be withdrawn never do."""
    return bool(getattr(lu, "is_retrait", False))


def list_revisions(
    paires: Iterable[tuple[LigneLue, LigneLue]], dire: Dire | None = None
) -> tuple[Revision, ...]:
    """What each pair (version known, line read) changes, in words."""
    return tuple(
        Revision(lu.ligne, name_ligne(lu), *say_ecart(connu, lu, dire)) for connu, lu in paires
    )


def name_ligne(lu: LigneLue) -> str:
    """A line as its producer names it: its key, else all that makes it that one."""
    cle = getattr(lu, "cle", "")
    parties = lu.identite if isinstance(lu.identite, tuple) else (lu.identite,)
    return cle or ", ".join(say_champ(partie) for partie in parties if partie not in {None, ""})


def say_ecart(connu: object, lu: object, dire: Dire | None) -> tuple[str, str]:
    """What differs between two versions: the value by `dire`, any other column by its name."""
    if is_retrait(lu):
        return (dire(connu) if dire else say_champ(connu)), RETIREE
    noms = [
        nom
        for nom in getattr(lu, "__slots__", ())
        if nom != "ligne" and getattr(connu, nom) != getattr(lu, nom)
    ]
    avant, apres = [], []
    if dire is not None and VALEURS & set(noms):
        avant.append(dire(connu))
        apres.append(dire(lu))
        noms = [nom for nom in noms if nom not in VALEURS]
    for nom in noms:
        avant.append(f"{nom} {say_champ(getattr(connu, nom))}")
        apres.append(f"{nom} {say_champ(getattr(lu, nom))}")
    return ", ".join(avant), ", ".join(apres)


def say_champ(valeur: object) -> str:
    """The content of a column in words."""
    if valeur is None or valeur in {"", ()}:
        return "vide"
    if isinstance(valeur, Enum):
        return str(valeur.value)
    if isinstance(valeur, date):
        return f"{valeur:%d/%m/%Y}"
    if isinstance(valeur, int | float | Fraction):
        return say_nombre(valeur, 6)
    if isinstance(valeur, tuple):
        return " ".join(str(partie) for partie in valeur)
    return str(valeur)
