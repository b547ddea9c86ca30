"""Lines of declared files ↔ rows of the base: one place says how each kind is kept, both ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from typing import Any, Generic, TypeVar

from quartiers.core.dire import get_decimal
from quartiers.storage import models
from quartiers.storage.models.base import LOT, Ajout, AjoutQuerySet
from quartiers.usecases.ecrire import EcritureOuverte
from quartiers.usecases.releve_lu import ReleveLu

_ORIGINE = (
    "connu_le",
    "ordre",
    "ecriture__fichier",
    "ecriture__empreinte",
    "ecriture__archive",
    "pk",
    "ecriture__compte",
)
PROPRES = frozenset({"cle", "commentaire"})
"""Columns whose words are those of one line: nothing to share."""
L = TypeVar("L")


def share(
    valeurs: Sequence[Any], communes: Sequence[bool], memo: dict[object, object]
) -> list[Any]:
    """The same values; a word or a day already met is the very one that was met: a worker holds each once.

    Only words and days: numbers of several types are equal to one another.
    """
    return [
        memo.setdefault(v, v) if commune and isinstance(v, str | date) else v
        for v, commune in zip(valeurs, communes, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Provenance:
    """When a line was learnt, the file it came in, the row that keeps it, the account that entered it, and whether an official list says it."""

    connu_le: date
    ordre: int
    fichier: str
    empreinte: str | None = None
    archive: bool = False
    rangee: int | None = None
    compte: int | None = None
    officiel: bool = False


@dataclass(frozen=True)
class Rangees(Generic[L]):
    """The rows of one kind. `champs`: columns, the arguments of `build` in order (then `ligne`)."""

    modele: type[Ajout]
    build: Callable[..., L]
    champs: tuple[str, ...]

    def iterate(self, **filtre: Any) -> Iterator[tuple[L, Provenance]]:
        """Lines with their provenance, in the order they were learnt."""
        colonnes = (*self.champs, "ligne", *_ORIGINE)
        rangees = self.modele.objects.add_ordre().filter(**filtre).order_by("connu_le", "ordre")
        coupe = len(self.champs) + 1
        memo: dict[object, object] = {}
        communes = [nom not in PROPRES for nom in colonnes]
        for lues in rangees.values_list(*colonnes).iterator(chunk_size=LOT):
            valeurs = share(lues, communes, memo)
            yield self.build(*valeurs[:coupe]), Provenance(*valeurs[coupe:])

    def filter(self, **filtre: Any) -> AjoutQuerySet:
        """Its rows, as the base holds them."""
        rangees: AjoutQuerySet = self.modele.objects.filter(**filtre)
        return rangees

    def list_sus(self, connu_le: date) -> Iterator[L]:
        """Lines known on the day of an import: what its own lines are compared with."""
        for lu, _ in self.iterate(connu_le__lte=connu_le):
            yield lu

    def add(
        self, lus: Sequence[L], ecriture: EcritureOuverte, **autres: Callable[[L], object]
    ) -> None:
        """Store lines; `autres`: further columns worked out of each."""
        ecriture.add(
            self.modele,
            (
                self.modele(
                    ligne=lu.ligne,  # type: ignore[attr-defined]
                    **{champ: to_colonne(getattr(lu, champ)) for champ in self.champs},
                    **{champ: compute(lu) for champ, compute in autres.items()},
                )
                for lu in lus
            ),
        )


def to_colonne(valeur: object) -> object:
    """A value as the base keeps it: exact decimals, bare words, plain lists."""
    if isinstance(valeur, Fraction):
        return get_decimal(valeur)
    if isinstance(valeur, Enum):
        return valeur.value
    return list(valeur) if isinstance(valeur, tuple) else valeur


@lru_cache(maxsize=8192)
def to_fraction(valeur: Decimal | None) -> Fraction | None:
    """Exact, back from the base."""
    return None if valeur is None else Fraction(valeur)


def _build_releve(*valeurs: Any) -> ReleveLu:
    indicateur, territoire, jour, valeur, numerateur, denominateur, *reste = valeurs
    return ReleveLu(
        indicateur,
        territoire,
        jour,
        to_fraction(valeur),
        to_fraction(numerateur),
        to_fraction(denominateur),
        *reste,
    )


RELEVES = Rangees(
    models.Releve,
    _build_releve,
    (
        *("indicateur", "territoire", "date", "valeur", "numerateur", "denominateur", "jalon"),
        *("source", "declarant", "commentaire", "cle"),
    ),
)
