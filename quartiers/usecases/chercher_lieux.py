"""Places of official lists, as the base keeps them: records of their own channel, named `source/key`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from quartiers.core.champs import from_champs
from quartiers.core.enregistrement import Enregistrement as EnregistrementDit
from quartiers.core.genres.activite import Activite
from quartiers.core.genres.lieu import Lieu
from quartiers.core.referentiel import Referentiel
from quartiers.sources import list_sources
from quartiers.storage.models import Ecriture, Enregistrement
from quartiers.storage.models.base import AjoutQuerySet
from quartiers.usecases.garder_enregistrements import (
    DECLARES,
    build_enregistrement,
    iterate_enregistrements,
)
from quartiers.usecases.interroger import split

SEPARATEUR = "/"


def name_objet(source: str, cle: str) -> str:
    """What a list speaks of, told from what other sources and people name."""
    return f"{source}{SEPARATEUR}{cle}"


def split_objet(objet: str) -> tuple[str, str]:
    """The source, and the key that its producer gave."""
    source, _, cle = objet.partition(SEPARATEUR)
    return source, cle


def find_source(objet: str) -> str | None:
    """The official source whose list speaks of that thing, if one does."""
    source, cle = split_objet(objet)
    return source if cle and source in {connue.code for connue in list_sources()} else None


def filter_lieux(**filtre: Any) -> AjoutQuerySet:
    """Rows of lists, in the order they were entered."""
    rangees: AjoutQuerySet = Enregistrement.objects.add_ordre().filter(
        genre=Lieu.GENRE, ecriture__canal=Ecriture.Canal.SOURCE, **filtre
    )
    return rangees.order_by("ordre")


def find_point(champs: Mapping[str, Any]) -> tuple[float, float] | None:
    """Where people are received, in degrees: the published point of a mobile place is its garage."""
    lieu = from_champs(Lieu.GENRE, champs)
    if not isinstance(lieu, Lieu) or lieu.mobile or lieu.longitude is None or lieu.latitude is None:
        return None
    return lieu.longitude, lieu.latitude


def filter_cles(cles: Collection[str], **filtre: Any) -> AjoutQuerySet:
    """Rows of lists about the places that have these keys."""
    objets = [name_objet(source.code, cle) for source in list_sources() for cle in cles]
    return filter_lieux(objet__in=objets, **filtre)


def list_cles(**filtre: Any) -> frozenset[str]:
    """The keys of places of lists, each once."""
    objets = filter_lieux(**filtre).order_by().values_list("objet", flat=True).distinct()
    return frozenset(split_objet(objet)[1] for objet in objets)


def list_declares() -> frozenset[str]:
    """The names of the places that people declared."""
    return frozenset(filter_declares().values_list("objet", flat=True).distinct())


def filter_declares(**filtre: Any) -> AjoutQuerySet:
    """Rows about the places that people declared, in no order."""
    rangees: AjoutQuerySet = Enregistrement.objects.filter(
        genre=Lieu.GENRE, ecriture__canal__in=DECLARES, **filtre
    )
    return rangees.order_by()


def list_noms(cles: Collection[str]) -> dict[str, str]:
    """The name of each place, as its last list writes it."""
    lieux = filter_cles(cles).order_by("connu_le", "ordre").values_list("objet", "champs")
    return {split_objet(objet)[1]: champs.get("nom", "") for objet, champs in lieux}


def load_lieux_nommes(
    enregistrements: Iterable[EnregistrementDit], referentiel: Referentiel
) -> list[EnregistrementDit]:
    """The rows of lists about the places where activities among these records are held (L-84)."""
    nommes = {
        str(e.contenu.lieu)
        for e in enregistrements
        if isinstance(e.contenu, Activite) and e.contenu.lieu is not None
    }
    de_liste = sorted(objet for objet in nommes if find_source(objet) is not None)
    officiels = {"genre": Lieu.GENRE, "ecriture__canal": Ecriture.Canal.SOURCE}
    return [
        build_enregistrement(*lu, referentiel)
        for lot in split(de_liste)
        for lu in iterate_enregistrements(objet__in=lot, **officiels)
    ]


def find_precedents(source: str, millesime: date) -> dict[tuple[str, str, date], int]:
    """The row entered last of each thing that a list of that day is already known to say."""
    rangees = Enregistrement.objects.add_ordre().filter(ecriture__genre=source, le=millesime)
    lignes = rangees.order_by("ordre").values_list("genre", "objet", "le", "pk")
    return {(genre, objet, le): pk for genre, objet, le, pk in lignes}
