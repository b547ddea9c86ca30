"""The slow and obvious way, the named alternative: every part of a national sum added again for every day (L-13, L-31)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from fractions import Fraction
from unittest.mock import patch

from quartiers.core import national
from quartiers.core.etat import Etat
from quartiers.core.groupe import Groupe, Reunion
from quartiers.core.jugement import is_atteint
from quartiers.core.referentiel import Operateur
from quartiers.core.territoire import QuartierCible, Territoire, Territoires


def list_dits(groupe: Groupe, jour: date) -> Iterator[Etat]:
    """The parts known on a day, stale ones included: the département's own, else those of its quartiers."""
    propre = groupe.departement.get_etat(jour) if groupe.departement is not None else None
    etats = [propre] if propre is not None else [q.get_etat(jour) for q in groupe.quartiers]
    return (e for e in etats if e is not None and e.valeur is not None)


def list_jours(groupes: Iterable[Groupe], au: date) -> list[date]:
    """Days up to `au` on which a part may change, in order."""
    lecteurs = (
        lecteur
        for groupe in groupes
        for lecteur in (groupe.departement, *groupe.quartiers)
        if lecteur is not None
    )
    return sorted({jour for lecteur in lecteurs for jour in lecteur.list_jours(au)})


def add_parts(groupes: Iterable[Groupe], jour: date, reunion: Reunion) -> Fraction | None:
    """What the parts come to on a day; None when nobody says anything."""
    dits = [etat for groupe in groupes for etat in list_dits(groupe, jour)]
    if not dits:
        return None
    noms = {nom for etat in dits for nom in etat.objets} if reunion.nommes else set()
    nus = [e.valeur for e in dits if e.valeur is not None and not (reunion.nommes and e.objets)]
    if reunion.distincts:
        return max([Fraction(len(noms)), *nus])
    return len(noms) + sum(nus, Fraction(0))


def is_tardive(
    groupes: Iterable[Groupe],
    operateur: Operateur,
    seuil: Fraction,
    periode: tuple[date, date],
    reunion: Reunion,
) -> bool:
    """From the last day back: does the current run of days that suffice begin after the deadline?"""
    groupes, (echeance, vu_le) = list(groupes), periode
    debut = None
    for jour in reversed(list_jours(groupes, vu_le)):
        valeur = add_parts(groupes, jour, reunion)
        if valeur is None or not is_atteint(valeur, operateur, seuil):
            break
        debut = jour
    return debut is not None and debut > echeance


def copy_territoires(
    territoires: Territoires,
    quartiers: Iterable[QuartierCible],
    build: Callable[[QuartierCible], Territoire],
) -> Territoires:
    """The territoires copied for each look, whoever already holds the same."""
    return territoires.extend(build(quartier) for quartier in quartiers)


@contextmanager
def read_naivement() -> Iterator[None]:
    """The product reads that way, meanwhile."""
    with (
        patch.object(national, "is_tardive", is_tardive),
        patch.object(Territoires, "extend_with", copy_territoires),
    ):
        yield
