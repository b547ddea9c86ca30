"""What the readers of declared files share: every line read, every fault listed, no contradiction inside a file."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Protocol, TypeVar

from quartiers.core.anomalie import Carnet, Rapport
from quartiers.sources.table import Table
from quartiers.usecases.formulaire import Formulaire


class Lu(Protocol):
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


L = TypeVar("L", bound=Lu)


def read_lignes(
    table: Table,
    read_one: Callable[[Formulaire], L | None],
    judge: Callable[[Sequence[L], Carnet], None] | None = None,
) -> tuple[list[L], Rapport]:
    """Every line by `read_one`; the same line twice is kept once, two contradictory ones refuse the file.

    The rapport counts both: a line that says again what another says is read, and changes nothing.
    `judge`: what no line can tell by itself, of the good lines taken together.
    """
    carnet = Carnet(table.fichier, avis=list(table.avis), reparees=list(table.reparees))
    lus: list[L] = []
    doubles = 0
    vus: dict[Hashable, L] = {}
    for ligne in table:
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


def get_contenu(lu: object) -> tuple[object, ...]:
    """All that a line says, its place apart."""
    noms = [nom for nom in getattr(lu, "__slots__", ()) if nom != "ligne"]
    return tuple(getattr(lu, nom) for nom in noms)
