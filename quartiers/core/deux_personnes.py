"""Two persons for each line: who had a hand in it, and why that person may not validate it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
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
    CONTESTE = "conteste"
    DELEGUE = "delegue"


RAISONS = {
    Geste.DECLARE: "Vous l’avez déclarée.",
    Geste.SAISI: "Vous l’avez saisie pour quelqu’un d’autre.",
    Geste.AU_NOM: "Elle a été saisie pour votre compte.",
    Geste.IMPORTE: "Vous l’avez importée.",
    Geste.CORRIGE: "Vous l’avez corrigée en dernier.",
    Geste.DECLARE_AVANT: "Vous l’aviez déclarée avant qu’elle soit corrigée.",
    Geste.PROUVE: "Vous avez envoyé sa preuve.",
    Geste.CONTESTE: "Vous l’avez contestée.",
    Geste.DELEGUE: "Une délégation vous lie à qui l’a déclarée.",
}
"""Told to the person that the gesture concerns."""


@dataclass(frozen=True, slots=True)
class Main:
    """A person, by number, what that person did of a line, and when."""

    personne: int
    geste: Geste
    le: datetime


@dataclass(frozen=True, slots=True)
class LienDePersonnes:
    """Somebody linked by a delegation, given or received, from a moment to another; no `fin`, nothing ended it yet."""

    personne: int
    debut: datetime
    fin: datetime | None = None

    def holds(self, le: datetime) -> bool:
        """At that moment."""
        return self.debut <= le and (self.fin is None or le < self.fin)


@dataclass(frozen=True, slots=True)
class Liees:
    """Whom delegations link to somebody: now, and each as long as it lasted.

    Revoked, a delegation gives back no right over what was declared while it held: two who shared a mandat then would
    only have to end it to judge each other.
    """

    aujourd_hui: frozenset[int] = frozenset()
    liens: tuple[LienDePersonnes, ...] = ()

    def has(self, main: Main) -> bool:
        """The hand is that of somebody linked now, or who was when it was put to the line."""
        if main.personne in self.aujourd_hui:
            return True
        return any(lien.personne == main.personne and lien.holds(main.le) for lien in self.liens)


SANS_LIEN = Liees()


@dataclass(frozen=True, slots=True)
class EntreeDeRangee:
    """A row of a line as it was entered: when, by whom, in whose name, from a file or not."""

    le: datetime
    personne: int | None
    au_nom_de: int | None = None
    is_fichier: bool = False


def list_mains(
    derniere: EntreeDeRangee,
    avant: Iterable[EntreeDeRangee] = (),
    preuves: Iterable[tuple[int, datetime]] = (),
) -> frozenset[Main]:
    """All those who had a hand in a line.

    `avant`: the rows that its last one corrects; `preuves`: who sent its files, and when.
    """
    anciennes = tuple(avant)
    mains = set(_list_mains_de_derniere(derniere, is_correction=bool(anciennes)))
    for entree in anciennes:
        personnes = (entree.personne, entree.au_nom_de)
        mains.update(Main(p, Geste.DECLARE_AVANT, entree.le) for p in personnes if p is not None)
    mains.update(Main(personne, Geste.PROUVE, le) for personne, le in preuves)
    return frozenset(mains)


def _list_mains_de_derniere(entree: EntreeDeRangee, *, is_correction: bool) -> Iterable[Main]:
    if entree.personne is None:
        return
    if entree.is_fichier:
        yield Main(entree.personne, Geste.IMPORTE, entree.le)
    elif entree.au_nom_de is not None and entree.au_nom_de != entree.personne:
        yield Main(entree.personne, Geste.SAISI, entree.le)
    else:
        geste = Geste.CORRIGE if is_correction else Geste.DECLARE
        yield Main(entree.personne, geste, entree.le)
    if entree.au_nom_de is not None:
        yield Main(entree.au_nom_de, Geste.AU_NOM, entree.le)


def find_empechement(
    personne: int, mains: Iterable[Main], liees: Liees = SANS_LIEN
) -> Geste | None:
    """Why a person may not validate a line; None when nothing forbids it. `liees`: whom delegations link to it."""
    toutes = tuple(mains)
    miennes = sorted(main.geste for main in toutes if main.personne == personne)
    if miennes:
        return miennes[0]
    return Geste.DELEGUE if any(map(liees.has, toutes)) else None
