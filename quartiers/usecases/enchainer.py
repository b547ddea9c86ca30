"""The chain of writes: each holds the digest of its rows and of the write before it; recomputed, it proves the past.

A row changed, added or taken away by hand, a write changed or lost: the first bad line is named.
"""

from __future__ import annotations

import hashlib
import heapq
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import DecimalField, F, Field, Model

from quartiers.storage.models import Acte, Ecriture, Tete
from quartiers.storage.models.base import LOT, Ajout

ORIGINE = ""
"""What the first write holds in the place of the condensat before it."""
HORS_RANGEE = frozenset({"id", "ecriture"})
AJOUTES = frozenset({"pour_id", "contestation_id"})
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


def drop_ajoutes(valeurs: Mapping[str, Any]) -> dict[str, Any]:
    """Without the younger columns that say nothing."""
    return {n: v for n, v in valeurs.items() if v is not None or n not in AJOUTES}


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
        valeurs = drop_ajoutes(valeurs)
        self._condensat.update(write_canonique({"table": modele.__name__, **valeurs}))
        self._condensat.update(b"\n")

    def get(self) -> str:
        """In hexadecimal."""
        return self._condensat.hexdigest()


def read_colonnes(maillon: Ecriture | Acte) -> dict[str, Any]:
    """All the columns of a write or of an act, as its journal holds them."""
    champs = maillon._meta.concrete_fields  # noqa: SLF001 -- documented by Django
    return {champ.attname: getattr(maillon, champ.attname) for champ in champs}


def compute_condensat(colonnes: Mapping[str, object]) -> str:
    """Of a line of a journal: all that it says, the condensat of the one before included."""
    valeurs = {nom: valeur for nom, valeur in drop_ajoutes(colonnes).items() if nom != "condensat"}
    return hashlib.sha256(write_canonique(valeurs)).hexdigest()


def take_place(maillon: Ecriture | Acte, chaine: Tete.Chaine) -> None:
    """Number, digest of the one before, digest: the next place of a chain, kept. Under the lock of this chain alone.

    The place is that of the head, not of the last line there is: after lines were cut off, the next one shows it.
    """
    tete = Tete.objects.get(chaine=chaine)
    maillon.numero, maillon.precedent = tete.numero + 1, tete.condensat
    maillon.condensat = compute_condensat(read_colonnes(maillon))
    maillon.save()
    Tete.objects.filter(chaine=chaine).update(numero=maillon.numero, condensat=maillon.condensat)


def find_coupure(chaine: Tete.Chaine, nom: str, numero: int, condensat: str) -> Iterator[str]:
    """What the end of a chain is not, when it is not what its head says: lines cut off, or added past it."""
    tete = Tete.objects.filter(chaine=chaine).first()
    if tete is None:
        yield f"{nom} {numero} : la tête de la chaîne manque"
    elif numero < tete.numero:
        yield f"{nom} {numero + 1} : manque, la dernière était la {tete.numero}"
    elif numero > tete.numero:
        yield f"{nom} {tete.numero + 1} : de trop, la dernière était la {tete.numero}"
    elif condensat != tete.condensat:
        yield f"{nom} {numero} : n’est plus celle dont la tête se souvient"


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
        fautes = list_fautes(read_colonnes(ecriture), precedent, numero)
        if ecriture.rangees != condensat:
            fautes.append("ses rangées ont changé")
        if fautes:
            yield f"écriture {ecriture.numero} : {', '.join(fautes)}"
            return
        precedent, numero = ecriture.condensat, ecriture.numero
    yield from find_coupure(Tete.Chaine.ECRITURES, "écriture", numero, precedent)


def list_fautes(colonnes: Mapping[str, Any], precedent: str, numero: int) -> list[str]:
    """What is wrong with one line of a journal, knowing the number and the digest of the one before."""
    fautes = []
    if colonnes["numero"] != numero + 1:
        fautes.append(f"la précédente est la {numero}")
    if colonnes["precedent"] != precedent:
        fautes.append("ne suit pas la précédente")
    if colonnes["condensat"] != compute_condensat(colonnes):
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
