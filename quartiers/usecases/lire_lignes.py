"""What the readers of declared files share: every line read, every fault listed, no contradiction inside a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from typing import Protocol, TypeVar

from quartiers.core.anomalie import Carnet, Rapport
from quartiers.core.dire import fold
from quartiers.sources.table import Ligne, Table
from quartiers.usecases.formulaire import Formulaire

_TOTAL = re.compile(r"(?:sous[- ])?total(?: general)?\W*$")


class LigneLue(Protocol):
    """What a read line must tell to be compared with the others."""

    @property
    def identite(self) -> Hashable:
        """Two lines of one identity are versions of one another."""

    @property
    def quoi(self) -> str:
        """The identity in words, for a refusal."""

    @property
    def ligne(self) -> int:
        """Physical line of the file."""


L = TypeVar("L", bound=LigneLue)


def read_lignes(
    table: Table,
    read_one: Callable[[Formulaire], L | None],
    judge: Callable[[Sequence[L], Carnet], None] | None = None,
) -> tuple[list[L], Rapport]:
    """Every line by `read_one`; the same line twice is kept once, two contradictory ones refuse the file.

    The rapport counts both: a line that says again what another says is read, and changes nothing. `judge`:
    what no line can tell by itself, of the good lines taken together.
    """
    carnet = Carnet(table.fichier, avis=list(table.avis), reparees=list(table.reparees))
    lus: list[L] = []
    doubles = 0
    vus: dict[Hashable, L] = {}
    for ligne in table:
        if dit := say_hors_tableau(ligne):
            carnet.refuse(ligne.numero, None, dit)
            continue
        lu = read_one(Formulaire(ligne, carnet))
        if lu is None:
            continue
        premier = vus.setdefault(lu.identite, lu)
        if premier is lu:
            lus.append(lu)
        elif get_contenu(premier) == get_contenu(lu):
            doubles += 1
            carnet.notice(lu.ligne, None, f"identique à la ligne {premier.ligne}, lue une fois")
        else:
            colonne = "cle" if getattr(lu, "cle", "") else None
            carnet.refuse(
                lu.ligne,
                colonne,
                f"{lu.quoi} : déjà à la ligne {premier.ligne}, avec un autre contenu",
            )
    if judge is not None:
        judge(lus, carnet)
    return lus, carnet.close(len(lus) + doubles)


def say_hors_tableau(ligne: Ligne) -> str | None:
    """A note or a sum under the table; None for a line that may be one of its records."""
    textes = [cellule for cellule in ligne.cellules if cellule]
    if len(textes) == 1 < len(ligne.cellules) - 1:
        return f"« {textes[0]} » seul sur sa ligne, comme une note : l’ôter du tableau"
    if any(_TOTAL.match(fold(texte)) for texte in textes[:1]):
        return f"« {textes[0]} » : ligne de total, l’ôter du tableau"
    return None


def get_contenu(lu: object) -> tuple[object, ...]:
    """All that a line says, its place apart."""
    noms = [nom for nom in getattr(lu, "__slots__", ()) if nom != "ligne"]
    return tuple(getattr(lu, nom) for nom in noms)
