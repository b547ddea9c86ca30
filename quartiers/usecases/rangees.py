"""Lines of declared files ↔ rows of the base: one place says how each kind is kept, both ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, Generic, TypeVar

from quartiers.core.dire import get_decimal
from quartiers.core.referentiel import Operateur, Origine
from quartiers.storage import models
from quartiers.storage.models.base import Ajout
from quartiers.usecases.journal import Plume
from quartiers.usecases.lecture_cibles import CibleLue
from quartiers.usecases.lecture_petits import ArretLu, ConfirmationLue, QuartierLu, SansObjetLu
from quartiers.usecases.lecture_releves import ReleveLu

LOT = 2000
_ORIGINE = ("connu_le", "ordre", "importation__fichier", "importation__empreinte")
L = TypeVar("L")


@dataclass(frozen=True, slots=True)
class Provenance:
    """When a line was learnt, and the file it came in."""

    connu_le: date
    ordre: int
    fichier: str
    empreinte: str | None = None
    archive: bool = False


@dataclass(frozen=True)
class Rangees(Generic[L]):
    """The rows of one kind. `champs`: columns, the arguments of `build` in order (then `ligne`)."""

    modele: type[Ajout]
    build: Callable[..., L]
    champs: tuple[str, ...]

    def iterate(self, **filtre: Any) -> Iterator[tuple[L, Provenance]]:
        """Lines with their provenance, in the order they were learnt."""
        colonnes = (*self.champs, "ligne", *_ORIGINE, "importation__archive")
        rangees = self.modele.objects.filter(**filtre).order_by("connu_le", "ordre")
        coupe = len(self.champs) + 1
        for valeurs in rangees.values_list(*colonnes).iterator(chunk_size=LOT):
            yield self.build(*valeurs[:coupe]), Provenance(*valeurs[coupe:])

    def list_sus(self, plume: Plume) -> Iterator[L]:
        """Lines known on the day of an import: what its own lines are compared with."""
        for lu, _ in self.iterate(connu_le__lte=plume.envoi.connu_le):
            yield lu

    def add(self, lus: Sequence[L], plume: Plume, **autres: Callable[[L], object]) -> None:
        """Store lines; `autres`: further columns worked out of each."""
        rangees = (
            self.modele(
                **plume.sign(),
                ligne=lu.ligne,  # type: ignore[attr-defined]
                **{champ: to_colonne(getattr(lu, champ)) for champ in self.champs},
                **{champ: compute(lu) for champ, compute in autres.items()},
            )
            for lu in lus
        )
        self.modele.objects.bulk_create(rangees, batch_size=LOT)


def to_colonne(valeur: object) -> object:
    """A value as the base keeps it: exact decimals, bare words, plain lists."""
    if isinstance(valeur, Fraction):
        return get_decimal(valeur)
    if isinstance(valeur, Enum):
        return valeur.value
    return list(valeur) if isinstance(valeur, tuple) else valeur


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


def _build_cible(*valeurs: Any) -> CibleLue:
    ligne = dict(zip((*CIBLES.champs, "ligne"), valeurs, strict=True))
    exacts = {nom: to_fraction(ligne[nom]) for nom in ("valeur", "base")}
    mots = {"operateur": Operateur(ligne["operateur"]), "origine": Origine(ligne["origine"])}
    return CibleLue(**(ligne | exacts | mots))


def _build_quartier(*valeurs: Any) -> QuartierLu:
    code, nom, departement, rattaches, *reste = valeurs
    return QuartierLu(code, nom, departement, tuple(rattaches), *reste)


RELEVES = Rangees(
    models.Releve,
    _build_releve,
    (
        *("indicateur", "territoire", "date", "valeur", "numerateur", "denominateur", "jalon"),
        *("source", "declarant", "commentaire", "cle"),
    ),
)
CIBLES = Rangees(
    models.Cible,
    _build_cible,
    (
        *("indicateur", "territoire", "operateur", "valeur", "echeance", "base", "base_date"),
        *("base_source", "origine", "effet", "etape"),
    ),
)
QUARTIERS = Rangees(
    models.QuartierCible,
    _build_quartier,
    ("code", "nom", "departement", "rattaches", "attendu_du", "attendu_au"),
)
SANS_OBJETS = Rangees(
    models.SansObjet,
    SansObjetLu,
    ("indicateur", "territoire", "motif", "valide_le", "valide_par"),
)
CONFIRMATIONS = Rangees(
    models.Confirmation,
    ConfirmationLue,
    ("indicateur", "territoire", "lieu", "date", "motif", "par"),
)
ARRETS = Rangees(
    models.Arret,
    ArretLu,
    (*("lieu", "territoire", "adresse", "longitude", "latitude", "jour", "heures", "du", "au"),),
)
