"""What the base learnt since a write, when it is of the kinds that only add declared lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from quartiers.core import fait
from quartiers.core.cellule import get_ordre
from quartiers.core.dossier import Nouveautes
from quartiers.core.enregistrement import Enregistrement
from quartiers.core.genres import GENRES_DE_FICHIER, MOTS_A_ENTETE
from quartiers.core.genres.cible import CibleDeclaree
from quartiers.core.genres.confirmation import ConfirmationDeclaree
from quartiers.core.genres.sans_objet import SansObjetDeclare
from quartiers.core.genres.vacances import VacancesScolaires
from quartiers.core.referentiel import Referentiel
from quartiers.storage.models import Ecriture
from quartiers.usecases.chercher_lieux import list_noms
from quartiers.usecases.garder_enregistrements import (
    build_enregistrement,
    iterate_contenus,
    iterate_enregistrements,
)
from quartiers.usecases.garder_lignes import RELEVES
from quartiers.usecases.interroger import CONTESTATIONS, DECLARATIONS
from quartiers.usecases.lire_contestations import follow_contestations
from quartiers.usecases.lire_examens import GENRE as EXAMENS
from quartiers.usecases.lire_examens import list_enregistrements_examines, list_releves_examines
from quartiers.usecases.petits.cible import build_cible
from quartiers.usecases.petits.confirmation import build_confirmation
from quartiers.usecases.petits.sans_objet import build_sans_objet
from quartiers.usecases.prouver import (
    build_releve,
)


@dataclass(frozen=True, slots=True)
class Marque:
    """The last write of the base: its condensat tells this base, and all its past, from any other."""

    numero: int = 0
    saisi_le: datetime | None = None
    condensat: str = ""


VIDE = Marque()
RELISANTS = frozenset({VacancesScolaires.GENRE})
"""Kinds that change how the records of others are read: rare enough for the base to be read again whole."""


def read_marque() -> Marque:
    """The mark of the base as it is: one query. Numbers are given under the lock, in the order of commits."""
    champs = ("numero", "saisi_le", "condensat")
    derniere = Ecriture.objects.order_by("-numero").values_list(*champs).first()
    return VIDE if derniere is None else Marque(*derniere)


def list_suite(depuis: Marque, **filtre: int) -> list[Ecriture] | None:
    """The writes after a mark, by number; None for an empty base, or for one that is not where it was taken."""
    suite = Ecriture.objects.filter(numero__gte=depuis.numero, **filtre).order_by("numero")
    ecritures = list(suite.only("genre", "numero", "saisi_le", "condensat"))
    if not ecritures or mark(ecritures[0]) != depuis:
        return None
    return ecritures[1:]


def mark(ecriture: Ecriture) -> Marque:
    """The mark of a base of which it is the last write."""
    return Marque(ecriture.numero, ecriture.saisi_le, ecriture.condensat)


def follow_cadre(depuis: Marque) -> Marque | None:
    """The mark of the base when only declared lines were written since; None: the frame moved, or the base is another."""
    ecritures = list_suite(depuis)
    if ecritures is None or not {ecriture.genre for ecriture in ecritures} <= DECLARATIONS:
        return None
    return mark(ecritures[-1]) if ecritures else depuis


@dataclass(frozen=True, slots=True)
class Lots:
    """What was learnt since: declared faits, and the rows of records, which must be read with those they replace."""

    nouveautes: Nouveautes
    enregistrements: tuple[Enregistrement, ...] = ()


def read_nouveautes(depuis: Marque, jusque: Marque, referentiel: Referentiel) -> Lots | None:
    """The faits of the writes after `depuis`, to `jusque` included; None when they cannot simply be added.

    Two indexed steps: the writes, then the rows that bear their names; a single join would read the whole table.
    """
    ecritures = list_suite(depuis, numero__lte=jusque.numero)
    if ecritures is None:
        return None
    genres = {ecriture.genre for ecriture in ecritures}
    if not genres <= DECLARATIONS - RELISANTS:
        return None
    lots = {"ecriture_id__in": [ecriture.pk for ecriture in ecritures]}
    nouveautes = Nouveautes(
        releves=tuple(list_releves(lots, genres, referentiel)),
        confirmations=tuple(list_confirmations(lots))
        if ConfirmationDeclaree.FICHIER in genres
        else (),
        sans_objets=tuple(
            build_sans_objet(*lu) for lu in iterate_contenus(SansObjetDeclare, **lots)
        )
        if SansObjetDeclare.FICHIER in genres
        else (),
        cibles=tuple(build_cible(*lue) for lue in iterate_contenus(CibleDeclaree, **lots))
        if CibleDeclaree.FICHIER in genres
        else (),
        contestations=follow_contestations(lots, jusque.numero) if CONTESTATIONS in genres else {},
    )
    lus = (
        iterate_enregistrements(**lots, genre__in=MOTS_A_ENTETE)
        if genres & GENRES_DE_FICHIER.keys()
        else ()
    )
    enregistrements = [build_enregistrement(*lu, referentiel) for lu in lus]
    if EXAMENS in genres:
        enregistrements += list_enregistrements_examines(referentiel, **lots)
    return Lots(nouveautes, tuple(enregistrements))


def list_releves(
    lots: dict[str, list[int]], genres: set[str], referentiel: Referentiel
) -> list[fait.Releve]:
    """What was declared or decided of relevés, in the order it was learnt."""
    releves: list[fait.Releve] = []
    if genres & {"releves", CONTESTATIONS}:
        releves += (build_releve(*lu, referentiel) for lu in RELEVES.iterate(**lots))
    if genres & {EXAMENS, CONTESTATIONS}:
        releves += list_releves_examines(referentiel, **lots)
    return sorted(releves, key=get_ordre)


def list_confirmations(lots: dict[str, list[int]]) -> Iterator[fait.Confirmation]:
    """Confirmations with the name of their place, as its last list writes it."""
    lues = list(iterate_contenus(ConfirmationDeclaree, **lots))
    noms = list_noms({contenu.lieu for contenu, *_ in lues})
    for contenu, ligne, provenance in lues:
        yield build_confirmation(contenu, ligne, provenance, noms.get(contenu.lieu, ""))
