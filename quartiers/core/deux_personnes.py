"""Two persons for each line: who had a hand in it, and why that person may not validate it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Geste(StrEnum):
    """What a person did of a line. Any of them forbids that person to validate it."""

    DECLARE = "declare"
    SAISI = "saisi"
    AU_NOM = "au_nom"
    IMPORTE = "importe"
    CORRIGE = "corrige"
    DECLARE_AVANT = "declare_avant"
    PROUVE = "prouve"
    DELEGUE = "delegue"


RAISONS = {
    Geste.DECLARE: "Vous l’avez déclarée.",
    Geste.SAISI: "Vous l’avez saisie pour quelqu’un d’autre.",
    Geste.AU_NOM: "Elle a été saisie pour votre compte.",
    Geste.IMPORTE: "Vous l’avez importée.",
    Geste.CORRIGE: "Vous l’avez corrigée en dernier.",
    Geste.DECLARE_AVANT: "Vous l’aviez déclarée avant qu’elle soit corrigée.",
    Geste.PROUVE: "Vous avez envoyé sa preuve.",
    Geste.DELEGUE: "Une délégation vous lie à qui l’a déclarée.",
}
"""Told to the person that the gesture concerns."""


@dataclass(frozen=True, slots=True)
class Main:
    """A person, by number, and what that person did of a line."""

    personne: int
    geste: Geste


@dataclass(frozen=True, slots=True)
class EntreeDeRangee:
    """A row of a line as it was entered: by whom, in whose name, from a file or not."""

    personne: int | None
    au_nom_de: int | None = None
    is_fichier: bool = False


def list_mains(
    derniere: EntreeDeRangee, avant: Iterable[EntreeDeRangee] = (), preuves: Iterable[int] = ()
) -> frozenset[Main]:
    """All those who had a hand in a line. `avant`: the rows that its last one corrects; `preuves`: who sent its files."""
    anciennes = tuple(avant)
    mains = set(_list_mains_de_derniere(derniere, is_correction=bool(anciennes)))
    for entree in anciennes:
        personnes = (entree.personne, entree.au_nom_de)
        mains.update(Main(p, Geste.DECLARE_AVANT) for p in personnes if p is not None)
    mains.update(Main(personne, Geste.PROUVE) for personne in preuves)
    return frozenset(mains)


def _list_mains_de_derniere(entree: EntreeDeRangee, *, is_correction: bool) -> Iterable[Main]:
    if entree.personne is None:
        return
    if entree.is_fichier:
        yield Main(entree.personne, Geste.IMPORTE)
    elif entree.au_nom_de is not None and entree.au_nom_de != entree.personne:
        yield Main(entree.personne, Geste.SAISI)
    else:
        yield Main(entree.personne, Geste.CORRIGE if is_correction else Geste.DECLARE)
    if entree.au_nom_de is not None:
        yield Main(entree.au_nom_de, Geste.AU_NOM)


def find_empechement(
    personne: int, mains: Iterable[Main], liees: Iterable[int] = ()
) -> Geste | None:
    """Why a person may not validate a line; None when nothing forbids it. `liees`: by a living delegation."""
    miennes = sorted(main.geste for main in mains if main.personne == personne)
    if miennes:
        return miennes[0]
    if not {main.personne for main in mains}.isdisjoint(liees):
        return Geste.DELEGUE
    return None
