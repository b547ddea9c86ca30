"""The chain of writes: each holds the digest of its rows and of the write before it; recomputed, it proves the past.

A row changed, added or taken away by hand, a write changed or lost: the first bad line is named.
"""

from __future__ import annotations

import hashlib
import heapq
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import DecimalField, F, Field, Model

from quartiers.storage.models import Ecriture
from quartiers.storage.models.base import LOT, Ajout

ORIGINE = ""
"""What the first write holds in the place of the condensat before it."""
HORS_RANGEE = frozenset({"id", "ecriture"})
AJOUTES = frozenset({"pour_id"})
"""Columns younger than the chain: empty, they are not hashed, so that what was written before them still holds."""


def canonize(valeur: object) -> object:
    """A value as it is hashed: the same from a row about to be written and from the base, whatever the engine."""
    if isinstance(valeur, datetime):
        return valeur.astimezone(UTC).isoformat()
    if isinstance(valeur, date):
        return valeur.isoformat()
    if isinstance(valeur, Decimal):
        return f"{valeur.normalize():f}"
    if isinstance(valeur, bytes | memoryview):
        return bytes(valeur).hex()
    return valeur


def write_canonique(valeurs: dict[str, object]) -> bytes:
    """The one form of a row: sorted keys, no space."""
    return json.dumps(
        valeurs, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=canonize
    ).encode()


def list_champs(modele: type[Model]) -> list[Field[Any, Any]]:
    """The columns of a row that say something: neither its place in the table nor its write."""
    champs: list[Field[Any, Any]] = list(modele._meta.concrete_fields)  # noqa: SLF001 -- documented by Django
    return [champ for champ in champs if champ.name not in HORS_RANGEE]


class CondensatDeRangees:
    """SHA-256 of the rows of a write, in the order of their ranks."""

    def __init__(self) -> None:
        self._condensat = hashlib.sha256()
        self._champs: dict[type[Ajout], list[tuple[str, bool, Field[Any, Any]]]] = {}

    def add(self, rangee: Ajout) -> None:
        """One row more."""
        modele = type(rangee)
        champs = self._champs.get(modele)
        if champs is None:
            champs = [(c.attname, isinstance(c, DecimalField), c) for c in list_champs(modele)]
            self._champs[modele] = champs
        valeurs = {
            nom: champ.to_python(getattr(rangee, nom)) if exact else getattr(rangee, nom)
            for nom, exact, champ in champs
        }
        self._condensat.update(write_canonique({"table": modele.__name__, **valeurs}))
        self._condensat.update(b"\n")

    def get(self) -> str:
        """In hexadecimal."""
        return self._condensat.hexdigest()


def compute_condensat(ecriture: Ecriture) -> str:
    """Of a write as the journal holds it: who, when, what file, its rows, and the write before."""
    valeurs = {
        champ.attname: getattr(ecriture, champ.attname)
        for champ in ecriture._meta.concrete_fields  # noqa: SLF001 -- documented by Django
        if champ.name != "condensat"
    }
    for nom in AJOUTES:
        if valeurs[nom] is None:
            del valeurs[nom]
    return hashlib.sha256(write_canonique(valeurs)).hexdigest()


def list_modeles() -> list[type[Ajout]]:
    """The tables whose rows belong to a write."""
    return sorted(Ajout.__subclasses__(), key=lambda modele: modele.__name__)


def find_ruptures() -> Iterator[str]:
    """The first write that is not what it was when it was written; nothing after it can be believed."""
    precedent, numero = ORIGINE, 0
    rangees = _iterate_par_ecriture()
    en_avance = next(rangees, None)
    for ecriture in Ecriture.objects.order_by("numero").iterator(chunk_size=LOT):
        condensat = CondensatDeRangees().get()
        if en_avance is not None and en_avance[0] == ecriture.numero:
            condensat = en_avance[1]
            en_avance = next(rangees, None)
        fautes = _list_fautes(ecriture, precedent, numero, condensat)
        if fautes:
            yield f"écriture {ecriture.numero} : {', '.join(fautes)}"
            return
        precedent, numero = ecriture.condensat, ecriture.numero


def _list_fautes(ecriture: Ecriture, precedent: str, numero: int, rangees: str) -> list[str]:
    """What is wrong with one write."""
    fautes = []
    if ecriture.numero != numero + 1:
        fautes.append(f"la précédente est la {numero}")
    if ecriture.precedent != precedent:
        fautes.append("ne suit pas la précédente")
    if ecriture.rangees != rangees:
        fautes.append("ses rangées ont changé")
    if ecriture.condensat != compute_condensat(ecriture):
        fautes.append("sa ligne du journal a changé")
    return fautes


def _iterate_par_ecriture() -> Iterator[tuple[int, str]]:
    """(number of the write, digest of its rows), in order, for the writes that have rows."""
    rangees = heapq.merge(*map(_iterate_rangees, list_modeles()), key=lambda paire: paire[0])
    for numero, groupe in groupby(rangees, key=lambda paire: paire[0][0]):
        condensat = CondensatDeRangees()
        for _, rangee in groupe:
            condensat.add(rangee)
        yield numero, condensat.get()


def _iterate_rangees(modele: type[Ajout]) -> Iterator[tuple[tuple[int, int], Ajout]]:
    """((number, rank), row) of a table, in order."""
    rangees = modele.objects.annotate(numero=F("ecriture__numero")).order_by("numero", "rang")
    for rangee in rangees.iterator(chunk_size=LOT):
        yield (rangee.numero, rangee.rang), rangee
